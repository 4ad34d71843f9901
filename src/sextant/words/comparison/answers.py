"""One question about two versions as a sentence for one of three audiences."""

from __future__ import annotations

from sextant.contracts.evidence import RowResult, Verdict
from sextant.contracts.model import Criterion
from sextant.studies.comparison.result import Answer, Compared, Comparison, Told, shown_worse
from sextant.words.compare import compare_clause
from sextant.words.comparison.subjects import called, difference_scale, named, pair, subject
from sextant.words.nouns import among, capital, listed, unit_of
from sextant.words.numbers import about as roughly
from sextant.words.numbers import declared, percent, whole
from sextant.words.sentences import Audience

TOLD: dict[Verdict, Told] = {"met": "better", "missed": "worse", "undecided": "undecided"}


def told(row: RowResult) -> Told:
    """A row's verdict in a word: not worse where B had only to stay within a margin."""
    if row.verdict == "met" and is_margin(row.criterion):
        return "not worse"
    if row.verdict == "missed" and not shown_worse(row):
        return "not better"
    return TOLD[row.verdict]


def is_margin(criterion: Criterion) -> bool:
    """May B be worse by so much?"""
    return criterion.bound < 0 if criterion.op == ">=" else criterion.bound > 0


def compared_sentence(
    one: Compared, answer: Answer, comparison: Comparison, audience: Audience = "product"
) -> str:
    """One row in words.

    executive: one short sentence. product: a natural frequency, what would decide it, and what the
    data could have shown. technical: both values, the difference, interval, n, method, bound.
    """
    if audience == "technical":
        return technical(one, answer, comparison)
    criterion, estimate = one.row.criterion, one.row.estimate
    names, contract = comparison.asked.names, comparison.asked.contract
    where = f"{among(one.row.segment, contract)}, " if one.row.segment else ""
    if not estimate.assessable or estimate.value is None:
        what = f"{where}it cannot be said whether {names.b} is better than {names.a}"
        noun = subject(criterion, comparison, plain=audience == "executive").reading.noun
        return f"{capital(what)} by {noun}: {one.row.reason or 'there is no evidence'}."
    about = subject(criterion, comparison, plain=audience == "executive")
    measured = f"{where}{compare_clause(about, named(estimate, comparison)).measured}"
    if answer.informs:
        return f"{capital(measured)}."
    text = f"{capital(measured)}; {judgement(one.row, comparison)}."
    besides = criterion.role == "secondary"
    if audience == "executive" or besides or one.row.verdict != "undecided":
        return text
    return " ".join(filter(None, [text, capital(decides(one, comparison)), seen(one, comparison)]))


def judgement(row: RowResult, comparison: Comparison) -> str:
    """`B is better`, `B is worse by more than the 2 points allowed`, `it is not yet decided`."""
    names, criterion = comparison.asked.names, row.criterion
    allowed = margin_text(criterion, comparison)
    if row.obstacle:
        return f"not decided: {row.obstacle}"
    match row.verdict:
        case "met" if is_margin(criterion):
            return f"{names.b} is not worse by more than the {allowed} allowed"
        case "met":
            return f"{names.b} is better" + (f" by at least {allowed}" if criterion.bound else "")
        case "missed" if is_margin(criterion):
            return f"{names.b} is worse by more than the {allowed} allowed"
        case "missed" if not shown_worse(row):
            return f"{names.b} is not better by {allowed}"
        case "missed":
            return f"{names.b} is worse"
        case _ if is_margin(criterion):
            return f"whether {names.b} is worse by more than the {allowed} allowed is not decided"
        case _:
            return "which is better is not decided"


def margin_text(criterion: Criterion, comparison: Comparison) -> str:
    about = subject(criterion, comparison)
    return declared(unit_of(about), about.currency).exact(abs(criterion.bound))


def decides(one: Compared, comparison: Comparison) -> str:
    """How many more rows would decide an undecided row; the reason where no number can be given."""
    needed, names = one.row.needed, comparison.asked.names
    if needed is None or one.row.obstacle:
        return ""
    if needed.rows is None:
        return f"{needed.why}." if needed.why else ""
    metric_rows = "more labelled rows" if one.row.labelled else "more rows"
    group = " of this group" if one.row.segment else ""
    verdict = needed.towards or "undecided"
    likely = {"met": "for", "missed": "against", "undecided": "about"}[verdict]
    return (
        f"about {roughly(needed.rows)} {metric_rows}{group} would decide it, "
        f"probably {likely} {names.b}."
    )


