"""What is written: markdown text becomes a Procedure, or findings with line and column."""
