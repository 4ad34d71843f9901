"""Migrations say what the models say, and each can be reversed."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from sextant_server.audit.models import Head


@pytest.mark.django_db
def test_the_models_have_their_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_there_is_one_head() -> None:
    assert [head.pk for head in Head.objects.all()] == [1]


def fresh_database() -> str:
    """The address of an empty database on the same PostgreSQL server."""
    address = os.environ["SEXTANT_TEST_DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS sextant_reversed")
        admin.execute("CREATE DATABASE sextant_reversed")
    return urlsplit(address)._replace(path="/sextant_reversed").geturl()


@pytest.mark.database
def test_they_can_be_reversed(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEXTANT_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    environ = {**kept, "SEXTANT_DATA": str(tmp_path), "DATABASE_URL": ""}
    if connection.vendor == "postgresql":
        environ["DATABASE_URL"] = fresh_database()
    code = (
        "from sextant_server.commands.manage import run\n"
        "run(['migrate', '-v0'])\n"
        "from django.core.management import call_command as call\n"
        "for app in ('audit', 'mfa', 'socialaccount', 'account', 'accounts'):\n"
        "    call('migrate', app, 'zero', verbosity=0)\n"
        "from django.db import connection\n"
        "left = connection.introspection.table_names()\n"
        "assert not [name for name in left if name.startswith(('audit', 'accounts'))], left\n"
        "call('migrate', verbosity=0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
