"""Where a criterion holds: its segments looked up, its values matched, its kind in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sextant.contracts.grammar.segments import known_values, match_value
from sextant.contracts.grammar.tokens import CriterionFault, quote
from sextant.contracts.model import Scope
from sextant.contracts.problems import suggest

if TYPE_CHECKING:
    from sextant.contracts.grammar.calls import Faults
    from sextant.contracts.grammar.setting import Setting
    from sextant.contracts.grammar.syntax import Sentence, Where
    from sextant.contracts.grammar.tokens import Token

KINDS = ("gap", "ratio", "contrast")


def read_scope(
    sentence: Sentence, kind: str, setting: Setting, faults: Faults
) -> tuple[Scope, str, str]:
    """The scope, and the two groups of a contrast ("" elsewhere); faults are added."""
    where = sentence.where
    _check_kind(sentence, kind, setting, faults)
    if where is None:
        return Scope(), "", ""
    groupings = _groupings(where, setting, faults)
    segment = groupings[0][0]
    of, against = _contrast(sentence, segment, setting, faults)
    match where.kind:
        case "every":
            return Scope("every", groupings), of, against
        case "across":
            return Scope("across", groupings), of, against
        case _:
            value = _value(where.value, segment, setting, faults)
            return Scope("one", groupings, value), of, against


def _check_kind(sentence: Sentence, kind: str, setting: Setting, faults: Faults) -> None:
    """`across` and comparisons belong together."""
    where = sentence.where
    across = where is not None and where.kind == "across"
    if across == (kind in KINDS):
        return
    name = sentence.phrase.name
    segment = next(iter(setting.segments or ()), "SEGMENT")
    if where is not None and across:
        segment = where.groupings[0][0].text
        what = f"'across {segment}' compares groups, and {name.text} alone compares none."
        remedy = (
            f"Write gap({name.text}) or ratio({name.text}) across {segment}, "
            f"or {name.text} in every {segment}."
        )
        faults.append(CriterionFault(where.at, what, remedy))
    else:
        what = f"{_compared(sentence, kind)} compares groups, and no segment says which."
        if where is not None:
            what = f"{_compared(sentence, kind)} compares groups: 'in' cannot name them."
            segment = where.groupings[0][0].text
        at = where.at if where else name.at
        faults.append(CriterionFault(at, what, f"Add across {quote(segment)}."))


def _compared(sentence: Sentence, kind: str) -> str:
    if kind == "contrast" and sentence.of and sentence.against:
        return f"'of {sentence.of.text} against {sentence.against.text}'"
    return f"{kind}(…)"


def _groupings(where: Where, setting: Setting, faults: Faults) -> tuple[tuple[str, ...], ...]:
    """In the order in which the contract declares the segments, so that order means nothing."""
    found: dict[tuple[str, ...], None] = {}
    for tokens in where.groupings:
        names = [_segment(token, setting, faults) for token in tokens]
        for token, name in zip(tokens, names, strict=True):
            if names.count(name) > 1:
                what = f"Segment '{name}' is crossed with itself."
                faults.append(CriterionFault(token.at, what, "Name two different segments."))
                break
        grouping = tuple(sorted(names, key=lambda name: (setting.order(name), name)))
        if grouping in found:
            what = f"'{' x '.join(grouping)}' is named twice."
            faults.append(CriterionFault(tokens[0].at, what, "Keep one."))
        found[grouping] = None
    return tuple(sorted(found, key=lambda names: [(setting.order(name), name) for name in names]))


def _segment(token: Token, setting: Setting, faults: Faults) -> str:
    known = setting.segments
    if known is not None and token.text not in known:
        what = f"Segment '{token.text}' is not declared."
        remedy = "Declare it under data.segments."
        if known:
            remedy = suggest(token.text, known, "segments")
        faults.append(CriterionFault(token.at, what, remedy))
    return token.text


def _contrast(
    sentence: Sentence, segment: str, setting: Setting, faults: Faults
) -> tuple[str, str]:
    if sentence.of is None or sentence.against is None:
        return "", ""
    of = _value(sentence.of, segment, setting, faults)
    against = _value(sentence.against, segment, setting, faults)
    if of == against:
        what = f"'{of}' is compared with itself."
        faults.append(CriterionFault(sentence.against.at, what, "Name two different groups."))
    return of, against


def _value(token: Token | None, segment: str, setting: Setting, faults: Faults) -> str:
    """The segment's own spelling of a value, where bands or labels name the values."""
    if token is None:
        return ""
    declared = (setting.segments or {}).get(segment)
    values = known_values(declared) if declared else None
    if declared is None or values is None:
        return token.text
    matched = match_value(token.text, values)
    if matched is not None:
        return matched
    what = f"'{token.text}' is no value of segment '{segment}'."
    named = {str(raw): name for raw, name in declared.labels}
    if token.text in named:
        remedy = f"Write its label: {quote(named[token.text])}."
    else:
        remedy = suggest(token.text, values, "values")
    faults.append(CriterionFault(token.at, what, remedy))
    return token.text
