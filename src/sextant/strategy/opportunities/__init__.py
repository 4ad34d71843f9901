"""Framing an outcome, doubting it, and what is known of products of its kind."""
