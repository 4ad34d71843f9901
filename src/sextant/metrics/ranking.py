"""Rankings and recommendations, a value per user: NDCG, MAP, MRR, recall, hits, what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sextant.metrics.cells import share_of_rows
from sextant.metrics.decisions import ANYWHERE, EXACT
from sextant.metrics.decisions import SOURCE as RATES
from sextant.metrics.means import INTERVAL, SOURCE, Estimator, mean_or
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.quality import COLUMN
from sextant.metrics.requests import Ranking, Request
from sextant.metrics.tally import Cell
from sextant.states.shown import Shown
from sextant.stats.catalogue_coverage import catalogue_coverage
from sextant.stats.estimate import Estimate, Level

TASKS = ("ranking",)
K = Parameter(
    "k", "number", "how many places count; 10 where it is not written", default=10.0, low=1,
    high=10_000, whole=True,
)  # fmt: skip
AT_LEAST = Parameter(
    "at_least", "number", "the label from which a row is relevant; above 0 where it is not written"
)
NOBODY = "no user with a relevant row"
DOMAIN = (
    "50 users in different buckets (at later looks 200); users without a relevant row have no "
    "value; unlabelled rows are left out and the places close up"
)


def _needs(kind: str) -> Callable[[Params, float], Request]:
    def needs(params: Params, bound: float) -> Request:
        column = str(params.get("column", ""))
        return Ranking(kind, int(params["k"]), params.get("at_least"), column)

    return needs


def _coverage(cell: Cell, params: Params, level: Level) -> Estimate:
    shown: Shown = cell.whole
    return catalogue_coverage(
        shown.n, shown.users, params["users"], params["k"], params["items"], level, shown.copies
    )


def _metric(
    name: str,
    kind: str,
    summary: str,
    formula: str,
    reading: Reading,
    *parameters: Parameter,
    source: str,
    unit: Literal["share", "score", "value"] = "score",
    better: Literal["higher", "either"] = "higher",
    labelled: bool = True,
    interval: str = INTERVAL,
    domain: str = DOMAIN,
    estimate: Estimator | None = None,
    limits: tuple[float, float] = (0, 1),
) -> Metric:
    return Metric(
        name=name,
        family="rankings",
        summary=summary,
        formula=formula,
        interval=interval,
        domain=domain,
        source=source,
        unit=unit,
        better=better,
        reading=reading,
        needs=_needs(kind),
        estimate=estimate or mean_or(NOBODY),
        parameters=parameters,
        range=limits,
        labelled=labelled,
        tasks=TASKS,
    )


METRICS = (
    _metric(
        "ndcg",
        "ndcg",
        "how near each user's first k are to the best order of the user's rows, on average",
        "mean over users of DCG/ideal DCG, DCG = Σ label/log2(place + 1) over the first k",
        Reading("NDCG of the first {k}"),
        K,
        source=f"Järvelin and Kekäläinen 2002; {SOURCE}",
    ),
    _metric(
        "map",
        "map",
        "mean average precision: how early the relevant rows stand among each user's first k",
        "mean over users of Σ precision at each relevant place / min(relevant rows, k)",
        Reading("MAP of the first {k}"),
        K,
        AT_LEAST,
        source=f"Manning, Raghavan and Schütze 2008; {SOURCE}",
    ),
    _metric(
        "mrr",
        "mrr",
        "how early the first relevant row stands: 1 at once, 1/2 in second place, 0 beyond k",
        "mean over users of 1 / place of the first relevant row",
        Reading("the reciprocal rank of the first hit"),
        K,
        AT_LEAST,
        source=f"Voorhees 1999; {SOURCE}",
    ),
    _metric(
        "recall_at",
        "recall",
        "the share of each user's relevant rows that stand among the first k, on average",
        "mean over users of relevant rows among the first k / relevant rows",
        Reading("recall of the first {k}"),
        K,
        AT_LEAST,
        source=SOURCE,
    ),
    _metric(
        "precision_at",
        "precision",
        "the share of each user's first k places that hold a relevant row, on average",
        "mean over users of relevant rows among the first k / k",
        Reading("precision of the first {k}"),
        K,
        AT_LEAST,
        source=SOURCE,
    ),
    _metric(
        "hit_rate",
        "hit",
        "the share of users who find a relevant row among their first k",
        "users with a relevant row among the first k / users with a relevant row",
        Reading("the hit rate of the first {k}", "users", "find something", "find nothing"),
        K,
        AT_LEAST,
        unit="share",
        interval=EXACT,
        domain=f"{ANYWHERE}; users without a relevant row are not counted",
        source=RATES,
        estimate=share_of_rows(NOBODY),
    ),
    _metric(
        "top_mean",
        "mean",
        "the mean of a column over each user's first k, on average: popularity, novelty, price",
        "mean over users of the mean of the column over the first k",
        Reading("the mean of {column} over the first {k}"),
        COLUMN,
        K,
        unit="value",
        better="either",
        labelled=False,
        source=f"Vargas and Castells 2011 (novelty); {SOURCE}",
        estimate=mean_or("no user with a value"),
        limits=(float("-inf"), float("inf")),
    ),
    _metric(
        "diversity",
        "diversity",
        "how many different values of a column each user's first k hold, as a share of the places",
        "mean over users of different values / places that have one, among the first k",
        Reading("the diversity of {column} in the first {k}"),
        COLUMN,
        K,
        labelled=False,
        source=f"Castells, Hurley and Vargas 2022; {SOURCE}",
        estimate=mean_or("no user with a value"),
    ),
    _metric(
        "catalogue_coverage",
        "coverage",
        "the share of the catalogue's items that is shown to at least one of so many users",
        "Σ over items of P(at least one of `users` users has it among the first k) / `items`; each "
        "P is the share of all samples of so many users that hold one",
        Reading(
            "the coverage of the catalogue by {users} users",
            "items of the catalogue",
            "are shown to at least one of {users} users",
            "are shown to none of {users} users",
        ),
        COLUMN,
        K,
        Parameter(
            "users",
            "number",
            "among how many users; at most as many as the data have",
            required=True,
            low=1,
            whole=True,
        ),
        Parameter(
            "items",
            "number",
            "how many items the catalogue has, those never shown included",
            required=True,
            low=1,
            whole=True,
        ),
        unit="share",
        labelled=False,
        interval="bounded differences and self-bounding, each with half the error",
        domain="independent users, at any number of them; undefined for more users than there are",
        source="Hurlbert 1971; McDiarmid 1989; Boucheron, Lugosi and Massart 2000; Hoeffding 1963",
        estimate=_coverage,
    ),
)
