"""Reading a file of rows: what kind it is by its content, and every cell as text."""
