"""From a feature to an outcome: what a phrase says of the change it wants, and what it leaves open.

By rules alone. A rule that does not recognise a phrase says nothing against it: a team is asked,
never accused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sextant.strategy.opportunities import phrasing as words

LONGEST = 1000
NAMES_A_THING = (
    "That names a thing to build. Name what shall change, as something that can be counted:"
    " “customer support costs”, “manual checks per 1,000 applications”. How much and by when"
    " stand beside it."
)
"""What a form answers to a feature."""
ASKS: Mapping[str, str] = MappingProxyType({
    "metric": "What would be counted, so that two people count the same?",
    "direction": "Shall it rise or fall?",
    "amount": "By how much, at least, for it to be worth the while?",
    "mechanism": "By what means would it move: what is done differently, for whom?",
    "baseline": "What is it today, and where is that number from?",
    "due": "By when?",
})  # fmt: skip
FRAMES = ("metric", "direction", "amount", "mechanism")
"""What frames an outcome; the baseline and the day make it one that can be kept or broken."""
SOURCES_OWN = "reduce customer support costs by 30 % using automated conversational AI"


@dataclass(frozen=True, slots=True)
class Example:
    """How somebody else would put it. `amount` says where its number is from."""

    text: str
    amount: str


PLACEHOLDER = "“…” is a place for your own amount."
_EXAMPLES: tuple[tuple[str, Example], ...] = (
    (
        r"chat ?bots?|assistants?|support|help ?desk|customer service|conversational|bots?",
        Example(SOURCES_OWN, "30 % is the example of the source, not a promise of yours."),
    ),
    (
        r"fraud|scams?|chargebacks?",
        Example("reduce losses to fraud by … % using a score that holds back the riskiest"
                " payments", PLACEHOLDER),
    ),
    (
        r"recommend\w*|personali[sz]\w*|what to (?:watch|buy|read)|suggestions?",
        Example("increase orders per visit by … % using recommendations that fit the visitor",
                PLACEHOLDER),
    ),
    (
        r"churn|retention|leaving|cancel\w*|predict\w* (?:customer|buying)",
        Example("reduce customers lost per year by … % using a forecast of who is about to leave,"
                " and an offer that has been tested", PLACEHOLDER),
    ),
    (
        r"vision|camera|image|photo|picture|video|driv\w+|autonom\w+|robot\w*",
        Example("reduce defects that reach customers by … % using pictures checked on the line",
                PLACEHOLDER),
    ),
    (
        r"content|writ\w+|text|copy|articles?|marketing|summar\w+|translat\w+|gpt|llms?|gen ?ai"
        r"|generative",
        Example("reduce hours of writing per published text by … % using drafts that an editor"
                " corrects", PLACEHOLDER),
    ),
    (
        r"forecast\w*|demand|stock|inventory|price|pricing",
        Example("reduce stock written off per month by … % using a forecast of demand for each"
                " shop", PLACEHOLDER),
    ),
    (
        r"automat\w+|workflow|documents?|invoices?|forms?|mails?|e-?mails?|claims?|paper\w*",
        Example("reduce hours of handling per 1,000 documents by … % using fields that are read by"
                " a machine and checked by a person where it is unsure", PLACEHOLDER),
    ),
)  # fmt: skip
EXAMPLES = tuple((re.compile(rf"\b(?:{found})\b"), example) for found, example in _EXAMPLES)
ANY = Example(
    "reduce the hours that people spend on … by … % using … , by the end of …",
    "Each “…” is a place for your own words and numbers.",
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A part that the phrase leaves open, and the one question that fills it."""

    part: str
    question: str


@dataclass(frozen=True, slots=True)
class Reframed:
    """What a phrase says. `parts` holds what was found of each part, in the phrase's own words.

    `turned` is the phrase itself with the change put before the means, where it names both.
    """

    text: str
    is_feature: bool
    parts: Mapping[str, str]
    missing: tuple[Ask, ...]
    example: Example | None
    turned: str = ""
    vague: str = ""

    @property
    def is_framed(self) -> bool:
        """Whether it says what changes, which way, by how much, and by what means."""
        return not self.is_feature and all(self.parts.get(name) for name in FRAMES)

    @property
    def is_whole(self) -> bool:
        """Whether it also says from where, and by when."""
        return self.is_framed and not self.missing

    @property
    def says(self) -> str:
        """The judgement as a sentence."""
        if self.is_feature:
            return "That names a thing to build, not what shall change."
        if self.is_whole:
            return "That is an outcome: it says what changes, from where, how much, how and when."
        open_parts = [NAMES[one.part] for one in self.missing]
        if self.is_framed:
            return f"That is an outcome. Left open: {_listed(open_parts)}."
        if self.parts.get("metric") or self.parts.get("direction"):
            return f"That speaks of a change. Left open: {_listed(open_parts)}."
        return "That is neither a thing nor a change that can be counted yet."


NAMES = {
    "metric": "what is counted", "direction": "which way", "amount": "how much",
    "mechanism": "by what means", "baseline": "from where", "due": "by when",
}  # fmt: skip


