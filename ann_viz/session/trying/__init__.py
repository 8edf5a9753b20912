"""Rows that are in no file: what the form for them is made of, what the network says of them, and why."""
