"""Model work on well-kept libraries: an optional extra (`pip install "sextant[lab]"`)."""
