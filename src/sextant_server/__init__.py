"""The web application: people, decisions and their pages on the library's engine."""
