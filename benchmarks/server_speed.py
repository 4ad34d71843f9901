"""How long the server takes for its pages: the demonstration, and Today with 200 products.

Fills the demonstration in a fresh folder on SQLite, follows every link that its owner sees, and
asks for each page 20 times in this process: the median time from request to answer, the queries,
the bytes. Then gives the owner 198 more products, each with the evidence of one of the two, and
looks at Today again. Writes a table.

    make setup && .venv/bin/python benchmarks/server_speed.py
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks/results/server_speed.md"
REPEATS = 20
PRODUCTS = 200
BAR_MS, BAR_QUERIES = 200, 12
LINK = re.compile(r'href="(/(?:today|products)/[^"?#]*)"')


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as folder:
        filled = _fill(Path(folder) / "installation")
        rows = [*_demo(), ("/today/ with 200 products", *_many())]
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite; medians of {REPEATS}."
        f" The demonstration was filled in {filled:.1f} s.",
        "",
        "| page | ms | queries | kB |",
        "|---|---:|---:|---:|",
        *(
            f"| `{path}` | {ms:.0f} | {count} | {size / 1000:.0f} |"
            for path, ms, count, size in rows
        ),
        "",
        f"Bars: {BAR_MS} ms and {BAR_QUERIES} queries for every page.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULTS.write_text(f"# Times of the server's pages\n\n{text}", encoding="utf-8")
    over = [row for row in rows if row[1] > BAR_MS or row[2] > BAR_QUERIES]
    sys.exit(f"Over the bar: {over}" if over else 0)


def _fill(folder: Path) -> float:
    """Fill the demonstration and set Django up on it; seconds it took."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEXTANT_")}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "sextant", "demo", "--no-serve", "--folder", str(folder),
         "--data", str(ROOT / "demo")],
        check=True, env=kept, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    took = time.perf_counter() - began
    key = (folder / "secret-key").read_text().strip()
    os.environ.update(
        SEXTANT_DATA=str(folder), SEXTANT_SECRET_KEY=key, DATABASE_URL="",
        SEXTANT_LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="sextant_server.settings",
    )  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    return took


def _owner() -> Client:
    from django.test import Client

    from sextant_server.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email="ines@example.org"))
    return client


def _demo() -> list[tuple[str, float, int, int]]:
    """Every page that the owner reaches from Today."""
    client, waiting, seen = _owner(), ["/today/"], dict[str, tuple[float, int, int]]()
    while waiting:
        path = waiting.pop(0)
        if path not in seen:
            seen[path] = _measured(client, path)
            waiting += LINK.findall(client.get(path).content.decode(errors="replace"))
    return [(path, *found) for path, found in sorted(seen.items())]


def _measured(client: Client, path: str) -> tuple[float, int, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times: list[float] = []
    answer: Any = None
    for _ in range(REPEATS):
        began = time.perf_counter()
        answer = client.get(path)
        body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
        times.append(time.perf_counter() - began)
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as ran:
        client.get(path)
    return statistics.median(times) * 1000, len(ran), len(body)


def _many() -> tuple[float, int, int]:
    """Today of somebody with a part in 200 products with contract and evidence."""
    from sextant_server.contracts.models import Contract
    from sextant_server.evidence.models import Evidence
    from sextant_server.products.models import Membership, Product

    old = list(Product.objects.order_by("pk"))
    for number in range(PRODUCTS - len(old)):
        like = old[number % len(old)]
        contract = Contract.objects.get(product=like, state="locked")
        proof = Evidence.objects.filter(product=like).order_by("-number")[0]
        run, parts = proof.run, list(Membership.objects.filter(product=like))
        product = Product.objects.get(pk=like.pk)
        _again(product, slug=f"{like.slug}-{number}", name=f"{like.name} {number}")
        _again(contract, product=product)
        _again(run, contract=contract, job=None)
        _again(proof, product=product, contract=contract, run=run)
        for part in parts:
            _again(part, product=product)
    return _measured(_owner(), "/today/")


def _again(row: Model, **fields: Any) -> None:
    """Save a row once more, as another one."""
    row.pk = None
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(force_insert=True)


if __name__ == "__main__":
    main()
