"""Four personas for every test: nobody, a stranger, a member, an administrator."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from examples import ABOUT
from filled import filled_once
from homework import do

from sextant.engines.profile import ColumnProfile, profile
from sextant.engines.source import open_source
from sextant_server.accounts import actions
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import Role, User
from sextant_server.demo.telling import Telling
from sextant_server.gates.models import Gate
from sextant_server.jobs import actions as jobs
from sextant_server.jobs.models import Job
from sextant_server.products import actions as products
from sextant_server.products.models import Part, Product, Stage
from sextant_server.sources import jobs as inspecting
from sextant_server.sources.models import Source
from sextant_server.studies import kinds
from sextant_server.studies.kinds.kind import Kind

PASSWORD = "seven quiet otters swim"
REACHES = {"db", "transactional_db"}
MakeUser = Callable[..., User]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what reaches a database: pytest-django refuses a connection to all other tests."""
    for item in items:
        if isinstance(item, pytest.Function) and (
            not REACHES.isdisjoint(item.fixturenames) or item.get_closest_marker("django_db")
        ):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def place(
    tmp_path: Path,
    settings: Any,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Each test has a data folder and heads of the audit log of its own, and its own counts."""
    from dataclasses import replace

    own = {"data": tmp_path, "audit_heads": tmp_path / "heads.jsonl"}
    settings.SEXTANT = replace(settings.SEXTANT, **own)
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()
        monkeypatch.setattr(jobs, "renew", _renewed_by_main_thread)
        settings.JOB_LEASE_SECONDS = 600.0
    return tmp_path


def _renewed_by_main_thread(
    job: Job, renew: Callable[..., bool | None] = jobs.renew, **fields: Any
) -> bool | None:
    """Another thread has a connection of its own, which sees nothing of a test's transaction.

    A scan tells its progress from such a thread, when it takes long enough: on a busy machine.
    """
    mine = threading.current_thread() is threading.main_thread()
    return renew(job, **fields) if mine else True


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Path:
    """The folder of an installation with the demonstration inside, for all tests: copy it."""
    return filled_once(tmp_path_factory, demo)


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """Make a person: `make_user("ada", role="member")`, with the password of all tests."""

    def make(name: str, role: str = Role.MEMBER, **fields: Any) -> User:
        user = User(email=f"{name}@example.org", name=name.title(), role=role, **fields)
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    return make


@pytest.fixture
def stranger(make_user: MakeUser) -> User:
    """Somebody with a login and no part in anything."""
    return make_user("stranger", role=Role.GUEST)


@pytest.fixture
def member(make_user: MakeUser) -> User:
    return make_user("member")


@pytest.fixture
def admin(make_user: MakeUser) -> User:
    return make_user("admin", role=Role.ADMIN)


@pytest.fixture
def team(make_user: MakeUser) -> dict[str, User]:
    """One person for each part of a product, by the part's name."""
    return {str(part): make_user(part) for part in Part}


@pytest.fixture
def product(team: dict[str, User]) -> Product:
    """A product in its first stage, with its outcome and its whole team."""
    owner = Acting(user=team["owner"])
    made = products.begin(owner, ABOUT)
    for part, user in team.items():
        products.give_part(owner, made, user, part)
    return made


class Prepared(Telling):
    """A team that has written down what the first two gates ask for before it asks."""

    def ask(self, target: Stage, note: str = "", by: str = "tara") -> Gate:
        do(self, target)
        return super().ask(target, note, by)


@pytest.fixture
def story(product: Product, team: dict[str, User]) -> Telling:
    """The product's team by the names of the demonstration, ready to act."""
    names = {"ines": "owner", "bruno": "business", "tara": "technical", "dana": "contributor",
             "rui": "reviewer", "ann": "annotator", "vera": "viewer"}  # fmt: skip
    return Prepared(product, {name: team[part] for name, part in names.items()})


@pytest.fixture(scope="session")
def census_columns(extracts: Path) -> list[ColumnProfile]:
    """What the engine says of the census's columns, asked once: hundreds of tests upload it."""
    return profile(open_source(extracts / "census.parquet"))


@pytest.fixture
def source(
    story: Telling,
    extracts: Path,
    census_columns: list[ColumnProfile],
    monkeypatch: pytest.MonkeyPatch,
) -> Source:
    """600 people of the census, registered as `predictions` and read."""
    with monkeypatch.context() as known:
        known.setattr(inspecting, "profile", lambda opened: census_columns)
        return story.upload("predictions", extracts / "census.parquet")


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """A kind of study that is there in tests alone."""
    import counting

    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, counting.KIND))
    return counting.KIND


@pytest.fixture
def as_(db: None) -> Callable[[User | None], Client]:
    """A browser in which somebody is logged in, or nobody."""

    def client(user: User | None) -> Client:
        browser = Client()
        if user:
            browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return client


@pytest.fixture
def token_of(db: None) -> Callable[..., str]:
    """The text of a fresh token of somebody."""

    def make(user: User, *scopes: str, days: int = 30) -> str:
        wanted = scopes or ("account:read", "tokens:read", "tokens:write")
        return actions.issue_token(Acting(user=user), "test", wanted, days)[1]

    return make
