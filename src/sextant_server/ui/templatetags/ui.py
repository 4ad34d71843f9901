"""The components. Each is shown with its states, and the words that make it, in the gallery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sextant.charts.bands import band_bar as draw_bands
from sextant.charts.bands import band_mark
from sextant.charts.interval import interval_bar as draw_interval
from sextant.charts.mark import SHAPES, verdict_mark
from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Op
from sextant.reports.bars import estimate_of
from sextant.stats.bands import BANDS, Band
from sextant.stats.estimate import Estimate
from sextant.strategy.literacy import example, glossary
from sextant.words.bands import in_a_word
from sextant_server.core.access import rule_of
from sextant_server.ui.navigation import LINKS, TABS
from sextant_server.ui.paging import Page
from sextant_server.ui.parts import GRADES, Moment, Step

register = template.Library()
BUTTONS = {"": "button", "quiet": "button quiet", "stop": "button stop"}


@register.filter
def grouped(number: int | None) -> str:
    """A count with its thousands apart: 68,785; nothing where there is none."""
    return "" if number is None else f"{number:,}"


@register.inclusion_tag("ui/components/rail.html", takes_context=True)
def rail(context: Context) -> dict[str, Any]:
    """The links of the rail, the one of this page marked."""
    request = context["request"]
    links = [
        (link.word, reverse(link.route), request.path.startswith(link.under))
        for link in LINKS
        if link.rule.admits(request)
    ]
    return {"links": links, "user": request.user, "path": request.path}


@register.inclusion_tag("ui/components/tabs.html", takes_context=True)
def tabs(context: Context, section: str, label: str) -> dict[str, Any]:
    """The pages of a section; the one that is shown, or that it belongs to, is marked."""
    request = context["request"]
    path = request.path
    links = [(word, href) for word, href in _addresses(section) if _open_to(request, href)]
    here = max((href for _, href in links if path.startswith(href)), key=len, default="")
    return {"links": [(word, href, href == here) for word, href in links], "label": label}


def _addresses(section: str) -> list[tuple[str, str]]:
    return [(word, reverse(route)) for word, route in TABS[section]]


def _open_to(request: HttpRequest, href: str) -> bool:
    """Whether the page's own rule lets this person in."""
    rule = rule_of(resolve(href).func)
    return rule is not None and rule.admits(request)


@register.simple_tag
def verdict(of: Any, word: str = "") -> SafeString:
    """A verdict's chip, or a band's: a shape and a word as well as a colour."""
    if of not in SHAPES and of not in BANDS:
        raise ValueError(f"{of!r} is no verdict and no band. Use {', '.join((*SHAPES, *BANDS))}.")
    drawn = verdict_mark(of) if of in SHAPES else band_mark(of)
    mark = mark_safe(drawn)  # noqa: S308 - a drawing without any text
    return format_html('<span class="verdict {}">{}{}</span>', of, mark, word or of)


@register.simple_tag
def band(possible: Sequence[Band]) -> SafeString:
    """A band's chip, by the bands that are possible: `red`, `green or amber`, `not known`."""
    one = possible[0] if len(possible) == 1 else None
    chip: SafeString = verdict(one or "undecided", word=in_a_word(possible))
    return chip


@register.simple_tag
def band_bar(of: Any, key: str) -> SafeString:
    """The interval of what has `bands`, a record's `row` and `says`, within its three bands."""
    drawn = draw_bands(estimate_of(of.row), of.bands, f"{of.says} {of.figures}", key)
    return mark_safe(drawn)  # noqa: S308 - the library escapes its texts


@register.simple_tag
def grade(of: str) -> SafeString:
    """How far a number or an answer is known: its border and its word say it without colour."""
    if of not in GRADES:
        raise ValueError(f"{of!r} is no grade. Use {', '.join(GRADES)}.")
    return format_html('<span class="grade {}" title="{}">{}</span>', of, GRADES[of], of)


