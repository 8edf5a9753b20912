"""Runs and the way through their time: the time bar, the banner while one looks back, what has changed since then."""
