"""A framework that an organisation publishes is asked for at the gate that it names."""

from homework import do

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.gates import judging
from sextant_server.products.models import Stage
from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.catalogue import FIRST
from sextant_server.strategy.assessments.values import Said

TEXT = FIRST.format(key="vendor-exit", name="Vendor exit")


def test_it_is_asked_for_once_published(story: Telling, admin: User) -> None:
    do(story, Stage.SCOPING)
    assert {one.verdict for one in judging.ahead(story.product)} == {"met"}
    text = TEXT.replace("  - reader: page", "  - {gate: scoping, from: limited}")
    draft = actions.draft(story.by("ines"), "vendor-exit")
    draft = actions.write(story.by("ines"), draft, text, draft.version)
    assert "vendor-exit" not in {one.name for one in judging.ahead(story.product)}
    actions.publish(Acting(user=admin), draft, draft.version)
    asked = {one.name: one for one in judging.ahead(story.product)}
    assert asked["vendor-exit"].verdict == "undecided"
    assert "It has not been assessed" in asked["vendor-exit"].says
    held = actions.begin(story.by("ines"), story.product, "vendor-exit")
    actions.answer(story.by("ines"), held, {"need": Said(level="high")}, 1, done=True)
    assert {one.verdict for one in judging.ahead(story.product)} == {"met"}
    gate = story.ask(Stage.SCOPING)
    decision = story.decide(gate, "go", "it can be left")
    assert "vendor-exit" in {one["framework"]["key"] for one in decision.records["assessments"]}
