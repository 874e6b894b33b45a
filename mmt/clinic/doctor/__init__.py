"""What is wrong around the records, and what to do: one check a function, each for itself.

It works where the records do not open, and opens nothing for writing but to mend.
"""
