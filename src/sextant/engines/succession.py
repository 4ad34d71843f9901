"""How often a row has the label of the row before it."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
from sqlglot import exp

from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, is_empty
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, column, sql


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows with a label whose row before has one, those of them with the same, the most frequent.

    `usual`: rows of the most frequent label among `rows`.
    """

    rows: int
    same: int
    usual: int


def repeats(source: Source, label: str, time: str) -> Repeats:
    """One scan, in the order of `time`; a table by itself has none that several threads keep.

    Rows without a label are passed over: the last label that there is counts as the one before.
    """
    cell = sql("trim(cast(:x as text))", x=column(label))
    order = as_moment(source, time)
    here = exp.select(cell.as_("label"), order.as_("moment")).from_(
        exp.to_table(RELATION, quoted=True)
    )
    here = here.where(sql("not :e", e=is_empty(source, label)))
    here = here.where(sql(":t is not null", t=order))
    try:
        ((rows, same, usual),) = source.session.rows(
            f"with here as ({here.sql(dialect=DIALECT)}), "
            f"pairs as (select label, lag(label) over (order by moment) as was from here), "
            "counts as (select count(*) as n from pairs where was is not null group by label) "
            "select count(was), count(*) filter (label = was), "
            "coalesce((select max(n) from counts), 0) from pairs"
        )
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    return Repeats(rows, same, usual)
