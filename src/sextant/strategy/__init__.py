"""Which bet next: frameworks as data, economics with uncertainty, a portfolio that is ranked."""
