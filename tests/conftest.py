pytest_plugins = ["tests.clause_marker"]
