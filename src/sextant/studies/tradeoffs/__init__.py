"""Whether what a new version gives up is worth what it gains, at what was agreed."""
