"""A framework as a YAML file: read it whole, or name every problem with its place."""
