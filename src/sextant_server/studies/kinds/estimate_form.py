"""Which rows have no labels, which teach what a score is worth, and when each of them are from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from sextant.contracts.file.moments import as_moment, in_order
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.model import Contract as Agreed
from sextant.contracts.model import Moment, Period
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.windows import BUCKETS
from sextant_server.contracts.models import Contract
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds import estimating
from sextant_server.studies.kinds.contract_form import (
    ContractForm,
    contract_field,
    label_field,
    positive_field,
    scale_field,
    segments_field,
    segments_of,
    unit_field,
)
from sextant_server.studies.kinds.forms import kinds_of, version_name
from sextant_server.studies.kinds.kind import Asking

WHEN = "Write it like 2016, 2016-03 or 2016-03-31."
PERIODS = ("start", "end", "taught_from", "taught_to")


def _when(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(max_length=40, required=False, label=label, help_text=help_text)


class EstimateForm(ContractForm):
    """The rows, what teaches, the windows; a contract names columns and promises."""

    roles = ("score", "scale", "label", "positive", "segments", "unit", "time", "threshold",
             "criteria")  # fmt: skip
    offered = ("score", "label", "unit", "time", "by", "selection", "label_time")
    contract = contract_field("It names label, score, groups and what was promised.")
    start = _when("Of these rows those from", "2016, 2016-03 or a day, included. Empty: all.")
    end = _when("To", "Included, too")
    other = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Learned from",
        help_text="Rows with labels: they teach what a score is worth.",
    )  # fmt: skip
    taught_from = _when("Of what teaches those from", "Empty: the contract’s own period.")
    taught_to = _when("To", "Included, too")
    by = forms.CharField(
        max_length=200, required=False, label="Windows of",
        help_text="A column of batches, or day, week, month, quarter or year of the time.",
    )  # fmt: skip
    selection = forms.CharField(
        max_length=200, required=False, label="Chance of a label",
        help_text="Where labels are drawn: the column with the chance that was set before.",
    )  # fmt: skip
    label_time = forms.CharField(
        max_length=200, required=False, label="When a label came",
        help_text="A column of times: until when labels are complete.",
    )  # fmt: skip
    score = forms.CharField(max_length=200, required=False, label="Without a contract: the score")
    scale = scale_field()
    label = label_field()
    positive = positive_field()
    segments = segments_field()
    unit = unit_field()
    time = forms.CharField(max_length=200, required=False, help_text="The column of the time")
    threshold = forms.FloatField(
        required=False, min_value=0, max_value=1, label="Flagged from", help_text="0.5 if empty"
    )
    criteria = forms.CharField(
        max_length=8_000, required=False, label="What was promised, one a line",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="<code>recall &gt;= 80% in every sex</code>. Empty: the usual numbers are told.",
    )  # fmt: skip

    def __init__(
        self, product: Product, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(product, data, initial)
        self.offer_versions("other", ("", "the same table, in another period"))

    def of_contract(self, contract: Contract) -> dict[str, Any]:
        """What teaches: an older version of its table; else its own period, before these rows."""
        fits = [one for one in self.versions if one.source_id == contract.source_id]
        if len(fits) > 1:
            return {"other": fits[1].pk}
        try:
            period = contract_from_text(contract.text).data.period
        except ContractError:  # a draft may be half written; then one says it oneself
            return {}
        return {"start": _after(period.end)} if period and period.end is not None else {}

    def of_roles(self, roles: Mapping[str, Any]) -> dict[str, Any]:
        """Every role of a column, the groups, and the version before as what teaches."""
        newest = self.versions[0]
        older = [one.pk for one in self.versions[1:] if one.source_id == newest.source_id]
        found = {**super().of_roles(roles), "segments": segments_of(roles, ", ")}
        return {**found, "other": older[0]} if older else found

    def question(self, followed: Agreed | None, version: SourceVersion) -> None:
        """Raises `ContractError` with what is wrong, beside its field."""
        given = self.settings()
        for name in PERIODS:
            if given.get(name) and as_moment(given[name]) is None:
                raise ContractError([Problem(name, f"“{given[name]}” is no moment.", WHEN)])
        agreed = estimating.agreed(given, followed, version.source.name)
        asked = estimating.question(given, agreed)
        taught = self.taught()
        self._check_columns(asked.contract, version, taught)
        if taught.pk == version.pk:
            _apart(asked.contract.data.period, asked.rows)

    def _check_columns(self, agreed: Agreed, version: SourceVersion, taught: SourceVersion) -> None:
        data, given = agreed.data, self.settings()
        assert data.score is not None
        assert data.label is not None
        here = {"score": data.score.column, "by": given.get("by", "")}
        if any(given.get(name) for name in ("start", "end", "label_time")):
            here["time"] = data.time or ""
        here |= {name: given.get(name, "") for name in ("selection", "label_time")}
        own = {one.name: one.column for one in data.segments}
        if here["by"] in BUCKETS and here["by"] not in {*own, *kinds_of(version)}:
            here |= {"by": "", "time": _time(data.time, here["by"])}
        here["by"] = own.get(here["by"], here["by"])
        there = {"score": data.score.column, "label": data.label.column}
        problems = [
            Problem(
                field if (field in self.fields and not self.cleaned_data.get("contract"))
                or field in ("by", "selection", "label_time") else place,
                f"There is no column '{name}' in {version_name(held)}.",
            )
            for place, held, names in (("version", version, here), ("other", taught, there))
            for field, name in names.items()
            if name and name not in kinds_of(held)
        ]  # fmt: skip
        if problems:
            raise ContractError(problems)

    def taught(self) -> SourceVersion:
        """The version that teaches."""
        return self.version_of("other") if self.cleaned_data.get("other") else self.chosen()

    def asking(self) -> Asking:
        """What is asked, for the job."""
        version, taught = self.chosen(), self.taught()
        title = f"Without labels: {version_name(version)}"
        return self.asked(title[:200], None if taught.pk == version.pk else taught)


def _apart(taught: Period | None, rows: Period | None) -> None:
    """Raises `ContractError` where one table would teach and be estimated by the same rows."""
    what = "The same rows would teach and be estimated."
    remedy = "Choose another table to learn from, or periods that are apart."
    if taught is None or rows is None:
        raise ContractError([Problem("other", what, remedy)])
    for first, last in ((rows.start, taught.end), (taught.start, rows.end)):
        if first is not None and last is not None and _later(first, last):
            return
    raise ContractError([Problem("start", what, remedy)])


def _time(column: str | None, by: str) -> str:
    """The column that windows of the clock are cut by. Raises `ContractError` without one."""
    if not column:
        what = f"To cut every {by} a time is needed."
        raise ContractError([Problem("by", what, "Name its column, or another for the windows.")])
    return column


def _later(first: Moment, last: Moment) -> bool:
    """Does the one begin after the other has ended? A month or a year stands for all of it."""
    return in_order(last, first) is True and in_order(first, last) is not True


def _after(end: Moment) -> str:
    """The first moment after a period, as the form writes it; empty where it cannot be told."""
    if isinstance(end, int):
        return str(end + 1)
    if isinstance(end, date) and not isinstance(end, datetime):
        return (end + timedelta(days=1)).isoformat()
    if isinstance(end, str) and len(end) == 7:
        year, month = int(end[:4]), int(end[5:])
        return f"{year + month // 12:04d}-{month % 12 + 1:02d}"
    return ""
