"""The server's commands. They are imported for `--help`, so Django loads only when one runs."""
