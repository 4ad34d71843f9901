"""The grammar of a criterion: text to a syntax tree, by recursive descent.

    criterion = quantity (">=" | "<=") NUMBER ["%"] [scope] ["with" NUMBER "%" "confidence"]
    quantity  = metric ["of" VALUE "against" VALUE]
    metric    = NAME ["(" arg {"," arg} ")"]
    arg       = metric | COLUMN | KEY "=" (NUMBER ["%"] | VALUE | "[" item {"," item} "]")
    scope     = "in every" SEG {"," SEG} | "in every" SEG "x" SEG {"x" SEG}
              | "in" SEG "=" VALUE | "across" SEG

The tree knows nothing of the catalogue or of the contract: what the names mean is decided later.
"""

from __future__ import annotations

from sextant.contracts.grammar.syntax import Argument, Phrase, Scalar, Sentence, Where, Written
from sextant.contracts.grammar.tokens import WHOLE, CriterionFault, Token, tokenize, value_of
from sextant.contracts.problems import nearest

DEPTH = 4
INSTEAD = {">": ">=", "=>": ">=", "<": "<=", "=<": "<="}
COMPARISONS = (*INSTEAD, "=", "==", "!=")


def parse_sentence(text: str) -> Sentence:
    """The syntax tree of a criterion. Raises `CriterionFault` at the first misfit."""
    parser = Parser(tokenize(text))
    return parser.sentence()


