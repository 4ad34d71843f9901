"""Putting versions in the running, what is written down of them, and discarding them."""

import pytest
from race import SCORE, Race

from sextant_server.candidates import actions
from sextant_server.candidates.actions import About
from sextant_server.candidates.board import board_of, options_of
from sextant_server.candidates.models import Candidate
from sextant_server.core.errors import Conflict, Invalid, NotAllowed


@pytest.mark.parametrize(
    ("name", "sort", "written", "says"),
    [
        ("", "model", SCORE, "Give it a name"),
        ("new", "network", SCORE, "It is one of"),
        ("new", "model", "nothing", "There is no column 'nothing'"),
        ("new", "model", f"{SCORE}@7", "outside 0 to 1"),
        ("model", "model", f"{SCORE}@0.7", "in the running already"),
        ("new", "model", f"{SCORE}@0.5", "That is model already"),
        ("new\0", "model", "", "NUL"),
    ],
)
def test_what_cannot_be_added_says_why(
    name: str, sort: str, written: str, says: str, race: Race
) -> None:
    with pytest.raises(Invalid, match=says):
        actions.add(
            race.story.by("dana"), race.story.product,
            About(name, sort, "A new one.", race.source, written),
        )  # fmt: skip


def test_a_source_of_another_product_is_refused(race: Race) -> None:
    about = About("new", "model", "A new one.", None, SCORE)
    with pytest.raises(Invalid, match="Name the source"):
        actions.add(race.story.by("dana"), race.story.product, about)


@pytest.mark.parametrize("who", ["rui", "vera", "ann"])
def test_who_has_no_part_in_it_changes_nothing(who: str, race: Race) -> None:
    by = race.story.by(who)
    with pytest.raises(NotAllowed):
        actions.add(by, race.story.product, About("new", "rule", "A rule."))
    with pytest.raises(NotAllowed):
        actions.remark(by, race.model, "latency", "40 ms", "believed", "")
    with pytest.raises(NotAllowed):
        actions.discard(by, race.model, "no")
    assert Candidate.objects.filter(dropped_at=None).count() == 3


def test_what_is_measured_is_not_typed(race: Race) -> None:
    by = race.story.by("dana")
    with pytest.raises(Invalid, match="comes from a study"):
        actions.remark(by, race.model, "latency", "40 ms", "measured", "log")
    with pytest.raises(Invalid, match="worked out from"):
        actions.remark(by, race.model, "latency", "40 ms", "estimated", " ")
    actions.remark(by, race.model, "latency", "40 ms", "estimated", "a trial of 100 calls")
    actions.remark(by, race.model, "latency", "50 ms", "believed", "")
    board = board_of(race.story.product)
    option = next(one for one in options_of(board) if one["name"] == "model")
    latency = next(one for one in option["aspects"] if one["aspect"] == "latency")
    assert (latency["text"], latency["grade"], latency["source"]) == (
        "50 ms",
        "believed",
        "Contributor",
    )


def test_the_champion_is_not_discarded(race: Race) -> None:
    race.choose("ines", race.nobody)
    with pytest.raises(Conflict, match="is the champion"):
        actions.discard(race.story.by("dana"), race.nobody, "no")
    actions.discard(race.story.by("dana"), race.strict, "finds too few")
    with pytest.raises(Conflict, match="discarded already"):
        actions.discard(race.story.by("dana"), race.strict, "again")
