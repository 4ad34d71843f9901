"""Every setting and every public promise of the server is in its documentation."""

import re
from pathlib import Path

import pytest

from sextant_server.commands.manage import command as manage
from sextant_server.core.environment import VARIABLES, Variable
from sextant_server.ui.gallery import SOURCES
from sextant_server.ui.templatetags.ui import register

DOCS = Path(__file__).parent.parent.parent / "docs"
TEXT = (DOCS / "server.md").read_text(encoding="utf-8")
DRAWN_ON_EVERY_PAGE = {"rail", "form_errors", "group"}


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_setting_is_documented_with_its_meaning(variable: Variable) -> None:
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| `{variable.name}` |")]
    assert variable.says in row
    assert (variable.default or "none") in row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    named = set(re.findall(r"SEXTANT_[A-Z_]+[A-Z]", TEXT))
    assert named <= {variable.name for variable in VARIABLES}


def test_every_command_is_documented() -> None:
    from importlib.metadata import entry_points

    for point in entry_points(group="sextant.commands"):
        assert f"`sextant {point.name}" in TEXT
        assert point.load().get_short_help_str()
    assert manage.name == "manage"


def test_every_component_is_in_the_gallery() -> None:
    shown = "".join(source for _, _, source in SOURCES)
    for name in set(register.tags) - DRAWN_ON_EVERY_PAGE:
        assert f"{{% {name}" in shown, name


def test_only_actions_write() -> None:
    """What writes a table is an action, the log's own record, or allauth's adapter."""
    others = {"audit/record.py", "accounts/allauth/adapters.py"}
    source = DOCS.parent / "src/sextant_server"
    writes = re.compile(
        r"\.(save|bulk_create|get_or_create|update_or_create)\(|objects\.create\("
        r"|\)\.(update|delete)\("
    )
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if not {"migrations", "settings.py", "actions.py", "actions"} & set(path.parts)
        and writes.search(path.read_text(encoding="utf-8"))
    }
    assert found == others
