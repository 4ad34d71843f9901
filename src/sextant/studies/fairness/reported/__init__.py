"""Reviews of what another tool has counted: its report's counts are the states."""
