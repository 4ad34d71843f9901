"""Metrics of two versions on the same rows: what they need, how their difference is estimated."""
