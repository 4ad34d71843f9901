"""How often drift studies cry wolf and how soon they see a change, ours beside the peers'."""
