"""Widgets and looks that every room uses: theme, icons, controls, sheets. Knows no session."""
