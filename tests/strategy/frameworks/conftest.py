"""Short ways to answer a framework, and to try all its answers."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest

from sextant.strategy.frameworks import Framework, Given, Judged, Tier, judge

Levels = Mapping[str, str]
Say = Callable[..., dict[str, Given]]


@pytest.fixture
def say() -> Say:
    """Answers from levels, sets of levels, (low, high) or words."""

    def given(**answers: object) -> dict[str, Given]:
        return {key: _given(held) for key, held in answers.items()}

    return given


def _given(held: object) -> Given:
    if isinstance(held, Given):
        return held
    if isinstance(held, str):
        return Given(frozenset({held}))
    if isinstance(held, set):
        return Given(frozenset(held))
    low, high = held  # type: ignore[misc]
    return Given(low=low, high=high)


@pytest.fixture
def every_with(say: Say) -> Callable[..., Iterator[tuple[Levels, Judged]]]:
    """Every combination of levels of some questions, beside fixed answers, each judged."""

    def combinations(
        framework: Framework, tier: Tier, fixed: Mapping[str, object], *questions: str
    ) -> Iterator[tuple[Levels, Judged]]:
        scales = [framework.questions[key].scale for key in questions]
        for levels in product(*(scale.keys for scale in scales if scale is not None)):
            answers = dict(zip(questions, levels, strict=True))
            yield answers, judge(framework, say(**{**fixed, **answers}), tier)

    return combinations


@pytest.fixture
def every(
    every_with: Callable[..., Iterator[tuple[Levels, Judged]]],
) -> Callable[..., Iterator[tuple[Levels, Judged]]]:
    """The same without fixed answers."""

    def combinations(
        framework: Framework, tier: Tier, *questions: str
    ) -> Iterator[tuple[Levels, Judged]]:
        return every_with(framework, tier, {}, *questions)

    return combinations
