"""What the words mean, on a product's own numbers; lessons, roles, skills and what to read."""

from sextant.strategy.literacy.examples import Example, example
from sextant.strategy.literacy.glossary import Shows, Term, find, glossary
from sextant.strategy.literacy.lessons import Lesson, Resource, lessons, resources
from sextant.strategy.literacy.roles import Asked, Role, roles
from sextant.strategy.literacy.skills import LEVELS, Skill, skills

__all__ = [
    "LEVELS",
    "Asked",
    "Example",
    "Lesson",
    "Resource",
    "Role",
    "Shows",
    "Skill",
    "Term",
    "example",
    "find",
    "glossary",
    "lessons",
    "resources",
    "roles",
    "skills",
]
