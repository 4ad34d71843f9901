"""The settings of the threshold explorer, as its address has them."""

from __future__ import annotations

from typing import Any

from django import forms

from sextant.contracts.problems import ContractError
from sextant.studies.thresholds.asked import EQUAL, KINDS, ask
from sextant.words.thresholds.figures import NAMES
from sextant_server.studies.kinds.forms import LiveForm

FALLBACK = 5.0
"""Of 100 automatic decisions so many may be wrong, before anybody has said otherwise."""


def _amount(label: str) -> forms.FloatField:
    return forms.FloatField(label=label, widget=forms.NumberInput(attrs={"step": "any"}))


def _optional(label: str, most: float | None = None) -> forms.FloatField:
    attrs = {"step": "any", "min": 0} | ({} if most is None else {"max": most})
    return forms.FloatField(
        label=label, required=False, min_value=0, max_value=most,
        widget=forms.NumberInput(attrs=attrs),
    )  # fmt: skip


class ThresholdForm(LiveForm):
    """Shares are per cent; what is left empty is not asked."""

    at = forms.FloatField(
        label="Threshold", min_value=0, max_value=1,
        widget=forms.NumberInput(attrs={"type": "range", "step": "0.001"}),
    )  # fmt: skip
    false_negative = _amount("A missed positive costs")
    false_positive = _amount("A false alarm costs")
    true_positive = _amount("A found positive costs")
    true_negative = _amount("A negative left alone costs")
    prevalence = _optional("Positives to come, of 100", 100)
    volume = _optional("Decisions a day")
    capacity = _optional("Of these at most flagged")
    recall = _optional("Recall at least, of 100", 100)
    precision = _optional("Precision at least, of 100", 100)
    friction = _optional("Flagged in error at most, of 100", 100)
    automated_error = _optional("Automatic decisions wrong at most, of 100", 100)
    review = _optional("A person's look costs")
    band_low = _optional("Automatic below", 1)
    band_high = _optional("Automatic from", 1)
    equalise = forms.ChoiceField(
        label="Same in every group", choices=[(one, NAMES[one]) for one in EQUAL]
    )
    why = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())

    def defaults(self) -> dict[str, Any]:
        """The contract's threshold and costs."""
        contract = self.held.contract
        costs = contract.costs
        amounts = {kind: getattr(costs, kind) if costs else 0.0 for kind in KINDS}
        if costs is None:
            amounts |= {"false_negative": 1.0, "false_positive": 1.0}
        return {
            "at": contract.threshold, "equalise": "false_positive_rate",
            "automated_error": FALLBACK, **amounts,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """With `setting`: all of it as the library asks for it."""
        found = super().clean() or {}
        if self.errors:
            return found
        limits = [
            f"{name} {op} {found[name] / 100:.12g}"
            for name, op in (("recall", ">="), ("precision", ">="), ("friction", "<="))
            if found[name] is not None
        ]
        low, high = found["band_low"], found["band_high"]
        contract = self.held.contract
        given = {kind: found[kind] for kind in KINDS}
        known = contract.costs is not None or given != {
            kind: 1.0 if kind.startswith("false") else 0.0 for kind in KINDS
        }
        try:
            found["setting"] = ask(
                contract,
                costs=given if known else None,
                limits=limits,
                capacity=found["capacity"],
                volume=found["volume"],
                prevalence=_share(found["prevalence"]),
                automated_error=_share(found["automated_error"]),
                review=found["review"],
                band=None if low is None and high is None else (low or 0.0, high or 1.0),
                equalise=found["equalise"],
            )
        except ContractError as error:
            raise forms.ValidationError([str(one) for one in error.problems]) from None
        return found


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100
