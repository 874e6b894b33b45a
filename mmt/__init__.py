"""Manual muscle tests, leg length and home stretches at the examination table."""
