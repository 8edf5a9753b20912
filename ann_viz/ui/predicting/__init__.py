"""The trained network used on another file: the question whether to, the dialog, the receipt."""
