"""Frameworks, and the answers that are given under them."""
