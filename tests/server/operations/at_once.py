"""What several people do at the same moment, on real commits; prints what came of it as JSON."""

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from sextant_server.accounts.acting import Acting  # noqa: E402
from sextant_server.contracts import actions as contracts  # noqa: E402
from sextant_server.contracts.models import Contract  # noqa: E402
from sextant_server.core.errors import Refused  # noqa: E402
from sextant_server.demo import employment, people, telling  # noqa: E402
from sextant_server.evidence import actions as runs  # noqa: E402
from sextant_server.evidence.models import Evidence  # noqa: E402
from sextant_server.gates import actions as gates  # noqa: E402
from sextant_server.gates.models import Decision  # noqa: E402
from sextant_server.jobs.execution import perform  # noqa: E402
from sextant_server.jobs.queries import waiting  # noqa: E402
from sextant_server.products.actions import About, begin, edit  # noqa: E402
from sextant_server.products.models import Product, Stage, StageMove  # noqa: E402

EXTRACT = Path(__file__).parent.parent.parent / "data/census.parquet"
sys.path.insert(0, str(Path(__file__).parent.parent))
from examples import MET, contract_text  # noqa: E402


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let all of them begin at the same moment; `done`, or the refusal, of each."""
    start, said = threading.Barrier(len(acts)), [""] * len(acts)

    def act(place: int) -> None:
        try:
            start.wait(10)
            acts[place]()
            said[place] = "done"
        except Refused as refused:
            said[place] = type(refused).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(said)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    users = people.let_in("seven quiet otters swim")
    product = begin(Acting(user=users["ines"]), employment.ABOUT)
    people.give_parts(product, users)
    story, found = telling.Telling(product, users), {}
    ines, bruno = story.by("ines"), story.by("bruno")

    def about(affected: str) -> About:
        held = {name: getattr(employment.ABOUT, name) for name in About.__dataclass_fields__}
        return About(**held | {"affected": affected, "risk": "minimal"})

    found["edits"] = at_once(
        *(lambda who=who: edit(ines, product, about(who), 1) for who in ("clerks", "applicants"))
    )
    found["version"] = Product.objects.get().version
    found["asks"] = at_once(*(lambda: gates.ask(ines, product, "scoping") for _ in range(3)))
    gate = product.gates.get()
    found["decisions"] = at_once(
        *(lambda by=by: gates.decide(by, gate, "go", "worth it", (), gate.version)
          for by in (ines, bruno, ines))
    )  # fmt: skip
    found["moves"] = StageMove.objects.filter(stage=Stage.SCOPING).count()
    found["kept"] = Decision.objects.count()
    source = story.upload("predictions", EXTRACT)
    text = contract_text(MET)
    found["drafts"] = at_once(*(lambda: contracts.draft(ines, product, text) for _ in range(3)))
    draft = Contract.objects.get()
    for key, side in (("bruno", "business"), ("tara", "technical")):
        at_once(*(lambda k=key, s=side: contracts.sign(story.by(k), draft, [s], draft.text_digest)
                  for _ in range(2)))  # fmt: skip
    found["signatures"] = draft.signatures.count()
    found["locks"] = at_once(
        *(lambda: contracts.lock(ines, draft, draft.text_digest) for _ in range(3))
    )
    contract = Contract.objects.get()
    version = source.versions.get()
    found["clicks"] = at_once(*(lambda: runs.start_run(ines, contract, version) for _ in range(3)))
    found["runs"] = contract.runs.count()
    for end in ("2015", "2016"):
        runs.start_run(ines, contract, version, start_at="2015", end_at=end)
    jobs = waiting()
    at_once(*(lambda job=job: perform(job) for job in (*jobs, *jobs)))
    found["evidence"] = Evidence.objects.count()
    found["numbers"] = sorted(Evidence.objects.values_list("number", flat=True))
    sys.stdout.write(json.dumps(found) + "\n")


main()
