"""The tests' settings for workers that are killed: short leases, and a job that takes a while."""

from server_settings import *  # noqa: F403

SEXTANT_JOBS = {
    "slow": "killing_job.slow",
    "sources.inspect": "sextant_server.sources.jobs.inspect",
    "evidence.evaluate": "sextant_server.evidence.jobs.evaluate",
}
SEXTANT_TICKS: dict[str, int] = {}
JOB_LEASE_SECONDS = 1.0
LOGGING = {"version": 1}
