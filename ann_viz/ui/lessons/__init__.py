"""Lessons, the tour, and the pages they bring: the slope and the comparison."""
