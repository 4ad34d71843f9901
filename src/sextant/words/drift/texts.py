"""What changed in texts, as plain sentences."""

from __future__ import annotations

from sextant.studies.drift.result import ColumnShift, Word
from sextant.words.drift.shares import counted, number, share_sentence
from sextant.words.nouns import listed
from sextant.words.numbers import whole

MOST = 6


def text_direction(one: ColumnShift) -> str:
    """`“flight” rose from 10 to 25 of 100 rows (22 to 28)`, or what became of the length."""
    mover = one.mover
    if not mover.limit:
        return share_sentence(f"“{mover.value}”", mover.before, mover.after)
    if mover.value == "0" and any(side.value for side in one.missing):
        return share_sentence("empty cells", mover.before, mover.after)
    words = "word" if mover.value == "1" else "words"
    what = share_sentence(f"texts of up to {mover.value} {words}", mover.before, mover.after)
    assert one.medians is not None
    before, after = one.medians
    if before.value is None or after.value is None or before.value == after.value:
        return what
    move = "rose" if after.value > before.value else "fell"
    return (
        f"the median length {move} from {number(before.value)} to {number(after.value)} words "
        f"({number(after.low)} to {number(after.high)}); {what}"
    )


def words_sentence(one: ColumnShift) -> str:
    """Which words are new, gone, more and less frequent, with their rows of 100."""
    if not one.words:
        if not one.tested:
            return "No word stands in enough rows to be compared."
        return f"Of {whole(one.tested)} words none is shown to have moved."
    groups: dict[str, list[Word]] = {"New": [], "Gone": [], "More": [], "Fewer": []}
    for word in one.words:
        assert word.before.value is not None
        assert word.after.value is not None
        rose = word.after.value > word.before.value
        none = not (word.before.value if rose else word.after.value)
        groups[("New" if none else "More") if rose else ("Gone" if none else "Fewer")].append(word)
    said = [f"{name}: {_words(held)}." for name, held in groups.items() if held]
    return f"{' '.join(said)} Of {whole(one.tested)} words compared, of 100 rows."


def _words(held: list[Word]) -> str:
    shown = [
        f"“{one.word}” {counted(one.before.value or 0.0, 100)} to "
        f"{counted(one.after.value or 0.0, 100)}"
        for one in held[:MOST]
    ]
    more = [f"{whole(len(held) - MOST)} more"] if len(held) > MOST else []
    return listed([*shown, *more], most=MOST + 1)
