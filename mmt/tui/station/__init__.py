"""What the keys of the examination mean: pure functions of values, without a widget."""
