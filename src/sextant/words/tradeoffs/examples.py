"""Three trade-offs to start from, each told on numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A case that can be learned from: what was weighed, the numbers, how it is written down."""

    key: str
    title: str
    question: str
    numbers: str
    text: str

    @property
    def kind(self) -> str:
        """What its text is called."""
        return "exchange rate" if " is worth " in self.text else "floor"


EXAMPLES = (
    Example(
        "diversity",
        "Accuracy against diversity",
        "A page of recommendations that people would watch anyway, or one that shows them more?",
        "The new ranking brings 12 instead of 8 genres among the first ten, and NDCG falls from"
        " 0.412 to 0.405. One genre more was said to be worth 0.002 of NDCG: four genres pay for"
        " 0.008, and only 0.007 was given up. Worth it.",
        "1 of mean(genres) is worth 0.002 of ndcg(k=10)",
    ),
    Example(
        "spikes",
        "Revenue against unfair price spikes",
        "A price that follows demand earns more, and some people pay twice the usual fare.",
        "Revenue rises by 0.31 EUR a ride, and of 1,000 rides 14 instead of 9 cost more than twice"
        " the usual fare. At most 2 of 1,000 more were agreed to, whatever is earned: five are too"
        " many. Not what was agreed.",
        "mean(revenue) may cost 0.2% of rate(spike)",
    ),
    Example(
        "human",
        "Automation against answers like a person's",
        "More questions are answered without a person, and the answers sound colder.",
        "Of 100 questions 71 instead of 58 are answered without a person, and people rate the"
        " answers 4.1 instead of 4.4. Ten questions of 100 were said to be worth 0.2 of the rating:"
        " thirteen pay for 0.26, and 0.3 was given up. Not worth it.",
        "10% of rate(automated) is worth 0.2 of mean(rating)",
    ),
)
