"""The programming interface: one root, a router from each app."""
