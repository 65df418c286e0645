"""An analyst can import the core with nothing but Python installed.

The policy files also need pydantic and PyYAML, and so do the rules that read them.
"""

from __future__ import annotations

import subprocess
import sys

from tests.server import REPOSITORY

IMPORT_ALL = """
import sys
from importlib import import_module
from pkgutil import walk_packages

sys.path.insert(0, sys.argv[1])
import allpresent.core

names = [module.name for module in walk_packages(allpresent.core.__path__, "allpresent.core.")]
reads_policy = {
    "policy", "elsewhere", "improvement", "leave", "onsite", "practice", "replay", "response", "settle", "sharing",
    "thresholds",
}
alone = [name for name in names if name.split(".")[2] not in reads_policy]
for name in alone:
    import_module(name)
print(len(alone))
"""


def test_core_imports_with_the_standard_library_only():
    isolated = [sys.executable, "-I", "-S", "-c", IMPORT_ALL, str(REPOSITORY / "src")]
    run = subprocess.run(isolated, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 30
