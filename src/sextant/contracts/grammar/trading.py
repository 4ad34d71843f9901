"""The grammar of an agreed trade-off: `1% of recall is worth 2% of precision`.

    tradeoff = NUMBER ["%"] "of" quantity "is worth" NUMBER ["%"] "of" quantity
             | quantity "may cost" NUMBER ["%"] "of" quantity
    quantity = metric ["across" SEG]

The first is an exchange rate, and holds both ways. The second is a floor: for more of the first
metric the other may get worse by so much, and by no more. Amounts count towards the good side of a
metric: 1 % of `false_positive_rate` is a point less of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sextant.contracts.grammar.calls import Faults, read_call
from sextant.contracts.grammar.parser import Parser, unexpected
from sextant.contracts.grammar.scopes import read_scope
from sextant.contracts.grammar.setting import COMPARING, Setting
from sextant.contracts.grammar.syntax import Phrase, Sentence, Where, Written
from sextant.contracts.grammar.tokens import CriterionFault, plain, tokenize
from sextant.contracts.grammar.wording import quantity_text, scope_text
from sextant.contracts.model import Quantity, Scope
from sextant.contracts.problems import ContractError, Problem

READS = "Write '1% of recall is worth 2% of precision', or 'precision may cost 1% of recall'."


@dataclass(frozen=True, slots=True)
class Term:
    """So much of one quantity; 0 of what a floor is accepted for. `text` names the quantity."""

    amount: float
    quantity: Quantity
    scope: Scope
    text: str


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """Two quantities and what was agreed: of a floor `first` may get worse, for `second`."""

    kind: Literal["rate", "floor"]
    first: Term
    second: Term
    text: str


def parse_tradeoff(text: str, setting: Setting) -> Tradeoff:
    """The trade-off that `text` states. Raises `ContractError` with the place of every problem."""
    try:
        kind, parts = _Trading(tokenize(text)).tradeoff()
    except CriterionFault as fault:
        raise _error(text, [fault]) from None
    faults: Faults = []
    terms = [_term(*part, setting, faults) for part in parts]
    if faults:
        raise _error(text, faults)
    first, second = (term for term in terms if term is not None)
    if (first.quantity, first.scope) == (second.quantity, second.scope):
        what = f"Both sides are {first.text}."
        raise _error(text, [CriterionFault(0, what, "Name two different metrics.")])
    return Tradeoff(kind, first, second, _text(kind, first, second))


def _text(kind: str, first: Term, second: Term) -> str:
    """The normal text: equal trade-offs have equal texts, and it reads back as itself."""
    if kind == "rate":
        return (
            f"{plain(first.amount)} of {first.text} is worth {plain(second.amount)} of "
            f"{second.text}"
        )
    return f"{second.text} may cost {plain(first.amount)} of {first.text}"


Part = tuple[Written, Phrase, Where | None]


class _Trading(Parser):
    def tradeoff(self) -> tuple[Literal["rate", "floor"], tuple[Part, Part]]:
        if self.ahead.kind == "end":
            raise CriterionFault(0, "A trade-off is empty.", READS)
        if self.ahead.kind == "number":
            first = self.amount()
            self.expect_word("is", READS)
            self.expect_word("worth", READS)
            second = self.amount()
            found: tuple[Literal["rate", "floor"], tuple[Part, Part]] = "rate", (first, second)
        else:
            at = self.ahead.at
            phrase, where = self.quantity()
            self.expect_word("may", READS)
            self.expect_word("cost", READS)
            found = "floor", (self.amount(), (Written(0.0, at), phrase, where))
        left = self.take()
        if left.kind != "end":
            raise unexpected(left, "the end", READS)
        return found

    def amount(self) -> Part:
        written = self.number("how much")
        if not isinstance(written.value, float) or written.value <= 0:
            what = "What is traded is more than 0."
            raise CriterionFault(written.at, what, "Write 1%, or 0.01.")
        self.expect_word("of", READS)
        return (written, *self.quantity())

    def quantity(self) -> tuple[Phrase, Where | None]:
        phrase = self.phrase(0)
        if start := self.accept_word("across"):
            return phrase, Where("across", start.at, ((self.value("a segment"),),))
        return phrase, None


def _term(
    amount: Written, phrase: Phrase, where: Where | None, setting: Setting, faults: Faults
) -> Term | None:
    kind: Literal["metric", "gap", "ratio"] = "metric"
    inner = phrase
    if phrase.name.text in COMPARING:
        kind = "ratio" if phrase.name.text == "ratio" else "gap"
        held = phrase.arguments or ()
        if len(held) != 1 or held[0].key or isinstance(held[0].value, Written):
            what = f"{phrase.name.text} takes one metric."
            faults.append(CriterionFault(phrase.name.at, what, "Write gap(recall) across sex."))
            return None
        value = held[0].value
        inner = value if isinstance(value, Phrase) else Phrase(value)
    found = read_call(inner, setting, faults)
    sentence = Sentence(phrase, ">=", amount, None, None, where, None)
    scope, _, _ = read_scope(sentence, kind, setting, faults)
    if found is None or faults:
        return None
    quantity = Quantity(found[1], kind)
    text = " ".join(filter(None, (quantity_text(quantity, setting), scope_text(scope))))
    size = amount.value if isinstance(amount.value, float) else 0.0
    return Term(size, quantity, scope, text)


def _error(text: str, faults: Faults) -> ContractError:
    return ContractError(
        Problem(f"'{text}', column {fault.at + 1}", fault.what, fault.remedy) for fault in faults
    )
