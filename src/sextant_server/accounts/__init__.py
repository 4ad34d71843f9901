"""People: accounts, invitations, logins, API tokens."""
