"""Whether data are ready, as JSON."""
