"""Value models: what a product is worth, with its uncertainty."""
