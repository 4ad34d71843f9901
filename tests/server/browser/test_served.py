"""The served installation: files, headers, commands beside it, concurrent writers."""

import json
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from .conftest import SEXTANT, Served


def fetch(url: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, dict(answer.headers.items()), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers.items()), error.read()


def test_health_and_readiness(served: Served) -> None:
    for path in ("/healthz", "/readyz"):
        status, _, body = fetch(served.url + path)
        assert (status, json.loads(body)["status"]) == (200, "ok")


def test_headers_of_a_page(served: Served) -> None:
    _, headers, _ = fetch(f"{served.url}/account/login/")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "no-store" in headers["cache-control"]
    assert len(headers["x-request-id"]) == 16


def test_static_files_are_named_by_content_and_kept_for_ever(served: Served) -> None:
    _, _, page = fetch(f"{served.url}/account/login/")
    path = page.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    status, headers, _ = fetch(served.url + path)
    assert status == 200
    assert "immutable" in headers["cache-control"]


def test_the_secret_key_is_readable_by_its_owner_alone(served: Served) -> None:
    assert (served.data / "secret-key").stat().st_mode & 0o077 == 0


def test_the_log_is_one_object_a_line_and_holds_no_key(served: Served) -> None:
    link = served.run("invite", "once@example.org").stdout.strip()
    fetch(link)
    lines = (served.data / "log").read_text().splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    asked = [event for event in events if event["event"] == "request"]
    assert asked[-1]["route"] == "join/<str:key>/"
    assert link.rsplit("/", 2)[1] not in "\n".join(lines)


def test_concurrent_writers_keep_one_chain(served: Served) -> None:
    command = [*SEXTANT, "invite"]
    running = [
        subprocess.Popen(
            [*command, f"crowd{n}@example.org"],
            env=served.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for n in range(6)
    ]
    for one in running:
        one.communicate(timeout=60)
    assert [one.returncode for one in running] == [0] * 6
    assert served.run("verify").returncode == 0


def test_verify_finds_who_tampered(served: Served) -> None:
    copy = served.data / "copy.sqlite3"
    with sqlite3.connect(served.data / "sextant.sqlite3") as live:
        live.execute("VACUUM INTO ?", (str(copy),))
    live.close()
    with sqlite3.connect(copy) as tampered:
        tampered.execute("DROP TRIGGER audit_no_update")
        tampered.execute("UPDATE audit_entry SET actor = 'somebody' WHERE sequence = 1")
    tampered.close()
    environ = served.environ | {"DATABASE_URL": f"sqlite:///{copy}"}
    done = subprocess.run([*SEXTANT, "verify"], env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert "entry 1 was changed" in done.stdout


@pytest.mark.parametrize(
    ("given", "arguments", "said"),
    [
        ({"SEXTANT_URL": "http://sextant.example.org"}, [], "in the clear"),
        ({}, ["--host", "0.0.0.0"], "can be reached from elsewhere"),
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, [], "does not answer"),
        ({"SEXTANT_AUDIT_HEADS": "/no/such/folder/heads"}, [], "cannot be appended to"),
        ({"SEXTANT_DEBUG": "maybe"}, [], "Use yes or no"),
    ],
)
def test_it_refuses_to_start(
    served: Served, given: dict[str, str], arguments: list[str], said: str
) -> None:
    done = subprocess.run(
        [*SEXTANT, "serve", "--port", "1", *arguments],
        env=served.environ | given,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_servers_parts_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['django'] = None\n"
        "from sextant_server.commands.serve import command\ncommand([])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "pip install 'sextant[server]'" in done.stderr
    assert done.returncode == 2
