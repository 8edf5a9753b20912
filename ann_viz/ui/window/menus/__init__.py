"""The commands of the window, a file for each menu; `action_table` puts them together."""
