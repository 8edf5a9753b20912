"""The window of a network that another program trains."""
