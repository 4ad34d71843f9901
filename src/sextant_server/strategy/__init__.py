"""Which bet next: opportunities, economics, assessments, portfolio, team; on live evidence."""
