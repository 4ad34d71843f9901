"""States of days kept in a folder: written span by span, merged for any range."""
