"""What every result of a study can do with its record: print, and be a page, a comment, a frame."""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib import import_module
from typing import Any, ClassVar


class Rendered(ABC):
    """A result whose reports are made from its record alone.

    `reports` names a folder of `sextant.reports` with the modules html, markdown and terminal, each
    with a `render` of the record. They are imported when something is rendered.
    """

    reports: ClassVar[str]

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """All that any report says, as plain JSON (schema 1)."""

    def to_html(self) -> str:
        """The report as one self-contained page."""
        return self._rendered("html")

    def to_markdown(self) -> str:
        """The report as a pull-request comment."""
        return self._rendered("markdown")

    def __repr__(self) -> str:
        return self._rendered("terminal", width=100)

    def _repr_html_(self) -> str:
        """In a notebook: the page in a frame of its own."""
        from sextant.reports.notebook import framed

        return framed(self.to_html())

    def _rendered(self, form: str, **options: Any) -> str:
        module = import_module(f"sextant.reports.{self.reports}.{form}")
        text: str = module.render(self.to_dict(), **options)
        return text
