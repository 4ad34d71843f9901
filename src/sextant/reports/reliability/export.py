"""A recalibration as a file that a service can take over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from sextant.studies.calibration.mapping import Mapping as Recalibrator

ENDINGS = (".json", ".csv", ".py")
STEPS = 1_000


def exported(mapping: Recalibrator, record: Mapping[str, Any], ending: str) -> str:
    """`.json`: the mapping and what it rests on; `.py`: a function; `.csv`: score, new score.

    The table has 1,001 even steps from 0 to 1, of an isotonic mapping its own points: straight
    lines between its rows are the mapping, to four digits or exactly.
    """
    about = (
        f"Recalibration of {record['question']['score']}: {record['gain']} "
        f"Fitted on {mapping.rows:,.0f} labelled rows of {record['data']['source']}, "
        f"snapshot {record['data']['snapshot']}."
    )
    if ending == ".py":
        return mapping.as_python(about)
    if ending == ".csv":
        scores = np.array(mapping.scores or np.linspace(0, 1, STEPS + 1))
        rows = zip(scores.tolist(), mapping(scores).tolist(), strict=True)
        return "score,recalibrated\n" + "".join(f"{s!r},{v!r}\n" for s, v in rows)
    held = mapping.as_dict() | {
        "about": about,
        "snapshot": record["data"]["snapshot"],
        "digest": record["question"]["digest"],
        "code": record["code"],
    }
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"
