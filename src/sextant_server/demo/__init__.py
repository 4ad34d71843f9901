"""The demonstration: two real products, told by the same actions that people use."""
