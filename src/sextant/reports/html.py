"""The record of a look as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from sextant.charts import verdict_mark
from sextant.contracts.evidence import Evidence
from sextant.reports.bars import bar
from sextant.reports.record import record_of
from sextant.reports.text import clean
from sextant.words import AUDIENCES, Audience

FOLDER = Path(__file__).parent
TITLES: dict[Audience, str] = {
    "executive": "For the board",
    "product": "For the product team",
    "technical": "For data science",
}
UNIT_SPACE = re.compile(r"(?<=\d) (?=%|points\b)")


def render(evidence: Evidence) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    return page(record_of(evidence))


def page(record: Mapping[str, Any]) -> str:
    """The page of a record, such as was kept."""
    return rendered("report.html.j2", **record, bar=lambda *of: Markup(bar(*of)))  # noqa: S704


def rendered(template: str, **values: Any) -> str:
    """A page of this style; a bar in `values` escapes its label itself."""
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    shown = _template(template).render(
        **values,
        style=Markup(style),  # noqa: S704 - the package's own style sheet
        style_hash=_hash(style),
        mark=lambda verdict: Markup(verdict_mark(verdict)),  # noqa: S704 - holds no text
        audiences=[(one, TITLES[one]) for one in AUDIENCES],
    )
    return f"{shown}\n"


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["j2"]),
        undefined=StrictUndefined,
        finalize=_tidy,
    )
    return environment.get_template(name)


def _tidy(value: Any) -> Any:
    """Text from data without control characters; a number never parted from its unit."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return UNIT_SPACE.sub("\u00a0", clean(value))
    return value


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
