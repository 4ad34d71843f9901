"""Writing down, in the demonstration, how a product fails."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.demo.bets.employment_failing import Fails
from sextant_server.demo.telling import Telling
from sextant_server.failures import actions
from sextant_server.failures.actions import Wanted
from sextant_server.failures.queries import offered
from sextant_server.failures.reading import Watched


def write_down(story: Telling, modes: Iterable[Fails]) -> None:
    """Dana writes down each way to fail, watched by a number of the newest evidence."""
    numbers = offered(story.product)
    for one in modes:
        found = _number(numbers, one)
        wanted = Wanted(
            one.how, one.shows, one.answer, one.severe, found.text, found.group, one.green,
            one.red, one.amber[0], story.people[one.amber[1]], one.gone[0],
            story.people[one.gone[1]],
        )  # fmt: skip
        actions.write(story.by("dana"), story.product, wanted)


def _number(numbers: Iterable[Watched], one: Fails) -> Watched:
    for found in numbers:
        values = [value for _, value in found.group]
        if found.text.startswith(one.watched) and (not one.group or one.group in values):
            return found
    raise LookupError(f"No evidence has the number {one.watched} {one.group}.")
