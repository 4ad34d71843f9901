"""Answers of live pages, worked out once: the same states and settings always give the same."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from django.utils import timezone

from sextant_server.studies.kinds.forms import LiveForm
from sextant_server.studies.kinds.kind import Found, Held, Kind
from sextant_server.studies.plain import plain

KEPT = 64
"""Answers a process holds on to: a page, its pictures and its tables ask for the same one."""

_answers: OrderedDict[tuple[str, ...], Found] = OrderedDict()
_lock = Lock()


def answer(kind: Kind, held: Held, form: LiveForm) -> Found:
    """What a valid form's settings give, its record made plain.

    The seal stands for everything that the answer rests on; a record may name the day. Raises
    `StateError` where the states cannot be read.
    """
    assert kind.live is not None
    settings = json.dumps(form.sent(), sort_keys=True)
    key = (held.evidence.seal, kind.name, settings, timezone.localdate().isoformat())
    with _lock:
        if known := _answers.get(key):
            _answers.move_to_end(key)
            return known
    found = kind.live.compute(held, form.cleaned_data)
    found = replace(found, record=plain(found.record))
    with _lock:
        _answers[key] = found
        while len(_answers) > KEPT:
            _answers.popitem(last=False)
    return found


def forget() -> None:
    """Work every answer out anew."""
    with _lock:
        _answers.clear()
