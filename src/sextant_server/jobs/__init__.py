"""Background work: jobs with lease, heartbeat, progress and cancel, on a queue of tasks."""
