"""From a contract and an opened source to a `Tally`: one plan, one scan, states back."""

from __future__ import annotations

import duckdb

from sextant.contracts.model import Contract
from sextant.engines.answered import Answered
from sextant.engines.checks import column_problems
from sextant.engines.copies import with_copies
from sextant.engines.csvfile import broken_lines
from sextant.engines.duck import Progress
from sextant.engines.errors import SourceError
from sextant.engines.gather import gather
from sextant.engines.head import look
from sextant.engines.plan import Plan, build_plan
from sextant.engines.query import build_query
from sextant.engines.rows import derive
from sextant.engines.run import run
from sextant.engines.source import Source, unreadable
from sextant.metrics.tally import Tally


def tally(
    contract: Contract,
    source: Source,
    progress: Progress | None = None,
    plan: Plan | None = None,
) -> Tally:
    """Scan the source once and return every state that the contract's criteria need.

    `plan`: what to ask instead of what the criteria by themselves need. Raises `SourceError` with
    all problems where the data cannot answer, `Cancelled` on interrupt.
    """
    plan = plan or build_plan(contract)
    if problems := column_problems(contract, plan, source):
        raise SourceError(problems)
    try:
        rows = derive(contract, plan, source)
        query = build_query(contract, plan, rows, source.rows_hint, look(contract, plan, source))
        answers = run(query, source.session, progress)
        broken = {} if source.typed else broken_lines(source.session)
        found = gather(Answered(contract, plan, source, query, answers, broken))
        return with_copies(found, plan, source, rows.where)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
