"""The tags of every page of a product."""
