"""The room Try: a row of one's own, made up in a form."""
