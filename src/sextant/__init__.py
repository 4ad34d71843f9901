"""Sextant: steer an AI product by evidence."""

__version__ = "0.1.0"
