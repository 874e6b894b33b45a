"""Days as people write them, in a form, a search or a list: every reading that a text can have."""
