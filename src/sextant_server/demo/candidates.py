"""The versions of the pre-screen: by hand, the model, and a stricter cut that saved too little."""

from __future__ import annotations

from sextant_server.candidates import actions
from sextant_server.candidates.actions import About
from sextant_server.candidates.models import Candidate, Choice
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.sources.models import Source
from sextant_server.studies import actions as studies
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.models import Study

SCORE = "predicted_probability_permille"
BY_HAND = (
    "by hand", "asis",
    "An official asks everybody for papers: nobody is waved through.", "always no",
)  # fmt: skip
MODEL = (
    "cut at 0.5", "model", "Whoever scores at least 0.5 is waved through.", f"{SCORE}@0.5"
)  # fmt: skip
STRICTER = (
    "cut at 0.6", "model", "The same score; waves through from 0.6 on.", f"{SCORE}@0.6"
)  # fmt: skip
KNOWN = (
    ("by hand", "latency", "9 working days", "estimated", "the queue of October 2026"),
    ("by hand", "explains", "yes, by the official", "believed", ""),
    ("by hand", "needs", "papers from everybody", "believed", ""),
    ("cut at 0.5", "latency", "under a second", "estimated", "a trial of 200 applications"),
    ("cut at 0.5", "explains", "a reason code, not a reason", "believed", ""),
    ("cut at 0.5", "needs", "the census answers, no papers", "believed", ""),
)
LEVELS = (
    ("human", "precision", (0.88, 0.96), "estimated", "a second look at 200 files in June 2026"),
    ("human", "cost", (12.0, 12.0), "estimated", "the contract: a check by hand"),
    ("best", "auc", (0.88, 0.92), "believed", "what the neighbouring office says of its model"),
)
"""How well officials do it, and the best that is heard of."""
AT_FIRST = "It is how it is done today. Whatever comes has to cost less and overlook nobody."
BETTER = "A decision costs 3.23 USD less than a check of everybody, on the people of 2015."
TOO_DEAR = (
    "Six cents a decision are saved, and of 100 women who work six more are sent to the counter."
    " No sex was to lose more than five points of recall."
)
WORTH = (
    "2% of recall is worth 1% of precision",
    "Somebody who works and is not recognised loses an hour at the counter. Somebody who is waved"
    " through without work owes the office money for months: half as many of those weigh as much.",
)
"""What both sides agreed to give up for what."""


def race(story: Telling, source: Source, evidence: Evidence) -> None:
    """By hand, then the model on its evidence; the challenger that was compared is discarded."""
    running = {about[0]: _add(story, source, about) for about in (BY_HAND, MODEL, STRICTER)}
    for name, *known in KNOWN:
        actions.remark(story.by("dana"), running[name], *known)
    for level in LEVELS:
        actions.state_level(story.by("dana"), story.product, *level)
    _choose(story, running["by hand"], None, AT_FIRST)
    kind = kind_named("baseline")
    assert kind is not None
    asked = {"constant": "always no"}
    study = studies.keep_live(story.by("tara"), evidence, kind, asked, asked)
    _choose(story, running["cut at 0.5"], study, BETTER)
    actions.discard(story.by("dana"), running["cut at 0.6"], TOO_DEAR)
    made = actions.propose(story.by("dana"), story.product, *WORTH)
    for who, side in (("bruno", "business"), ("tara", "technical")):
        made = actions.agree(story.by(who), made, side)


def _add(story: Telling, source: Source, about: tuple[str, str, str, str]) -> Candidate:
    name, sort, says, written = about
    return actions.add(story.by("dana"), story.product, About(name, sort, says, source, written))


def _choose(story: Telling, candidate: Candidate, study: Study | None, reason: str) -> Choice:
    seen = Choice.objects.filter(product=story.product).count()
    number = study.number if study else None
    return actions.choose(story.by("ines"), candidate, number, reason, seen)
