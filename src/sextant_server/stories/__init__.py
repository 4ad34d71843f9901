"""What the records say to people: Today, and the page of a product."""
