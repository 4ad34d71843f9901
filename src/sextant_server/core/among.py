"""Rows that belong to one of many keys, asked for with one parameter instead of hundreds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup
from django.db.models.sql.compiler import SQLCompiler


class Among(Lookup[Any]):
    """As `in`, for whole numbers.

    Django prepares each value of a list twice and each placeholder once: of a page that asks ten
    tables about 500 products a tenth of the time.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        held, params = self.process_lhs(compiler, connection)
        text = json.dumps(self.rhs)
        return f"{held} IN (SELECT value FROM json_each(%s))", [*params, text]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        held, params = self.process_lhs(compiler, connection)
        return f"{held} = ANY(%s)", [*params, self.rhs]


def among(field: str, keys: Iterable[int]) -> Among:
    """For `filter()`: the rows whose field, by its name as in `F`, is one of these keys."""
    return Among(F(field), list(keys))
