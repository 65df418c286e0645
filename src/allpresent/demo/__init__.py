"""The demonstration trust: invented pupils, real proportions."""
