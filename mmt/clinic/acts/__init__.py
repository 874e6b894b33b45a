"""Who did what with the records, and when: the chain of acts in plain words."""
