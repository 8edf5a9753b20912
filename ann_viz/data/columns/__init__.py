"""What is known about every column: kind, range, categories, missing words."""
