"""How rooms reach the one computer that keeps the records: what their ways in are set up with."""
