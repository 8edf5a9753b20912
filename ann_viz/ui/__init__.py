"""Everything that imports Qt: the window, its parts and their painters."""
