"""Whether spans wrote their classes alike: 0 and 1 here, yes and no there are no two classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sextant.engines.classes import one_pair
from sextant.engines.reading import FAMILIES, NAMED

YES = frozenset(code for code, value in FAMILIES.items() if value)
Codes = Mapping[str, tuple[int, ...]]


def clashing(spans: Iterable[Codes]) -> str:
    """Why the classes of these spans do not fit together; empty where they do."""
    listed = list(spans)
    for name in dict.fromkeys(key for codes in listed for key in codes):
        found = {frozenset(codes[name]) for codes in listed if name in codes}
        if name == "d" and any(NAMED in held for held in found):
            # without the named class a pair was read as itself: its yes must not be the other's no
            fits = not any(held & YES for held in found if NAMED not in held)
        elif name == "y" and any(NAMED in held for held in found):
            fits = True  # whatever is not the named class is the other
        else:
            fits = one_pair(set().union(*found)) or (name == "d" and len(found) == 1)
        if not fits:
            what = {"y": "The label", "d": "The decision"}.get(name, f"Column '{name[5:]}'")
            return (
                f"{what} is written in more than one way, such as 0/1 on some days and yes/no on "
                "others. Write it alike and tally those days again."
            )
    return ""
