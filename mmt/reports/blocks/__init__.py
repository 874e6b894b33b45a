"""The blocks of the documents. Each takes the paper's value and the setting, and gives groups of rows."""
