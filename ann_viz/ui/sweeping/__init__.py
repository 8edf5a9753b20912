"""Many settings at once: the form that says which, and the page that shows what came of them."""
