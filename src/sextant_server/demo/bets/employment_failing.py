"""How the employment pre-screen fails, as its team wrote it down before the launch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fails:
    """One way to fail; `watched` begins the criterion's text, `group` is a value of its groups.

    `amber` and `red`: what happens, and who sees to it.
    """

    how: str
    watched: str
    red: float
    amber: tuple[str, str]
    gone: tuple[str, str]
    group: str = ""
    green: float | None = None
    shows: str = ""
    answer: str = ""
    severe: bool = True


MODES = (
    Fails(
        "Women without work are waved through more often than men without work",
        "gap(false_positive_rate)", 0.08, ("ask", "tara"), ("off", "ines"),
        shows="demands for repayment that go to women",
        answer="train again on the applications of women that were checked by hand",
    ),
    Fails(
        "Whose origin is rare in the data works, and is sent to the counter",
        "recall >= 0.8 in every race", 0.7, ("ask", "tara"), ("rule", "bruno"),
        group="smaller groups",
        shows="people bring papers for work that everybody could see",
        answer="two more years of this group's applications",
    ),
    Fails(
        "Schooling is left blank, and the score is a guess",
        "missing_rate(SCHL)", 0.05, ("ask", "dana"), ("back", "tara"),
        shows="the form of one office lacks the question",
        answer="ask for it again where it is blank",
    ),
    Fails(
        "So few are waved through that officials check as many as before",
        "selection_rate >= 0.5", 0.35, ("ask", "ines"), ("off", "ines"), severe=False,
    ),
)  # fmt: skip
