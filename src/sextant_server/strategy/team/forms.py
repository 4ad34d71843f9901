"""What a browser may send about hats, levels and needs. The actions check it again."""

from __future__ import annotations

from typing import Any

from django import forms

from sextant.strategy.literacy import LEVELS, roles, skills
from sextant_server.strategy.team.models import Kind

NOT_SAID = "I do not say."


class HatsForm(forms.Form):
    """Which hats one wears."""

    roles = forms.MultipleChoiceField(
        label="Which hats do you wear?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="As many as you like. A hat gives you its questions, and no right.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, role.name) for key, role in roles().items()]
        self.fields["roles"].choices = named  # type: ignore[attr-defined]


class LevelsForm(forms.Form):
    """How far one is in each skill, by its anchors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, skill in skills().items():
            anchors = [(level, f"{level.capitalize()}: {skill.anchor(level)}") for level in LEVELS]
            self.fields[key] = forms.ChoiceField(
                label=skill.name, required=False, choices=[("", NOT_SAID), *anchors],
                widget=forms.RadioSelect,
            )  # fmt: skip


class NeedForm(forms.Form):
    """What a product needs: a role, or a skill at a level."""

    what = forms.ChoiceField(label="What does it need?")
    level = forms.ChoiceField(
        label="Of a skill: at which level?", required=False,
        choices=[("", "It is a role"), *((level, level) for level in LEVELS[1:])],
    )  # fmt: skip
    why = forms.CharField(label="Why?", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a skill or a role"),
            ("Skills", [(f"{Kind.SKILL}:{key}", one.name) for key, one in skills().items()]),
            ("Roles", [(f"{Kind.ROLE}:{key}", one.name) for key, one in roles().items()]),
        ]

    def need(self) -> dict[str, str]:
        """What was written, as the action takes it."""
        kind, _, key = self.cleaned_data["what"].partition(":")
        return {"kind": kind, "key": key, "level": self.cleaned_data["level"],
                "why": self.cleaned_data["why"]}  # fmt: skip
