"""How far a number or an answer is known, as records keep it and forms ask for it."""

from __future__ import annotations

from django.db import models

from sextant_server.ui.parts import GRADES


class Grade(models.TextChoices):
    """How far something is known; assumed and measured never look alike."""

    BELIEVED = "believed", "believed"
    ESTIMATED = "estimated", "estimated"
    MEASURED = "measured", "measured"


EXPLAINED = [(grade.value, f"{grade.label}: {GRADES[grade.value]}") for grade in Grade]
"""The choices of a form with room for what they mean."""