class Parser:
    """Reads the parts of a sentence one after the other; other sentences are made of them too."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0

    @property
    def ahead(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.ahead
        self.index += token.kind != "end"
        return token

    def accept_word(self, *words: str) -> Token | None:
        return self.take() if self.ahead.is_word(*words) else None

    def accept_sign(self, *signs: str) -> Token | None:
        return self.take() if self.ahead.is_sign(*signs) else None

    def sentence(self) -> Sentence:
        if self.ahead.kind == "end":
            raise CriterionFault(0, "A criterion is empty.", "Write one, such as recall >= 0.8.")
        phrase = self.phrase(0)
        of = against = None
        if self.accept_word("of"):
            of = self.value("the first group after 'of'")
            self.expect_word("against", "'A against B' names the two groups of a contrast.")
            against = self.value("the second group after 'against'")
        op = self.comparison()
        bound = self.number("the bound")
        where = self.where()
        confidence = self.confidence()
        self.finish(where, confidence)
        return Sentence(phrase, op, bound, of, against, where, confidence)

    def phrase(self, depth: int) -> Phrase:
        name = self.take()
        if name.kind not in ("name", "quoted"):
            raise unexpected(name, "the name of a metric", "Begin with one, such as recall >= 0.8.")
        if depth > DEPTH:
            raise CriterionFault(name.at, "Too many parentheses.", "Name one metric.")
        if not self.accept_sign("("):
            return Phrase(name)
        arguments: list[Argument] = []
        if self.accept_sign(")"):
            return Phrase(name, ())
        while True:
            arguments.append(self.argument(depth))
            if self.accept_sign(")"):
                return Phrase(name, tuple(arguments))
            if not self.accept_sign(","):
                remedy = f"Close the parentheses of {name.text}(…), or separate by a comma."
                raise unexpected(self.ahead, "',' or ')'", remedy)

    def argument(self, depth: int) -> Argument:
        if self.ahead.kind == "number":
            return Argument(None, self.number("an argument"))
        if self.ahead.is_sign("["):
            return Argument(None, self.bracketed())
        phrase = self.phrase(depth + 1)
        if phrase.arguments is None and self.accept_sign("="):
            return Argument(phrase.name, self.setting())
        return Argument(None, phrase if phrase.arguments is not None else phrase.name)

    def setting(self) -> Token | Written:
        if self.ahead.is_sign("["):
            return self.bracketed()
        if self.ahead.kind == "number":
            return self.number("a value")
        return self.value("a value after '='")

    def bracketed(self) -> Written:
        start = self.take()
        items: list[Scalar] = []
        while not self.accept_sign("]"):
            items.append(self.item())
            if not self.ahead.is_sign("]") and not self.accept_sign(","):
                raise unexpected(self.ahead, "',' or ']'", "Close the list with ].")
        return Written(tuple(items), start.at)

    def item(self) -> Scalar:
        if self.ahead.kind == "number":
            token = self.take()
            percent = self.accept_sign("%") is not None
            if not percent and WHOLE.fullmatch(token.text):
                return int(token.text)
            return value_of(token, percent)
        token = self.value("a value of the list")
        if token.is_word("true", "false"):
            return token.text == "true"
        return token.text

    def value(self, what: str) -> Token:
        token = self.take()
        if token.kind not in ("name", "quoted", "number"):
            raise unexpected(token, what, "Put a name with spaces or signs in double quotes.")
        return token

    def comparison(self) -> str:
        token = self.take()
        if token.is_sign(">=", "<="):
            return token.text
        if token.is_sign(*COMPARISONS):
            remedy = f"Write {INSTEAD.get(token.text, '>= or <=')} instead."
            raise CriterionFault(token.at, f"'{token.text}' sets no bound.", remedy)
        if token.is_word("in", "across", "with"):
            raise CriterionFault(
                token.at,
                f"'{token.text}' stands before the bound.",
                "First the bound, then where it holds: recall >= 0.8 in every sex.",
            )
        raise unexpected(token, ">= or <=", "A criterion reads like recall >= 0.8 in every sex.")

    def number(self, what: str) -> Written:
        token = self.take()
        if token.kind != "number":
            raise unexpected(token, f"a number for {what}", "Write it like 0.8, 80% or 1e-3.")
        percent = self.accept_sign("%") is not None
        return Written(value_of(token, percent), token.at)

    def where(self) -> Where | None:
        if start := self.accept_word("across"):
            return Where("across", start.at, ((self.value("a segment after 'across'"),),))
        if not (start := self.accept_word("in")):
            return None
        if self.accept_word("every"):
            return Where("every", start.at, self.groupings())
        segment = self.value("'every' or a segment after 'in'")
        if not self.accept_sign("=", "=="):
            remedy = f"Write in every {segment.text}, or in {segment.text} = VALUE."
            if nearest(segment.text, ["every"]):
                remedy = "Did you mean 'every'?"
            raise unexpected(self.ahead, "'='", remedy)
        return Where("one", start.at, ((segment,),), self.value("a value after '='"))

    def groupings(self) -> tuple[tuple[Token, ...], ...]:
        """`sex, age` is two groupings; `sex x age` is one of two segments."""
        found = [self.crossing()]
        while self.accept_sign(","):
            found.append(self.crossing())
        return tuple(found)

    def crossing(self) -> tuple[Token, ...]:
        found = [self.value("a segment after 'in every'")]
        while self.accept_word("x") or self.accept_sign("x"):
            found.append(self.value("a segment after 'x'"))
        return tuple(found)

    def confidence(self) -> Written | None:
        if not self.accept_word("with"):
            return None
        start = self.ahead
        written = self.number("the confidence")
        if not self.tokens[self.index - 1].is_sign("%"):
            remedy = "Write it like with 99% confidence."
            raise CriterionFault(start.at, f"The confidence {start.text} has no %.", remedy)
        self.expect_word("confidence", "Write it like with 99% confidence.")
        return written

    def expect_word(self, word: str, remedy: str) -> None:
        if not self.accept_word(word):
            raise unexpected(self.ahead, f"'{word}'", remedy)

    def finish(self, where: Where | None, confidence: Written | None) -> None:
        token = self.ahead
        if token.kind == "end":
            return
        before = self.tokens[self.index - 1]
        if token.is_sign(",") and where is None and self.tokens[self.index + 1].kind == "number":
            raise CriterionFault(token.at, "A decimal comma.", "Write a point: 0.8.")
        if confidence is not None:
            raise unexpected(token, "the end", "The confidence comes last.")
        if token.is_word("of"):
            remedy = "It comes before the bound: mean(click) of A against B >= 0 across SEGMENT."
            raise unexpected(token, "the end", remedy)
        if token.is_word("and") and where is not None and where.kind == "every":
            raise unexpected(token, "','", "Separate segments by a comma: in every sex, age.")
        if where is not None and where.kind == "one" and before.kind != "quoted":
            raise unexpected(token, "the end", "Put a value with spaces in double quotes.")
        known = ["in", "across", "with"] if where is None else ["with"]
        guess = nearest(token.text, known) if token.kind == "name" else None
        remedy = f"Did you mean '{guess}'?" if guess else "Nothing more can follow here."
        raise unexpected(token, "the end", remedy)


def unexpected(token: Token, wanted: str, remedy: str) -> CriterionFault:
    """The fault of a token that does not fit: what stands there, and what was expected."""
    found = "the text ends" if token.kind == "end" else f"'{token.text}' stands"
    return CriterionFault(token.at, f"Here {found}, where {wanted} is expected.", remedy)
