"""Situations for the coach: tables made by chance, settings, and the cause that a teacher would name."""
