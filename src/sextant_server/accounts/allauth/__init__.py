"""Where django-allauth joins in: its adapters, its routes, the record of what it did."""
