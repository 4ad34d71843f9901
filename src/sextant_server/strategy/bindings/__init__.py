"""What an answer or a value can rest on, and what that says now."""
