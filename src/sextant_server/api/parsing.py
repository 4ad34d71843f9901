"""How the API reads what is sent: JSON and queries whose texts can be stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from sextant_server.core.storable import check_storable


class StorableParser(Parser):
    """Raises Invalid, with the path of the field, for a text that cannot be stored."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = super().parse_body(request)
        check_storable(body)
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        query = super().parse_querydict(data, list_fields, request)
        check_storable(query)
        return query
