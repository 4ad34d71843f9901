"""What has become of the records that a decision was taken on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sextant.words.bands import in_a_word
from sextant_server.gates.beside import Beside
from sextant_server.gates.known import Bet, Failing, Review
from sextant_server.gates.traded import Traded


def since(
    records: Mapping[str, Any],
    now: Bet,
    failing: Sequence[Failing] = (),
    review: Review | None = None,
    studies: Sequence[Beside] = (),
    trades: Sequence[Traded] = (),
) -> list[str]:
    """A sentence for each record that a decision was taken on and that is otherwise now."""
    return [
        *_since(records, now), *_failing(records, failing), *_reviewed(records, review),
        *_studied(records, studies), *_traded(records, trades),
    ]  # fmt: skip


def _studied(records: Mapping[str, Any], now: Sequence[Beside]) -> Iterator[str]:
    """Of the studies that a decision was taken beside those that were answered otherwise since."""
    held = {one.question: one for one in now if one.question}
    for then in records.get("studies", ()):
        found = held.get(then["question"])
        if found is None or found.number <= then["number"]:
            continue
        was = then["answer"] or then["verdict"]
        if was != (found.answer or found.verdict) or not was:
            yield (
                f"Study {then['number']} said: {then['headline']} Study {found.number} asked the"
                f" same: {found.headline}"
            )


def _traded(records: Mapping[str, Any], now: Sequence[Traded]) -> Iterator[str]:
    """Of each trade-off whether it is answered otherwise, has ended, or was agreed since."""
    then = _words((one["number"], one["text"], one["word"]) for one in records.get("tradeoffs", ()))
    held = _words((one.number, one.text, one.word) for one in now)
    for key, (text, was) in then.items():
        if key not in held:
            yield f"“{text}” was {was}, and has ended since."
        elif held[key][1] != was:
            yield f"“{text}” was {was} and is {held[key][1]} now."
    if then:
        for key, (text, is_now) in held.items():
            if key not in then:
                yield f"“{text}” was agreed since; it is {is_now}."


def _words(found: Iterable[tuple[int, str, str]]) -> dict[int, tuple[str, str]]:
    """By number the text, and the words of all that is said of it."""
    held: dict[int, tuple[str, str]] = {}
    for number, text, said in found:
        before = f"{held[number][1]}, " if number in held else ""
        held[number] = text, f"{before}{said}"
    return held


def _reviewed(records: Mapping[str, Any], now: Review | None) -> Iterator[str]:
    then = records.get("review")
    if then and now and now.number > then["number"]:
        was = then["verdict"] or "without a verdict"
        yield (
            f"The fairness review was study {then['number']}, {was}; study {now.number} is newer:"
            f" {now.headline}"
        )


def _failing(records: Mapping[str, Any], now: Sequence[Failing]) -> Iterator[str]:
    held = {one.key: one for one in now}
    for then in records.get("failures", ()):
        found, was = held.get(then["id"]), in_a_word(then["possible"])
        if found is None:
            yield f"“{then['how']}” was {was}, and is no longer on record."
        elif list(found.possible) != then["possible"]:
            is_now = in_a_word(found.possible)
            yield f"“{then['how']}” was {was} and is {is_now} now. {found.says}"
    known = {then["id"] for then in records.get("failures", ())}
    for one in now:
        if records.get("failures") and one.key not in known:
            yield f"“{one.how}” was not on record. {one.says}"


def _since(records: Mapping[str, Any], now: Bet) -> Iterator[str]:
    for then in records.get("assessments", ()):
        name, found = then["framework"]["name"], now.assessed.get(then["framework"]["key"])
        if found is None:
            yield f"{name} was {then['verdict']}, and is no longer on record."
        elif new := [one for one in found.reopened if one not in then["reopened"]]:
            yield f"{name} was {then['verdict']} and is {found.verdict} now. {' '.join(new)}"
        elif found.verdict != then["verdict"]:
            yield f"{name} was {then['verdict']} and is {found.verdict} now. {found.says}"
    said = (records.get("value") or {}).get("says", "")
    if said and now.worth is None:
        yield f"The value was: {said} It is no longer on record."
    elif said and now.worth and now.worth.says != said:
        yield f"The value was: {said} Now: {now.worth.says}"
