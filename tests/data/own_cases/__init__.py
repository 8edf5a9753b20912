"""Files like those that people complain about, made by script, each with what must be read from it."""
