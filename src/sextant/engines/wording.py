"""The words and lengths of texts, by window: rows that have a word, rows of so many words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.errors import SourceError
from sextant.engines.reading import as_segment, is_empty
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, cases, column, sql

ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts without blanks between words: every letter counts as one."""
LETTER = rf"[^\P{{L}}{ALONE}]"
WORD = rf"[{ALONE}]|[@#]?(?:{LETTER}|\p{{M}}|\p{{N}})(?:{LETTER}|[\p{{M}}\p{{N}}'’_])*"
ADDRESS = r"https?://\S+"
LETTERS = 10_000
"""So many letters of a text are read."""
WORDS = 5_000
LEAST_WORDS, LEAST_VALUES = 4.0, 50


def texts(source: Source, names: Sequence[str]) -> list[str]:
    """Which columns hold texts: four words on the average, and mostly different ones."""
    mine = [name for name in names if source.columns.get(name) == "text"]
    if not mine:
        return []
    cells = {name: _text(source, name) for name in mine}
    counts = _asked(source, cells, ("count(:x)", "approx_count_distinct(:x)"))
    many = [name for name, (rows, n) in counts.items() if rows and n >= max(LEAST_VALUES, rows / 4)]
    if not many:
        return []
    sizes = _asked(
        source, {name: cells[name] for name in many},
        ("avg(len(string_split(left(:x, 1000), ' ')))", "avg(length(:x))"),
    )  # fmt: skip
    held = [
        name for name, (words, letters) in sizes.items()
        if words >= LEAST_WORDS or (letters >= 2 * LEAST_WORDS and letters / words >= 2)
    ]  # fmt: skip
    return [name for name in held if _average(source, name) >= LEAST_WORDS]


def _asked(
    source: Source, cells: Mapping[str, exp.Expr], aggregates: Sequence[str]
) -> dict[str, tuple[float, ...]]:
    """These aggregates of each column, in one scan."""
    picked = [sql(one, x=cell).sql(dialect=DIALECT) for cell in cells.values()
              for one in aggregates]  # fmt: skip
    told = _run(source, f'SELECT {", ".join(picked)} FROM "{RELATION}"')[0]
    size = len(aggregates)
    return {name: tuple(told[size * at : size * at + size]) for at, name in enumerate(cells)}


def frequent(source: Source, name: str) -> dict[str, int]:
    """The words that most rows have, with their rows; `WORDS` at the most."""
    found = _run(
        source,
        f"select word, count(*) as n from ({_rows_of_words(source, name, '', '')}) "
        f"group by word order by n desc, word limit {WORDS}",
    )
    return {str(word): int(n) for word, n in found}


def counted(
    source: Source, name: str, words: Sequence[str], by: str, missing: str
) -> tuple[dict[str, dict[str, int]], dict[str, dict[int, int]]]:
    """Rows by window and word, of these words; and by window and number of words, -1 empty."""
    found: dict[str, dict[str, int]] = {}
    lengths: dict[str, dict[int, int]] = {}
    if words:
        listed = ", ".join(exp.Literal.string(one).sql(dialect=DIALECT) for one in words)
        inner = _rows_of_words(source, name, by, missing)
        grouped = f"select w, word, count(*) from ({inner}) where word in ({listed}) group by 1, 2"
        for window, word, n in _run(source, grouped):
            found.setdefault(str(window), {})[str(word)] = int(n)
    size = cases([(is_empty(source, name), sql("-1"))], sql("len(:t)", t=_words(source, name)))
    rows = exp.select(_window(source, by, missing).as_("w"), size.as_("size")).from_(
        exp.to_table(RELATION, quoted=True)
    )
    inner = rows.sql(dialect=DIALECT)
    for window, length, n in _run(source, f"select w, size, count(*) from ({inner}) group by 1, 2"):
        lengths.setdefault(str(window), {})[int(length)] = int(n)
    return found, lengths


def _average(source: Source, name: str) -> float:
    """Words a text, of the texts that the hash picks: 1 of 16."""
    cell = _text(source, name)
    picked = exp.select(sql("avg(len(:t))", t=_words(source, name))).from_(
        exp.to_table(RELATION, quoted=True)
    )
    rows = picked.where(sql("hash(:x) % 16 = 0", x=cell)).sql(dialect=DIALECT)
    return float(_run(source, rows)[0][0] or 0.0)


def _rows_of_words(source: Source, name: str, by: str, missing: str) -> str:
    """A row for each word of each text, once."""
    words = sql("unnest(list_distinct(:t))", t=_words(source, name))
    rows = exp.select(_window(source, by, missing).as_("w"), words.as_("word")).from_(
        exp.to_table(RELATION, quoted=True)
    )
    return rows.sql(dialect=DIALECT)


def _words(source: Source, name: str) -> exp.Expr:
    plain = sql(
        "regexp_replace(lower(left(:x, :n)), :a, ' ', 'g')",
        x=_text(source, name), n=exp.Literal.number(LETTERS), a=ADDRESS,
    )  # fmt: skip
    return sql("regexp_extract_all(:x, :p)", x=plain, p=WORD)


def _text(source: Source, name: str) -> exp.Expr:
    return sql("case when not :e then :x end", e=is_empty(source, name), x=column(name))


def _window(source: Source, by: str, missing: str) -> exp.Expr:
    if not by:
        return sql(":m", m=missing)
    return sql("coalesce(:x, :m)", x=as_segment(source, Segment(by, by)), m=missing)


def _run(source: Source, statement: str) -> Sequence[tuple[Any, ...]]:
    try:
        return source.session.rows(statement)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
