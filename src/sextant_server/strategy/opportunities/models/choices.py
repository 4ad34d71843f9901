"""The words of an opportunity: each a short list with anchors, so that two people mean the same."""

from __future__ import annotations

from django.db import models


class Period(models.TextChoices):
    """How often something is met is counted over one of these."""

    DAY = "day", "a day"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


A_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1}


class Severity(models.IntegerChoices):
    """How bad a pain point is for whoever has it. The anchors are proposals of ours."""

    NUISANCE = 1, "a nuisance: people shrug and go on"
    COSTLY = 2, "costly: it takes time or money, and people work around it"
    FAILING = 3, "failing: people do not get what they came for, or leave"
    HARMFUL = 4, "harmful: health, money or rights are hurt"


class Fit(models.IntegerChoices):
    """How a product serves a goal. The anchors are proposals of ours."""

    FAR = 1, "from afar: it helps something else that helps the goal"
    PART = 2, "in part: it moves something that the goal's metric is made of"
    DIRECT = 3, "directly: it moves the goal's own metric"


class Impact(models.TextChoices):
    """Why it matters: the three places where a business problem shows."""

    EXPERIENCE = "experience", "Customer experience"
    CHURN = "churn", "Churn"
    REVENUE = "revenue", "Revenue"


class AlternativeKind(models.TextChoices):
    """What there is beside the bet. The baseline without AI is a candidate like any other."""

    BASELINE = "baseline", "a baseline without AI"
    STATUS_QUO = "status_quo", "how it is done today"
    COMPETITOR = "competitor", "what a competitor offers"
    SERVICE = "service", "AI as a service, bought"


class DependencyKind(models.TextChoices):
    """What a product rests on, and what rests on it."""

    VENDOR = "vendor", "a vendor"
    MODEL = "model", "a model"
    DATA = "data", "a provider of data"
    INFRASTRUCTURE = "infrastructure", "data infrastructure, tooling or pipelines"
    PRODUCT = "product", "another product here"
    CONSUMER = "consumer", "somebody downstream who uses its answers"


class Role(models.TextChoices):
    """Whose months an effort is counted in."""

    PRODUCT = "product", "product management"
    DATA_SCIENCE = "data_science", "data science"
    ML_ENGINEERING = "ml_engineering", "ML engineering"
    SOFTWARE = "software", "software engineering"
    DESIGN = "design", "design and research"
    DOMAIN = "domain", "domain experts"
    LABELLING = "labelling", "labelling"
    LEGAL = "legal", "legal and ethics"
