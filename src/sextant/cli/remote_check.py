"""`sextant check --server`: scan here, send the states, let the server judge and record."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sextant.cli.output import interrupted, refuse, say

if TYPE_CHECKING:
    from sextant.api import Progress

STATUS = {"met": 0, "missed": 1, "undecided": 3}
OCTETS = "application/octet-stream"


def check_there(
    path: Path,
    data: str | None,
    period: tuple[str | None, str | None],
    model: str | None,
    url: str | None,
    product: str | None,
    form: str | None,
    progress: Progress | None,
) -> NoReturn:
    """Send the states of a contract's data; print what the server makes of them.

    The server judges by its own contract of the same digest and counts the look.
    """
    from sextant.cli.remote import RemoteError, Server
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.states.state import StateError

    if not product:
        refuse(["--server needs --product: the product's short name on that server."])
    if form not in (None, "json"):
        refuse([f"--{form} is not there with --server. Use --json, or read the evidence's page."])
    try:
        remote = Server.named(url)
        sent = _tallied(path, data, period, model, progress)
        query = {"digest": sent.digest, "model": sent.model, "start": period[0] or "",
                 "end": period[1] or "", "source": sent.source}  # fmt: skip
        made = remote.send_bytes(
            "POST", sent.states, OCTETS, "products", product, "states",
            query={name: value for name, value in query.items() if value},
        )  # fmt: skip
    except (ContractError, SourceError) as error:
        refuse(error.problems)
    except RemoteError as error:
        refuse(error.problems)
    except StateError as error:
        refuse([error])
    except (Cancelled, KeyboardInterrupt):
        interrupted("nothing was sent and no look was counted.")
    finally:
        if progress is not None:
            progress.clear()  # type: ignore[attr-defined]
    say(_json(made) if form == "json" else _told(made, remote.url))
    sys.exit(STATUS[made["verdict"]])


class _Sent:
    """What goes to the server: states, and what they are states of."""

    def __init__(self, states: bytes, digest: str, model: str, source: str) -> None:
        self.states, self.digest, self.model, self.source = states, digest, model, source


def _tallied(
    path: Path,
    data: str | None,
    period: tuple[str | None, str | None],
    model: str | None,
    progress: Progress | None,
) -> _Sent:
    from dataclasses import replace

    from sextant.contracts.file.reading import read_contract
    from sextant.contracts.model import Period
    from sextant.contracts.normal_form import digest
    from sextant.engines.scan import tally
    from sextant.engines.source import open_source
    from sextant.metrics.tally_codec import dump_tally

    contract = read_contract(path)
    if any(period):
        old = contract.data.period or Period()
        asked = Period(period[0] or old.start, period[1] or old.end)
        contract = replace(contract, data=replace(contract.data, period=asked))
    base = path.parent if data is None else Path()
    source = open_source(contract.data.source if data is None else data, base)
    states = dump_tally(tally(contract, source, progress))
    return _Sent(states, digest(contract), model or contract.model, source.name)


def _json(made: dict[str, Any]) -> str:
    return json.dumps(made, ensure_ascii=False, indent=1)


def _told(made: dict[str, Any], url: str) -> str:
    """The headline, a line a criterion, and where the evidence is kept."""
    lines = [made["record"]["product"], made["headline"], ""]
    for one in made["record"]["criteria"]:
        role = f" ({one['role']})" if one["role"] != "primary" else ""
        lines.append(f"{one['verdict']:<10} {one['text']}{role}")
        lines.append(f"           {one['sentences']['product']}")
    return "\n".join([*lines, "", f"Evidence {made['number']}: {url}{made['page']}"])
