"""Studies: what was asked of the data once more, kept for good, with what came out."""
