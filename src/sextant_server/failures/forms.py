"""The form of a failure mode."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from django import forms

from sextant_server.accounts.models import User
from sextant_server.failures.actions import Wanted
from sextant_server.failures.models import TEXT, FailureMode, Response
from sextant_server.failures.reading import Watched, named

NUMBER = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*(%?)", re.IGNORECASE)
AREA = {"rows": 2}


class BoundField(forms.CharField):
    """A bound as a contract writes it: `80%`, `0.8`, `1,200`."""

    def clean(self, value: Any) -> float | None:
        """The number; None where nothing was written."""
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        found = NUMBER.fullmatch(text)
        if found is None:
            raise forms.ValidationError("Write a number as the contract does: 80% or 0.8.")
        number = float(found[1].replace(",", ""))
        return number / 100 if found[2] else number


class ModeForm(forms.Form):
    """A failure mode: how it fails, what shows it, what happens then."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    how = forms.CharField(label="How it fails", max_length=TEXT,
                          widget=forms.Textarea(attrs=AREA))  # fmt: skip
    shows = forms.CharField(label="How people notice", max_length=TEXT, required=False,
                            widget=forms.Textarea(attrs=AREA))  # fmt: skip
    answer = forms.CharField(label="What is done about it for good", max_length=TEXT,
                             required=False, widget=forms.Textarea(attrs=AREA))  # fmt: skip
    severe = forms.BooleanField(
        label="It is severe", required=False, initial=True,
        help_text="The launch asks of it: a number, a response, somebody, and that it is not red.",
    )  # fmt: skip
    watched = forms.ChoiceField(label="The number that shows it", required=False)
    green = BoundField(
        label="Green up to", max_length=30, required=False,
        help_text="Empty: the promise itself. As the contract writes it: 80% or 0.8.",
    )  # fmt: skip
    red = BoundField(
        label="Red beyond", max_length=30, required=False,
        help_text="Between the two it is amber: worse than promised, still of use.",
    )  # fmt: skip
    amber_response = forms.ChoiceField(label="What happens in amber", required=False)
    amber_owner = forms.ChoiceField(label="Who sees to it in amber", required=False)
    red_response = forms.ChoiceField(label="What happens in red", required=False)
    red_owner = forms.ChoiceField(label="Who sees to it in red", required=False)

    def __init__(
        self, numbers: Sequence[Watched], people: Sequence[User], data: Any = None,
        mode: FailureMode | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(mode) if mode else None, **kwargs)
        self.people = {str(one.pk): one for one in people}
        watched = [("", "none yet"), *((_key(one.text, one.group), one.name) for one in numbers)]
        if mode and mode.criterion and self.initial["watched"] not in dict(watched):
            watched.append((self.initial["watched"], f"{named(mode)}, which says nothing now"))
        names = [("", "nobody yet"), *((key, str(one)) for key, one in self.people.items())]
        responses = [("", "nothing yet"), *Response.choices]
        for name, choices in (
            ("watched", watched), ("amber_response", responses), ("red_response", responses),
            ("amber_owner", names), ("red_owner", names),
        ):  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The mode as it was sent."""
        held = self.cleaned_data
        text, group = json.loads(held["watched"]) if held["watched"] else ("", [])
        return Wanted(
            how=held["how"], shows=held["shows"], answer=held["answer"], severe=held["severe"],
            criterion=text, group=tuple((name, value) for name, value in group),
            green=held["green"], red=held["red"], amber_response=held["amber_response"],
            amber_owner=self.people.get(held["amber_owner"]), red_response=held["red_response"],
            red_owner=self.people.get(held["red_owner"]),
        )  # fmt: skip


def _key(text: str, group: Sequence[Sequence[str]]) -> str:
    """A number's name as a form sends it."""
    return json.dumps([text, sorted([name, value] for name, value in group)], ensure_ascii=False)


def _initial(mode: FailureMode) -> dict[str, Any]:
    return {
        "version": mode.version, "how": mode.how, "shows": mode.shows, "answer": mode.answer,
        "severe": mode.severe, "green": _number(mode.green), "red": _number(mode.red),
        "watched": _key(mode.criterion, mode.group) if mode.criterion else "",
        "amber_response": mode.amber_response, "amber_owner": str(mode.amber_owner_id or ""),
        "red_response": mode.red_response, "red_owner": str(mode.red_owner_id or ""),
    }  # fmt: skip


def _number(x: float | None) -> str:
    return "" if x is None else f"{x:.12g}"
