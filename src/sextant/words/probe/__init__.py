"""A probe as plain sentences."""
