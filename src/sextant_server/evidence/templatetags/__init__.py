"""The tags of evidence."""
