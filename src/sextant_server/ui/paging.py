"""A stretch of a long list, by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of page `number`, counted from 1, and of how many `total` they are."""

    rows: list[M]
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


def page_of(
    request: HttpRequest, rows: QuerySet[M, Any], *, count: int | None = None, size: int = SIZE
) -> Page[Any]:
    """The page that `?page=` names; raises Http404 for one that does not exist.

    `count` is given where counting the rows would read them all.
    """
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    total = rows.count() if count is None else count
    start = (number - 1) * size
    if number < 1 or (start >= total and number > 1):
        raise Http404(f"There is no page {text}.")
    return Page(list(rows[start : start + size]), number, total, size)
