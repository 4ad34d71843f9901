"""What happened around a product: what is recorded anyway, and what pipelines send."""