def reframe(text: str) -> Reframed:
    """What a phrase says of the change it wants: its parts, what is missing, how else to put it."""
    phrase = " ".join(text.casefold().split())[:LONGEST].rstrip(" .!?")
    core = _core(phrase)
    feature = bool(phrase) and is_feature(text)
    parts = _parts(phrase, core, feature)
    missing = tuple(Ask(part, question) for part, question in ASKS.items() if not parts.get(part))
    vague = words.VAGUE.search(phrase)
    framed = not feature and all(parts.get(name) for name in FRAMES)
    return Reframed(
        text=" ".join(text.split()),
        is_feature=feature,
        parts=parts,
        missing=missing,
        example=None if framed or not phrase else _example(phrase),
        turned=_turned(core) if feature else "",
        vague=_vague(vague["word"]) if vague else "",
    )


def is_feature(text: str) -> bool:
    """Whether a phrase names a thing to build, or a means, before any change in the world."""
    phrase = " ".join(text.casefold().split())[:LONGEST].rstrip(" .!?")
    core = _core(phrase)
    wished = core != phrase
    if words.STARTS_WITH_DIRECTION.match(core) and not words.BEFORE_THING.match(_rest(core)):
        return False
    if words.COMPARED.match(core):
        return False
    if words.SOMETHING_WITH_AI.search(core) or words.HYPE_NOUN.search(core):
        return not words.MEASURE.search(core)
    if words.REPLACE.match(core) or words.AUTOMATE.match(core):
        return not words.AMOUNT.search(core)
    if words.STARTS_BUILDING.match(core):
        if words.MEASURED.match(core):
            return False
        return bool(words.DETERMINED.match(core) or words.THING.search(core))
    if wished and words.AI.search(core) and not _counted(core):
        return True
    if words.MADE_WITH_AI.match(core) and not _directed(core):
        return not (words.STARTS_WITH_MEASURE.match(core) or words.AMOUNT.search(core))
    return _is_named(core)


def _is_named(core: str) -> bool:
    """Whether the whole phrase is the name of a thing: “AI for invoices”, “a support chatbot”."""
    if words.AI_ADJECTIVE.search(core) and not words.MEASURE.search(core):
        return True
    found = words.HEADED_BY_THING.match(core)
    if not found or words.NOT_BARE.search(found["before"]):
        return False
    return not _directed(found["before"])


def _counted(core: str) -> bool:
    """Whether something is counted, or some direction is wanted."""
    return bool(words.MEASURE.search(core)) or _directed(core)


def _directed(core: str) -> bool:
    """Whether some direction is wanted."""
    return bool(words.DOWN.search(core) or words.UP.search(core))


def _core(phrase: str) -> str:
    """The phrase without the wish that leads it in: “we want to”, “let’s”, “the idea is to”."""
    core = phrase
    for _ in range(4):
        shorter = words.WISH.sub("", core, count=1)
        if shorter == core:
            break
        core = shorter
    return core


def _rest(core: str) -> str:
    """What follows the first word."""
    return core.partition(" ")[2]


def _parts(phrase: str, core: str, feature: bool) -> Mapping[str, str]:
    """What the phrase says of each part, in its own words; a thing by itself changes nothing."""
    aimed = words.CLAUSE.search(core)
    if feature and not aimed:
        return MappingProxyType({})
    change = aimed["rest"] if aimed else core
    mechanism = words.MECHANISM.search(change)
    said = change[: mechanism.start()] if mechanism else change
    found = {
        "metric": _metric(said),
        "direction": _direction(said),
        "amount": _first(words.AMOUNT, words.DUE.sub(" ", said)),
        "mechanism": _how(mechanism) or (core[: aimed.start()].strip() if aimed else ""),
        "baseline": _first(words.BASELINE, phrase),
        "due": _first(words.DUE, phrase),
    }
    return MappingProxyType({name: text for name, text in found.items() if text})


def _metric(said: str) -> str:
    """What is counted: what follows the direction, or the phrase as far as it names something."""
    start = words.STARTS_WITH_DIRECTION.match(said)
    body = said[start.end() :] if start else said
    if start is None and (turn := words.DOWN.search(body) or words.UP.search(body)):
        body = body[: turn.start()] or body[turn.end() :]
    metric = words.END_OF_METRIC.sub("", body).strip(" ,")
    return metric if words.MEASURE.search(metric) else ""


def _direction(said: str) -> str:
    if words.KEEP.match(said):
        return "hold"
    down, up = words.DOWN.search(said), words.UP.search(said)
    if down and (not up or down.start() <= up.start()):
        return "fall"
    if up:
        return "rise"
    return ""


def _how(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    how = found["how"] or found["doing"] or found["tool"] or ""
    return words.DUE.sub("", how).strip(" ,")


def _first(pattern: re.Pattern[str], phrase: str) -> str:
    found = pattern.search(phrase)
    return found[0].strip() if found else ""


def _turned(core: str) -> str:
    """“use gpt to cut costs” turned round: “cut costs by … using gpt”."""
    aimed = words.CLAUSE.search(core)
    if not aimed or not words.STARTS_BUILDING.match(core):
        return ""
    means = core[: aimed.start()].strip()
    verb = words.STARTS_BUILDING.match(means)
    means = means[verb.end() :].strip() if verb else means
    change = aimed["rest"].strip()
    if not means or words.MECHANISM.search(change):
        return ""
    amount = "" if words.AMOUNT.search(change) else " by …"
    return f"{change}{amount} using {means}"


def _example(phrase: str) -> Example:
    return next((one for pattern, one in EXAMPLES if pattern.search(phrase)), ANY)


def _vague(word: str) -> str:
    return (
        f"“{word.capitalize()}” can be tested of a save button, not of an answer that is only"
        " probably right: of 100 that should be found, how many must be, and of 100 found, how"
        " many may be wrong?"
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
