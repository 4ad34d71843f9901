"""Words, lessons, and what to read."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sextant.strategy.literacy import example, find, glossary, resources
from sextant.strategy.literacy import lessons as all_lessons
from sextant_server.accounts.acting import person_of
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.strategy.team import queries

LONGEST = 100
"""So much of what somebody searches for is looked at."""


@access(SIGNED_IN)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word, or those that speak of what is asked for, also in everyday words."""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    context = {"terms": find(asked), "asked": asked, "all": len(glossary())}
    return render(request, "team/words.html", context)


@access(SIGNED_IN)
@require_safe
def term(request: HttpRequest, term: str) -> HttpResponse:
    """One word, on the numbers of a product that the reader may see."""
    found = glossary().get(term)
    if found is None:
        raise Http404(f"There is no word {term!r} in the glossary.")
    products = queries.speaking(person_of(request)) if found.shows else []
    slug = request.GET.get("product", "")
    chosen = next((one for one in products if one.slug == slug), products[0] if products else None)
    context = {
        "term": found,
        "example": example(found, queries.brief_of(chosen) if chosen else None),
        "products": products,
        "chosen": chosen,
        "near": [glossary()[key] for key in found.near],
        "lessons": [one for one in all_lessons().values() if term in one.words],
    }
    return render(request, "team/term.html", context)


@access(SIGNED_IN)
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Every lesson, in the order in which to read them."""
    return render(request, "team/lessons.html", {"lessons": all_lessons().values()})


@access(SIGNED_IN)
@require_safe
def lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """One lesson, and where to do it on one's own products."""
    found = all_lessons().get(lesson)
    if found is None:
        raise Http404(f"There is no lesson {lesson!r}.")
    keys = list(all_lessons())
    after = keys[keys.index(lesson) + 1 :]
    context = {
        "lesson": found,
        "words": [glossary()[key] for key in found.words],
        "products": queries.mine(person_of(request)),
        "next": all_lessons()[after[0]] if after else None,
    }
    return render(request, "team/lesson.html", context)


@access(SIGNED_IN)
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """What to read elsewhere, by aim."""
    aims = [(aim, list(rows)) for aim, rows in groupby(resources(), key=lambda one: one.aim)]
    return render(request, "team/reading.html", {"aims": aims, "count": len(resources())})
