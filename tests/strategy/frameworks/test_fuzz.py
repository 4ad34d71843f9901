"""However a framework file is damaged, it is refused with its problems or it can be judged."""

import random
import re

import pytest

from sextant.strategy.frameworks import TIERS, FrameworkError, framework_from_text, judge, text_of

WORDS = (
    "{}", "[]", "null", "1", "-1", "x", "level", "range", "text", "high", "true", "{each}",
    "[a, b]", "{a: b}", "1e400", ".nan", "''", "is", "least", "minimal",
)  # fmt: skip


def damaged(text, chance):
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        if chance.random() < 0.3:
            del lines[at]
        elif chance.random() < 0.3:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            words = re.split(r"(\W+)", lines[at])
            words[chance.randrange(len(words))] = chance.choice(WORDS)
            lines[at] = "".join(words)
    return "\n".join(lines)


@pytest.mark.parametrize("key", ["ai-value", "employment-impact", "misuse"])
def test_damage(key):
    chance = random.Random(key)
    for _ in range(60):
        framework = read(damaged(text_of(key), chance))
        for tier in TIERS if framework else ():
            assert judge(framework, {}, tier).possible


def read(text):
    try:
        return framework_from_text(text)
    except FrameworkError:
        return None