@register.inclusion_tag("ui/components/term.html")
def term(key: str, of: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A word that opens to its explanation; `of`: the brief or the record whose numbers show it."""
    found = glossary()[key]
    return {"term": found, "example": example(found, of), "href": reverse("term", args=[key])}


@register.simple_tag
def interval_bar(
    estimate: Estimate, bound: float, op: Op, verdict: Verdict, label: str = "", key: str = ""
) -> SafeString:
    """The interval bar: tick = bound, bar = interval, mark = estimate."""
    drawn = draw_interval(estimate, bound, op, verdict, label=label, key=key)
    return mark_safe(drawn)  # noqa: S308 - the library escapes its texts


@register.simple_block_tag
def table(content: str, caption: str, show: bool = False) -> SafeString:
    """A table on a sheet; its caption is read out, or shown. Cells name their column on phones."""
    return format_html(
        '<div class="sheet"><table><caption class="{}">{}</caption>{}</table></div>',
        "" if show else "said",
        caption,
        content,
    )


@register.simple_block_tag
def sheet(content: str, title: str = "", level: int = 2) -> SafeString:
    """A sheet of paper for what belongs together, under its title."""
    body = format_html('<div class="sheet padded">{}</div>', content)
    return body if not title else _group(title, level, body)


@register.simple_block_tag
def group(content: str, title: str, level: int = 2) -> SafeString:
    """A section with its title, for what brings its own sheet."""
    return _group(title, level, content)


def _group(title: str, level: int, content: str) -> SafeString:
    return format_html(
        '<section class="group"><h{0}>{1}</h{0}>{2}</section>', int(level), title, content
    )


@register.inclusion_tag("ui/components/empty.html")
def empty(says: str, why: str = "", href: str = "", label: str = "") -> dict[str, str]:
    """Nothing is here: said honestly, with the one thing to do about it."""
    return {"says": says, "why": why, "href": href, "label": label}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, optional: bool = False) -> dict[str, Any]:
    """A form's field: label, help and error, tied to it for readers of the screen."""
    return {"field": bound, "grouped": bound.use_fieldset, "optional": optional}


@register.inclusion_tag("ui/components/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with a form as a whole."""
    return {"errors": form.non_field_errors()}


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """Facts as terms with their values, side by side; holds `fact`s."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(term: str, value: Any, note: str = "") -> SafeString:
    """One fact of a list of facts."""
    small = format_html("<br><small>{}</small>", note) if note else ""
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", term, value, small)


@register.inclusion_tag("ui/components/timeline.html")
def timeline(moments: Sequence[Moment]) -> dict[str, Any]:
    """What happened, the newest first."""
    return {"moments": moments}


@register.inclusion_tag("ui/components/stages.html")
def stages(steps: Sequence[Step], label: str = "Stages") -> dict[str, Any]:
    """Where a product stands on its way."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("ui/components/track.html")
def track(steps: Sequence[Step], label: str = "Steps of the rollout") -> dict[str, Any]:
    """How far a rollout is, with a note on each step."""
    return {"steps": steps, "label": label}


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """What can be done here: one button, quiet ones beside it."""
    return format_html('<div class="actions">{}</div>', content)


@register.simple_tag
def button(text: str, href: str = "", kind: str = "", form: str = "") -> SafeString:
    """A button, or with `href` a link that looks like one; `kind` is quiet or stop."""
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', BUTTONS[kind], href, text)
    of = format_html(' form="{}"', form) if form else ""
    return format_html('<button class="{}"{}>{}</button>', BUTTONS[kind], of, text)


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "Pages") -> dict[str, Any]:
    """Which stretch of a long list this is, and its neighbours."""
    query = context["request"].GET.copy()

    def to(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    before = to(page.number - 1) if page.number > 1 else ""
    after = to(page.number + 1) if page.number < page.pages else ""
    return {"page": page, "before": before, "after": after, "label": label}


@register.inclusion_tag("ui/components/confirm.html", takes_context=True)
def confirm(
    context: Context, ask: str, action: str, says: str, do: str, name: str = "", value: str = ""
) -> dict[str, Any]:
    """A dangerous action: opened first, then confirmed; works without a script."""
    token = context.get("csrf_token", "")
    return {
        "ask": ask, "action": action, "says": says, "do": do,
        "name": name, "value": value, "csrf_token": token,
    }  # fmt: skip


@register.inclusion_tag("ui/components/progress.html")
def progress(percent: int, phase: str) -> dict[str, Any]:
    """How far a piece of work is, in per cent, and what it does now."""
    return {"percent": percent, "phase": phase}


@register.simple_tag
def notice(text: str, kind: str = "info") -> SafeString:
    """A word from the system: `info`, `success`, `warning` or `error`."""
    return format_html('<p class="notice {}">{}</p>', kind, text)


@register.inclusion_tag("ui/components/sentence.html")
def sentence(
    says: str, why: str = "", verdict: str = "", word: str = "", href: str = "", label: str = ""
) -> dict[str, str]:
    """A line of Today: what is so, how sure, since when, and the one thing to do."""
    return {
        "says": says, "why": why, "verdict": verdict, "word": word, "href": href, "label": label
    }  # fmt: skip
