"""The main window: puts the rooms together and carries out the commands."""
