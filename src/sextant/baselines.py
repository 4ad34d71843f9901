"""The Python interface of a kept baseline: what would the model to beat say of these rows?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.engines.errors import SourceError
from sextant.engines.features import features
from sextant.engines.fingerprint import fingerprint
from sextant.engines.source import open_source
from sextant.studies.probe.kept import Kept, read_kept

Array = NDArray[Any]


@dataclass(frozen=True)
class Answered:
    """`table`: the columns of the rows as text, then the baseline's answers.

    `answers` alone: "baseline", the chance of the positive class, the class, or the number.
    """

    kept: Kept
    answers: Mapping[str, Array]
    table: Mapping[str, Array]


def baseline(kept: Any, data: Any) -> Answered:
    """What a kept baseline says of every row of a table, in its order.

    `kept`: the file that `sextant probe --baseline` wrote, or what `ProbeResult.baseline()` gave.
    `data`: a path, a glob or a table in memory with the same columns; a label is not needed, and no
    scikit-learn. Raises `SourceError` where the file is no kept model, a column is not there, or
    these rows are those that taught it: of them it knows the answers.
    """
    model = Kept(kept) if isinstance(kept, Mapping) else read_kept(Path(kept))
    source = open_source(data, Path())
    if model.held.get("snapshot") == fingerprint(source).hex:
        what = f"{source.name} is the table that taught the baseline, which knows its answers."
        remedy = "Name rows that it did not see, or take sextant probe --predictions."
        raise SourceError([f"{what} {remedy}"])
    held = features(source, model.kinds)
    taken = [name for name in ("baseline", "baseline_chance") if name in held.cells]
    if taken:
        raise SourceError([f"{source.name} has a column '{taken[0]}' already. Rename it."])
    found = {name: np.asarray(one) for name, one in model.answers(held.columns).items()}
    return Answered(model, found, {**held.cells, **found})
