"""The dialog that turns a file into a dataset."""
