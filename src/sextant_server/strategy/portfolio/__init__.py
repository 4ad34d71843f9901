"""Which bet next: the ranking, the mix, the capacity, the case."""
