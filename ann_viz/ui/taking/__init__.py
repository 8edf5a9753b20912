"""Taking the model along: the dialog, and what the window draws for the formats that are pictures."""
