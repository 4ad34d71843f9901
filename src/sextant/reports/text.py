"""Text from outside made safe for places that give some characters a meaning."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#&])")


def clean(text: str) -> str:
    """Without control characters, text-direction marks and lone surrogates: one visible line.

    A segment's value is data: it must not move a terminal's cursor or break an XML document.
    """
    return SURROGATE.sub("\ufffd", CONTROL.sub(" ", text))


def markdown(text: str) -> str:
    """Plain text in a Markdown cell or paragraph, nothing in it taken for markup."""
    return MARKDOWN.sub(r"\\\1", clean(text))


def code(text: str) -> str:
    """Inline code in a Markdown table: a pipe is escaped, backticks are fenced by more of them."""
    cleaned = clean(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", cleaned)), default=0) + 1)
    pad = " " if "`" in cleaned else ""
    return f"{fence}{pad}{cleaned}{pad}{fence}"


def short(digest: str) -> str:
    """A digest as people compare it: its first twelve digits, without the algorithm's name."""
    return digest.rpartition(":")[2][:12]
