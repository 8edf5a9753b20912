"""What every room reads the document through: the bridge to the session, the view, how values are said."""
