"""Kinds of personal data: how each is written, how it is proven, how often chance would pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

PACKAGES = {"phonenumbers": "phonenumbers", "stdnum": "python-stdnum"}
REMEDY = 'Install it: pip install "sextant[personal]".'
SEPARATED = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
EMAIL = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,8}"
    r"[A-Za-z]{2,24}(?![A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of personal data.

    `find` yields what in a text is written like it, and whether its checksum or plan holds;
    `chance` is the share of such writings that would pass if their digits were random.
    """

    name: str
    noun: str
    find: Callable[[str], Iterator[tuple[str, bool]]]
    chance: float


NATIONAL = (
    ("be.nn", "Belgian national numbers", r"[0-9]{2}\.?[0-9]{2}\.?[0-9]{2}-?[0-9]{3}\.?[0-9]{2}",
     1 / 48),
    ("br.cpf", "Brazilian tax numbers (CPF)", r"[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}", 1 / 50),
    ("ch.ssn", "Swiss social insurance numbers", r"756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}", 1 / 10),
    ("de.idnr", "German tax numbers (IdNr)", r"[1-9][0-9]{10}", 1 / 10),
    ("es.dni", "Spanish identity numbers (DNI)", r"[0-9]{8}-?[A-Z]", 1 / 23),
    ("fi.hetu", "Finnish personal codes", r"[0-9]{6}[+\-A][0-9]{3}[0-9A-Y]", 1 / 31),
    ("fr.nir", "French social security numbers", r"[12][0-9]{2}[01][0-9][0-9AB]{2}[0-9]{8}",
     1 / 90),
    ("in_.aadhaar", "Indian identity numbers (Aadhaar)", r"[2-9][0-9]{3} ?[0-9]{4} ?[0-9]{4}",
     1 / 10),
    ("it.codicefiscale", "Italian tax codes",
     r"[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]",
     1 / 26),
    ("nl.bsn", "Dutch citizen numbers (BSN)", r"[0-9]{9}", 1 / 10),
    ("pl.pesel", "Polish personal numbers (PESEL)", r"[0-9]{11}", 1 / 10),
    ("se.personnummer", "Swedish personal numbers", r"(?:[0-9]{2})?[0-9]{6}[+\-][0-9]{4}", 1 / 10),
    ("us.ssn", "US social security numbers (by their form alone)", r"[0-9]{3}-[0-9]{2}-[0-9]{4}",
     1.0),
)  # fmt: skip
"""Module of python-stdnum, noun, how it is written, and the chance to pass with random digits."""


def lacking() -> str:
    """What the search lacks, and the remedy; empty where all is there. Nothing is imported."""
    lacks = [package for module, package in PACKAGES.items() if find_spec(module) is None]
    if not lacks:
        return ""
    plural = "s" * (len(lacks) > 1)
    return f"it needs the package{plural} {' and '.join(lacks)}. {REMEDY}"


def detectors(region: str | None = None) -> tuple[Detector, ...]:
    """Every kind that is looked for. Phone numbers of `region` (two letters) need no +."""
    luhn = import_module("stdnum.luhn")
    iban = import_module("stdnum.iban")
    found = [
        Detector("email", "e-mail addresses", _emails, 0.0),
        Detector("phone", "phone numbers", _phones(region), 0.0 if region is None else 0.5),
        Detector(
            "card", "card numbers",
            _written(r"[2-6][0-9]{3}[ \-]?[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{1,7}"
                     r"|3[47][0-9]{2}[ \-]?[0-9]{6}[ \-]?[0-9]{5}",
                     lambda text: _plain(luhn.is_valid, text)), 1 / 10,
        ),
        Detector(
            "iban", "bank accounts (IBAN)",
            _written(r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,4})?", iban.is_valid),
            1 / 97,
        ),
    ]  # fmt: skip
    for path, noun, pattern, chance in NATIONAL:
        valid = import_module(f"stdnum.{path}").is_valid
        found.append(Detector(path.replace("_", ""), noun, _written(pattern, valid), chance))
    return tuple(found)


def regions() -> frozenset[str]:
    """The two-letter regions whose phone numbers are known."""
    return frozenset(import_module("phonenumbers").SUPPORTED_REGIONS)


def _plain(valid: Callable[[str], bool], text: str) -> bool:
    return bool(valid(re.sub(r"[ \-]", "", text)))


def _emails(text: str) -> Iterator[tuple[str, bool]]:
    if "@" in text:
        for match in EMAIL.finditer(text):
            yield match[0].casefold(), True


def _phones(region: str | None) -> Callable[[str], Iterator[tuple[str, bool]]]:
    numbers = import_module("phonenumbers")
    written = re.compile(
        r"[0-9][0-9 ().\-/]{5,18}[0-9]" if region else r"\+[0-9 ().\-/]{7,20}[0-9]"
    )

    def find(text: str) -> Iterator[tuple[str, bool]]:
        if written.search(text):
            for match in numbers.PhoneNumberMatcher(text, region):
                if region or match.raw_string.startswith("+"):
                    yield str(match.number), True

    return find


def _written(
    pattern: str, valid: Callable[[str], bool]
) -> Callable[[str], Iterator[tuple[str, bool]]]:
    compiled = re.compile(SEPARATED.format(f"(?:{pattern})"))

    def find(text: str) -> Iterator[tuple[str, bool]]:
        for match in compiled.finditer(text):
            token = re.sub(r"[ .\-]", "", match[0])
            yield token, bool(valid(match[0]))

    return find
