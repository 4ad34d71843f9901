"""Ideas, goals, and what is known of a product while it is a bet."""
