"""What the environment may say, and what is refused, with problem, value and remedy."""

from pathlib import Path

import pytest

from sextant_server.core.environment import UnsafeSettings, read

KEY = "kq3vT8-hXw0Zy1LmN5pRsU7aBcDeFgHiJkOq2W4x6Y9z_QEtGv"
SAFE = {
    "SEXTANT_URL": "https://sextant.example.org",
    "SEXTANT_SECRET_KEY": KEY,
    "SEXTANT_TRUSTED_PROXIES": "1",
}


def refusals(**given: str) -> dict[str, str]:
    """The reasons by the setting's name."""
    with pytest.raises(UnsafeSettings) as raised:
        read(SAFE | given)
    return {problem.name: str(problem) for problem in raised.value.problems}


def test_safe_settings_are_read() -> None:
    found = read(SAFE)
    assert found.https
    assert not found.debug
    assert found.hosts == ("sextant.example.org",)
    assert found.database["ENGINE"].endswith("sqlite3")


@pytest.mark.parametrize(
    ("given", "name", "said"),
    [
        ({"SEXTANT_SECRET_KEY": ""}, "SEXTANT_SECRET_KEY", "it is missing"),
        ({"SEXTANT_SECRET_KEY": "secret"}, "SEXTANT_SECRET_KEY", "guessable: 6 characters"),
        ({"SEXTANT_SECRET_KEY": "a" * 60}, "SEXTANT_SECRET_KEY", "guessable"),
        ({"SEXTANT_DEBUG": "yes"}, "SEXTANT_DEBUG", "sextant.example.org"),
        ({"SEXTANT_DEBUG": "True"}, "SEXTANT_DEBUG", "Use yes or no"),
        ({"SEXTANT_ALLOWED_HOSTS": "*"}, "SEXTANT_ALLOWED_HOSTS", "it is '*'"),
        ({"SEXTANT_ALLOWED_HOSTS": ".example.org"}, "SEXTANT_ALLOWED_HOSTS", "Name each"),
        ({"SEXTANT_URL": "http://sextant.example.org"}, "SEXTANT_URL", "in the clear"),
        ({"SEXTANT_URL": "sextant.example.org"}, "SEXTANT_URL", "no origin"),
        ({"SEXTANT_URL": "https://a.org/path"}, "SEXTANT_URL", "no origin"),
        ({"SEXTANT_TRUSTED_PROXIES": "0"}, "SEXTANT_TRUSTED_PROXIES", "usually 1"),
        ({"SEXTANT_TRUSTED_PROXIES": "many"}, "SEXTANT_TRUSTED_PROXIES", "Use 0 to 9"),
        ({"DATABASE_URL": "mysql://u@h/d"}, "DATABASE_URL", "mysql scheme is not known"),
        ({"DATABASE_URL": "postgresql://u@h"}, "DATABASE_URL", "names no database"),
        ({"SEXTANT_MAIL_URL": "mail.example.org"}, "SEXTANT_MAIL_URL", "smtp://"),
        ({"SEXTANT_OIDC_ISSUER": "https://id.org"}, "SEXTANT_OIDC_CLIENT_ID", "all three"),
        ({"SEXTANT_OIDC_ISSUER": "http://id.org"}, "SEXTANT_OIDC_ISSUER", "must be https"),
        ({"SEXTANT_LOG_LEVEL": "loud"}, "SEXTANT_LOG_LEVEL", "none of the choices"),
        ({"SEXTANT_SESSION_HOURS": "0"}, "SEXTANT_SESSION_HOURS", "Use 1 to 720"),
        ({"SEXTANT_ALOWED_HOSTS": "a"}, "SEXTANT_ALOWED_HOSTS", "Did you mean SEXTANT_ALLOWED"),
    ],
)
def test_what_is_unsafe_is_refused(given: dict[str, str], name: str, said: str) -> None:
    assert said in refusals(**given)[name]


def test_all_problems_are_told_at_once() -> None:
    found = refusals(SEXTANT_URL="http://a.org", SEXTANT_SECRET_KEY="", SEXTANT_ALLOWED_HOSTS="*")
    assert {"SEXTANT_URL", "SEXTANT_SECRET_KEY", "SEXTANT_ALLOWED_HOSTS"} <= set(found)


def test_a_secret_is_never_shown() -> None:
    found = refusals(SEXTANT_SECRET_KEY="hunter2", DATABASE_URL="mysql://u:hunter2@h/d")
    assert "hunter2" not in " ".join(found.values())
    assert "not shown" in found["DATABASE_URL"]


def test_this_machine_alone_may_use_http_and_a_key_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text(KEY)
    found = read({"SEXTANT_DATA": str(tmp_path), "SEXTANT_DEBUG": "yes"})
    assert found.loopback
    assert found.secret_key == KEY
    with pytest.raises(UnsafeSettings):
        read(SAFE | {"SEXTANT_SECRET_KEY": "", "SEXTANT_DATA": str(tmp_path)})


def test_a_postgresql_address() -> None:
    given = {"DATABASE_URL": "postgresql://ada:p%40ss@db:5433/sextant?sslmode=require"}
    found = read(SAFE | given).database
    assert (found["USER"], found["PASSWORD"]) == ("ada", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", "5433", "sextant")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_an_empty_value_is_no_value() -> None:
    assert read(SAFE | {"SEXTANT_LOG_LEVEL": ""}).log_level == "INFO"
