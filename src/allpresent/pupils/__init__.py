"""The page of one child, made of what the other rooms know. No tables."""
