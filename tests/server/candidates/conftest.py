"""A product with evidence and three versions in the running."""

import pytest
from examples import contract_text
from race import SCORE, Race

from sextant_server.candidates import actions
from sextant_server.candidates.actions import About
from sextant_server.candidates.models import Candidate
from sextant_server.demo.telling import Telling
from sextant_server.sources.models import Source


@pytest.fixture
def race(story: Telling, source: Source) -> Race:
    contract = story.contract(contract_text("accuracy >= 0.5"))
    evidence = story.run(contract, source).evidence

    def add(name: str, sort: str, written: str) -> Candidate:
        about = About(name, sort, f"It is {name}.", source, written)
        return actions.add(story.by("dana"), story.product, about)

    return Race(
        story, source, evidence,
        add("nobody", "baseline", "always no"),
        add("model", "model", SCORE),
        add("strict", "model", f"{SCORE}@0.9"),
    )  # fmt: skip
