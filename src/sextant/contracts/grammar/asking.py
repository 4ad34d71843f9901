"""The grammar of a question about two versions: `recall within 2% in every sex`.

    question = metric ["by" NUMBER ["%"] | "within" NUMBER ["%"]] [scope]
               ["with" NUMBER "%" "confidence"]

Alone: is B better? `by 1%`: better by at least so much? `within 2%`: at most so much worse?
"""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.grammar.calls import Faults, read_call
from sextant.contracts.grammar.meaning import confidence_of
from sextant.contracts.grammar.parser import Parser
from sextant.contracts.grammar.scopes import read_scope
from sextant.contracts.grammar.setting import COMPARING, Setting
from sextant.contracts.grammar.syntax import Phrase, Sentence, Written
from sextant.contracts.grammar.tokens import CriterionFault, plain, tokenize
from sextant.contracts.grammar.wording import CONFIDENCE, call_text, percentage, scope_text
from sextant.contracts.model import Call, Scope
from sextant.contracts.problems import ContractError, Problem


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of B: that it is better by at least `by`; below 0 it may be so much worse."""

    call: Call
    by: float | None
    scope: Scope
    confidence: float
    written: str


def parse_question(text: str, setting: Setting) -> Question:
    """The question that `text` asks. Raises `ContractError` with the place of every problem."""
    try:
        sentence, by = _Asking(tokenize(text)).question()
    except CriterionFault as fault:
        raise _error(text, [fault]) from None
    faults: Faults = []
    _check_kind(sentence.phrase, faults)
    found = None if faults else read_call(sentence.phrase, setting, faults)
    scope, _, _ = read_scope(sentence, "metric", setting, faults)
    confidence = confidence_of(sentence.confidence, faults)
    if faults or found is None:
        raise _error(text, faults)
    return Question(found[1], by, scope, confidence, text)


def question_text(question: Question, setting: Setting) -> str:
    """The normal text: equal questions have equal texts, and it reads back as itself."""
    by = question.by
    margin = "" if not by else f"by {plain(by)}" if by > 0 else f"within {plain(-by)}"
    sure = "" if question.confidence == CONFIDENCE else (
        f"with {percentage(question.confidence)}% confidence"
    )  # fmt: skip
    parts = [call_text(question.call, setting), margin, scope_text(question.scope), sure]
    return " ".join(part for part in parts if part)


class _Asking(Parser):
    def question(self) -> tuple[Sentence, float | None]:
        if self.ahead.kind == "end":
            raise CriterionFault(0, "A question is empty.", "Name a metric, such as recall.")
        phrase = self.phrase(0)
        by: float | None = None
        if start := self.accept_word("by", "within"):
            written = self.number(f"the difference after '{start.text}'")
            by = written.value if isinstance(written.value, float) else 0.0
            if by < 0:
                what = f"The difference {plain(by)} is below 0."
                raise CriterionFault(written.at, what, "Write by 1% or within 1%.")
            by = -by if start.text == "within" else by
        where = self.where()
        confidence = self.confidence()
        self.finish(where, confidence)
        bound = Written(0.0, phrase.name.at)
        return Sentence(phrase, ">=", bound, None, None, where, confidence), by


def _check_kind(phrase: Phrase, faults: Faults) -> None:
    if phrase.name.text in COMPARING:
        what = f"{phrase.name.text}(…) compares groups, and here two versions are compared."
        remedy = "Ask for the metric in every segment, such as recall in every sex."
        faults.append(CriterionFault(phrase.name.at, what, remedy))


def _error(text: str, faults: Faults) -> ContractError:
    return ContractError(
        Problem(f"'{text}', column {fault.at + 1}", fault.what, fault.remedy) for fault in faults
    )
