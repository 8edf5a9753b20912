"""What a user decides when a file is imported, and what is said about it; the dialog only shows it."""
