"""The temporary database that holds the rows of a file."""
