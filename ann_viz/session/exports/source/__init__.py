"""Programs that a model is written out as, in Python: sections of explained code, put together in different ways."""
