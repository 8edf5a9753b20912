"""Tables beside the main window: the rows of the data, and the network as text."""
