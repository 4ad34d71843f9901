"""How a product fails, which number shows it, in which band that is, and what is done then."""
