"""What the program suggests and finds odd about a table."""
