"""The pages of today and the product's page, one module a page."""
