"""Does drift alarm when nothing changed, and when something did, beside the peers?

`python -m benchmarks.honesty --quick` goes over the grid once, the fast tools first, and stops
after ten minutes; without it eight times. A round takes a quarter of an hour of a core by what each
tool was measured to take. Both go on where the results file ends.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.honesty.bound import at_the_bound
from benchmarks.honesty.document import DOCUMENT, written
from benchmarks.honesty.peers import PEERS
from benchmarks.honesty.points import grid
from benchmarks.honesty.running import RESULTS, run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, help="over all points: 1 if quick, else 8")
    parser.add_argument("--minutes", type=float, help="stop after: 10 if quick, else never")
    parser.add_argument("--seed", type=int, default=55)
    parser.add_argument("--peers", nargs="*", default=[one.name for one in PEERS])
    parser.add_argument("--document", action="store_true", help="only write the document again")
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    if not given.document:
        chosen = [one for one in PEERS if one.name in given.peers and one.installed]
        for one in PEERS:
            if one.name in given.peers and not one.installed:
                print(f"{one.name} is not set up: sh benchmarks/honesty/pins/setup.sh {one.name}")
        at_the_bound()
        run(
            list(grid()), chosen, given.rounds or (1 if given.quick else 8),
            given.seed, given.minutes or (10 if given.quick else float("inf")), given.out,
        )  # fmt: skip
    DOCUMENT.write_text(written(given.out), encoding="utf-8")
    print(f"Written: {DOCUMENT}")


if __name__ == "__main__":
    main()
