"""Each doubt follows from what is recorded, and goes when that is mended."""

from dataclasses import replace

import pytest
from pace import slower

from sextant.strategy.opportunities.hype import Recorded, doubts

SOUND = Recorded(
    said="Reduce manual income checks by 50 % using a score",
    problem="Officials check every income by hand; people wait 23 days.",
    metric="manual income checks per 1,000 applications",
    has_baseline=True, sourced_pains=2, serves_goal=True, has_kill=True,
)  # fmt: skip


def keys(of: Recorded) -> list[str]:
    return [one.key for one in doubts(of)]


def test_what_is_sound_raises_none() -> None:
    assert doubts(SOUND) == ()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"metric": ""}, "no-metric"),
        ({"has_baseline": False}, "no-baseline"),
        ({"sourced_pains": 0}, "no-pain"),
        ({"serves_goal": False}, "no-goal"),
        ({"has_kill": False}, "no-kill"),
        ({"today": False}, "no-today"),
        ({"problem": "Our competitor has one already."}, "rival"),
        ({"said": "Reduce costs, we are falling behind"}, "rival"),
        ({"problem": "People wait. It will be a game changer."}, "trend"),
        ({"problem": "People wait. It answers all questions."}, "miracle"),
        ({"said": "Build a chatbot", "problem": ""}, "ai-first"),
        ({"said": "Build a chatbot", "problem": "We have no AI yet."}, "ai-first"),
    ],
)
def test_each_doubt(change: dict[str, object], key: str) -> None:
    found = doubts(replace(SOUND, **change))  # type: ignore[arg-type]
    assert [one.key for one in found] == [key]
    assert found[0].question.endswith("?")
    assert found[0].says.endswith((".", ")."))


def test_what_is_not_asked_for_yet_raises_none() -> None:
    assert keys(Recorded("Fewer complaints", "People wait.", "complaints per week")) == []


def test_a_chatbot_as_it_is_usually_wanted() -> None:
    wanted = Recorded("We want a chatbot like our competitors", today=False)
    assert keys(wanted) == ["ai-first", "rival", "no-metric", "no-today"]


def test_a_problem_told_first_may_name_its_means() -> None:
    told = replace(SOUND, said="A chatbot for claims", problem="People wait 40 minutes on the line")
    assert keys(told) == []


def test_a_long_text_takes_no_long() -> None:
    import time

    start = time.process_time()
    doubts(Recorded("competitor " * 30_000, "the other " * 30_000))
    assert time.process_time() - start < 0.5 * slower()