def seen(one: Compared, comparison: Comparison) -> str:
    """What these data could have shown at all."""
    if one.detectable is None:
        return "So few rows differ that these data could have shown no difference at all."
    about = subject(one.row.criterion, comparison)
    scale = difference_scale(about, one.row.estimate)
    return f"These data would have shown a difference of {scale.full(one.detectable)} or more."


def technical(one: Compared, answer: Answer, comparison: Comparison) -> str:
    """`recall in sex = women: new 82.0 %, old 79.1 %, difference +2.9 points (95 % …) …`."""
    row, names = one.row, comparison.asked.names
    criterion, estimate = row.criterion, row.estimate
    place = " and ".join(f"{name} = {value}" for name, value in row.segment)
    head = criterion.quantity.call.metric + (f" in {place}" if place else "")
    cut = dict(criterion.quantity.call.params).get("threshold")
    head += f" at {cut:g}" if cut is not None else ""
    shown = pair(one, comparison)
    sides = f"{names.b} {shown.b}, {names.a} {shown.a}"
    if estimate.value is None or not estimate.assessable:
        return f"{head}: {sides}; no difference, n = {shown.n}: {row.reason or 'no evidence'}."
    unit = unit_of(subject(criterion, comparison))
    bound = declared(unit, subject(criterion, comparison).currency).exact(criterion.bound)
    verdict = "informs" if answer.informs else f"asked {criterion.op} {bound}: {row.verdict}"
    interval = f"{percent(row.confidence)} interval {shown.interval.replace(' – ', ' to ')}"
    power = ""
    if one.detectable is not None:
        scale = difference_scale(subject(criterion, comparison), estimate)
        power = f"; detectable at 80 % power {scale.full(one.detectable)}"
    return (
        f"{head}: {sides}, difference {shown.difference} ({interval}, n = {whole(estimate.n)}, "
        f"{estimate.method}); {verdict}{power}; look {comparison.look}."
    )


def _where(groups: list[str], of: int) -> str:
    return "every group" if len(groups) == of else listed(groups, most=4)


def _moved(answer: Answer, b: str, a: str, noun: str) -> str:
    """Where a number without a good side is higher, and where lower."""
    places: dict[str, list[str]] = {}
    for one in answer.rows:
        estimate = one.row.estimate
        word = "higher" if estimate.low > 0 else "lower" if estimate.high < 0 else "no different"
        places.setdefault(word, []).append(called(one.row.segment))
    said = {"higher": "is higher", "lower": "is lower", "no different": "is not shown to differ"}
    parts = [
        f"{said[word]} in {_where(groups, len(answer.rows))}"
        for word, groups in sorted(places.items())
    ]
    return f"{capital(noun)} of {b} {listed(parts)}, against {a}."


def answer_sentence(answer: Answer, comparison: Comparison, audience: Audience = "product") -> str:
    """One question over all its groups: its one row, or which groups are better and worse."""
    rows = answer.rows
    if len(rows) == 1:
        return compared_sentence(rows[0], answer, comparison, audience)
    names = comparison.asked.names
    noun = subject(answer.result.criterion, comparison, audience == "executive").reading.noun
    if answer.informs:
        return _moved(answer, names.b, names.a, noun)
    by: dict[Told, list[str]] = {}
    for one in rows:
        by.setdefault(told(one.row), []).append(called(one.row.segment))
    parts = []
    for word in ("worse", "not better", "better", "not worse", "undecided"):
        if not (groups := by.get(word)):
            continue
        said = "not decided" if word == "undecided" else word
        parts.append(f"{said} in {_where(groups, len(rows))}")
    text = f"By {noun} {names.b} is {listed(parts)}"
    found = [row.segment for row in answer.result.rows if row.verdict == "missed"]
    if found and answer.result.verdict != "missed":
        text += f", though worse is not proven among {answer.result.compared} groups"
    return f"{text}."
