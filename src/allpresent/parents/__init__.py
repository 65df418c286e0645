"""The pages of parents: their own children, and nothing else."""
