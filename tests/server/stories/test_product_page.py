"""The page of a product: what comes next, for each situation and part; and its history."""

import re
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from examples import MET, MISSED, contract_text
from homework import do

import sextant_server
from sextant_server.accounts.models import User
from sextant_server.contracts import actions as contracts
from sextant_server.demo.telling import Telling
from sextant_server.gates import actions as gates
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source
from sextant_server.stories.deeds import SAYS

As = Callable[[User | None], Client]


def page(as_: As, story: Telling, key: str = "ines") -> str:
    return as_(story.people[key]).get(f"/products/{story.product.slug}/").content.decode()


def test_the_next_step_leads_all_the_way(as_: As, story: Telling, extracts: Path) -> None:
    said = page(as_, story)
    assert "things that the strategy gate requires are open. First: No way without AI" in said
    do(story, Stage.SCOPING)
    assert "ask whether it is worth scoping" in page(as_, story)
    gate = story.ask(Stage.SCOPING)
    assert "Gate 1 waits for a decision" in page(as_, story)
    story.decide(gate, "go", "worth it")
    assert "things that the discovery gate requires are open" in page(as_, story)
    do(story, Stage.DEVELOPMENT)
    assert "register the predictions" in page(as_, story)
    source = story.upload("predictions", extracts / "census.parquet")
    assert "Write what would make you say yes" in page(as_, story)
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MISSED))
    assert "it takes two signatures and a lock" in page(as_, story)
    contract = story.lock(draft)
    assert "its evidence is still to come" in page(as_, story)
    story.run(contract, source)
    said = page(as_, story)
    assert "ask for the decision" in said
    assert "Not ready to launch" in said


def test_who_may_not_do_it_sees_no_button(as_: As, story: Telling) -> None:
    do(story, Stage.SCOPING)
    assert ">Ask for a decision</a>" in page(as_, story, "ines")
    assert ">Ask for a decision</a>" not in page(as_, story, "vera")


def test_the_way_back_is_counted(as_: As, story: Telling, source: Source) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.decide(story.ask(Stage.OPPORTUNITY, "the market is gone"), "go", "the market is gone")
    said = page(as_, story)
    assert "Sent back" in said
    assert "once" in said
    assert "the market is gone" in said


def test_the_history_has_a_sentence_for_every_deed(as_: As, story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text(MET)), source)
    said = as_(story.people["vera"]).get(f"/products/{story.product.slug}/history/")
    text = said.content.decode()
    for sentence in (
        "Began the product",
        "Gave Viewer the part viewer",
        "Locked a contract",
        "Evidence 1 was",
    ):
        assert sentence in text


def test_the_history_leads_to_each_record(as_: As, story: Telling, source: Source) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    run = story.run(story.contract(contract_text(MISSED)), source)
    base = f"/products/{story.product.slug}/"
    said = as_(story.people["vera"]).get(f"{base}history/").content.decode()
    for page in (
        "gates/1/",
        "contracts/1/",
        "evidence/1/",
        f"runs/{run.pk}/",
        "sources/predictions/",
    ):
        assert f'href="{base}{page}"' in said


def test_a_stop_is_said_until_something_changes(as_: As, story: Telling) -> None:
    story.decide(story.ask(Stage.SCOPING), "stop", "nobody needs it")
    told = page(as_, story)
    if "waits for a second person" in told:
        gate = story.product.gates.get()
        gates.second(story.by("tara"), gate, gate.version)
        told = page(as_, story)
    assert "It was stopped at gate 1" in told
    assert "nobody needs it" in told


def test_no_deed_is_without_a_sentence() -> None:
    root = Path(sextant_server.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8")
        for app in ("products", "sources", "contracts", "evidence", "gates", "jobs")
        for path in (root / app).rglob("*.py")
    )
    recorded = set(re.findall(r"\.record\(\s*\"([a-z.]+)\"", code))
    assert len(recorded) > 25
    assert recorded - set(SAYS) == set()
