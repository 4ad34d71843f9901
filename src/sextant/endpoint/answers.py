"""What an endpoint answered, read strictly: a verdict that is allowed, or why there is none."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from sextant.endpoint.rubric import Rubric

Problem = Literal["", "empty", "refused", "cut off", "unreadable", "unknown verdict"]
FENCE = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.DOTALL)
KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Reply:
    """A verdict, or the problem why there is none; tokens are None where none were told."""

    verdict: str
    problem: Problem
    text: str
    input_tokens: int | None
    output_tokens: int | None


def reply_of(body: Any, rubric: Rubric, order: str) -> Reply:
    """From a chat completion's JSON. A pair's verdict is turned back where the order was."""
    text, why = _content(body)
    tokens = _tokens(body)
    if why:
        return Reply("", why, text[:KEPT], *tokens)
    verdict = _verdict(text)
    if verdict is None:
        return Reply("", "unreadable", text[:KEPT], *tokens)
    if verdict not in rubric.verdicts:
        return Reply("", "unknown verdict", text[:KEPT], *tokens)
    if rubric.pair and order == "swapped":
        verdict = {"1": "2", "2": "1"}.get(verdict, verdict)
    return Reply(verdict, "", text[:KEPT], *tokens)


def _content(body: Any) -> tuple[str, Problem]:
    match body:
        case {"choices": [{"message": {"refusal": str(refusal)}}, *_]} if refusal:
            return refusal, "refused"
        case {"choices": [{"finish_reason": "content_filter"}, *_]}:
            return "", "refused"
        case {"choices": [{"finish_reason": "length", "message": {"content": text}}, *_]}:
            return text if isinstance(text, str) else "", "cut off"
        case {"choices": [{"message": {"content": str(text)}}, *_]} if text.strip():
            return text, ""
        case {"choices": [{"message": _}, *_]}:
            return "", "empty"
        case _:
            return json.dumps(body)[:KEPT], "unreadable"


def _verdict(text: str) -> str | None:
    """The verdict of a JSON object that is the whole answer (a code fence around it is allowed)."""
    fenced = FENCE.fullmatch(text.strip())
    try:
        held = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        return None
    value = held.get("verdict") if isinstance(held, dict) else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if isinstance(value, str | int) else None


def _tokens(body: Any) -> tuple[int | None, int | None]:
    match body:
        case {"usage": {"prompt_tokens": int(a), "completion_tokens": int(b)}} if a >= 0 <= b:
            return a, b
        case _:
            return None, None
