"""`sextant compare --server`: scan here, send the states, let the server judge and keep a study."""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

from sextant.cli.answering import STATUS, Progress
from sextant.cli.output import interrupted, refuse, say

OCTETS = "application/octet-stream"


def compare_there(
    data: tuple[str, ...],
    given: dict[str, Any],
    url: str | None,
    product: str | None,
    form: str | None,
    quiet: bool,
) -> NoReturn:
    """Send the states of two versions; print what the server makes of them.

    The server counts the look, by the two versions and the questions, in the product's ledger.
    """
    from sextant.cli.remote import RemoteError, Server
    from sextant.comparison import packed
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.states.state import StateError

    if not product:
        refuse(["--server needs --product: the product's short name on that server."])
    if form not in (None, "json"):
        refuse([f"--{form} is not there with --server. Use --json, or read the study's page."])
    if given.pop("look", None) is not None:
        refuse(["The server counts the looks. Leave --look out."])
    progress = None if quiet else Progress("Reading")
    try:
        remote = Server.named(url)
        body = packed(*data, **given, progress=progress)
        made = remote.send_bytes("POST", body, OCTETS, "products", product, "comparisons", query={})
    except (ContractError, SourceError, RemoteError) as error:
        refuse([str(one) for one in error.problems])
    except StateError as error:
        refuse([str(error)])
    except (Cancelled, KeyboardInterrupt):
        interrupted("nothing was sent and no look was counted.")
    finally:
        if progress is not None:
            progress.clear()
    whole = json.dumps(made, ensure_ascii=False, indent=1)
    say(whole if form == "json" else _told(made, remote.url))
    sys.exit(STATUS[made["verdict"]])


def _told(made: dict[str, Any], url: str) -> str:
    """The headline, a line a question, and where the study is kept."""
    head = [made["title"], made["headline"], ""]
    lines = [f"{one['word']:<12} {one['text']}" for one in made["record"]["questions"]]
    return "\n".join([*head, *lines, "", f"Study {made['number']}: {url}{made['page']}"])
