"""What all tests share: the extracts, the shared data sets and the order of the run."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

VARIABLE = "SEXTANT_SHARED_DATA"
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # as many processes run beside each other as there are cores
ran_on_shared_data = pytest.StashKey[int]()
# The same examples every time, however slowly a machine draws them; many others on request.
settings.register_profile(
    "same", derandomize=True, max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.register_profile("long", max_examples=1_000, deadline=None)
settings.load_profile("same")


@pytest.fixture(scope="session")
def extracts() -> Path:
    """The folder of the small extracts: census.parquet, census.csv, bandit.parquet."""
    return Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def demo() -> Path:
    """The folder of the demo: its data and its contracts."""
    return Path(__file__).parent.parent / "demo"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the data sets that may not be passed on; marks its users `shared_data`."""
    return Path(os.environ[VARIABLE])


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ran_on_shared_data] = 0
    config.pluginmanager.register(Counting(config))
    named = os.environ.get(VARIABLE)
    if named and not Path(named).is_dir():
        raise pytest.UsageError(f"{VARIABLE} names {named!r}, which is not a folder")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what needs shared data where none are named; puts fast tests first."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared_data")
    if not os.environ.get(VARIABLE):
        out = [item for item in items if item.get_closest_marker("shared_data")]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if not item.get_closest_marker("shared_data")]
    items.sort(key=_slowness)


def _slowness(item: pytest.Item) -> int:
    if item.get_closest_marker("slow"):
        return 2
    return 1 if item.get_closest_marker("shared_data") else 0


class Counting:
    """Counts the tests that used shared data, wherever they ran."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown" and "shared_data" in report.keywords:
            self.config.stash[ran_on_shared_data] += 1


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run that was given shared data and used none of them has not tested what it claims."""
    if _unused(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if _unused(config):
        terminalreporter.write_line(f"ERROR: {VARIABLE} is set, but no test used it", red=True)


def _unused(config: pytest.Config) -> bool:
    if config.option.collectonly or not os.environ.get(VARIABLE):
        return False
    if hasattr(config, "workerinput"):  # one of several processes: the first one counts
        return False
    return config.stash[ran_on_shared_data] == 0
