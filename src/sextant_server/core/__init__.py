"""What every app stands on: settings from the environment, access, headers, logs, health."""
