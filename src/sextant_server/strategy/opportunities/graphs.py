"""Ways through what points to what, so that nothing leads back to itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sextant_server.core.errors import Invalid

Edge = tuple[int, int]
MOST_SHOWN = 8


def way(edges: Iterable[Edge], start: int, goal: int) -> list[int]:
    """The shortest way from one to the other along the edges, both included; empty for none."""
    ahead: dict[int, list[int]] = {}
    for origin, target in edges:
        ahead.setdefault(origin, []).append(target)
    came: dict[int, int] = {start: start}
    queue = [start]
    for at in queue:
        if at == goal:
            break
        for one in ahead.get(at, ()):
            if one not in came:
                came[one] = at
                queue.append(one)
    if goal not in came:
        return []
    path = [goal]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


def refuse_cycle(
    edges: Iterable[Edge],
    origin: int,
    target: int,
    names: Callable[[Iterable[int]], Mapping[int, str]],
    field: str,
    verb: str,
) -> None:
    """Raise Invalid, with the way, where an edge from origin to target would close a circle."""
    back = way(edges, target, origin)
    if not back:
        return
    called = names({*back})
    shown = [f"“{called[key]}”" for key in (origin, *back)]
    if len(shown) > MOST_SHOWN:
        shown = [*shown[: MOST_SHOWN - 1], "…", shown[-1]]
    raise Invalid(
        f"That leads back to where it began: {f' {verb} '.join(shown)}. Take out one of these"
        " first.", field,
    )  # fmt: skip
