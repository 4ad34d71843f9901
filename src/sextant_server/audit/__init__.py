"""The audit log: append-only, chained by hashes, its head published outside the database."""
