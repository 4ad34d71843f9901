"""Do the intervals hold, and do they decide? Exact sums and seeded simulations."""
