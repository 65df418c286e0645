"""The shape of a policy file, one module a subject."""
