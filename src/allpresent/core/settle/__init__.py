"""From a reason given to the code it earns; the clock of an unexplained mark; evidence."""
