"""A contract as a YAML file: read it whole or name every problem, draft one, lock one."""
