"""Who sees rows: by name, while he has a part; naming a path lets nobody in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.products.actions import take_part
from sextant_server.sources import actions, queries
from sextant_server.sources.models import Source

As = Callable[[User | None], Client]


def test_whoever_leaves_the_product_sees_no_rows(
    story: Telling, source: Source, as_: As, django_assert_num_queries: Any
) -> None:
    vera, base = story.people["vera"], f"/products/{story.product.slug}/sources/predictions/"
    actions.grant(story.by("tara"), source, vera)
    with django_assert_num_queries(1):
        assert queries.readable_by(vera, source)
    assert as_(vera).get(f"{base}rows/").status_code == 200
    take_part(story.by("ines"), story.product, vera, "viewer")
    assert not queries.readable_by(vera, source)
    assert as_(vera).get(f"{base}rows/").status_code == 403
    page = as_(story.people["ines"]).get(f"{base}readers/").content.decode()
    assert "One person sees the rows." in page
    assert "has no part any more, so sees nothing" in page


def test_naming_a_path_lets_nobody_in(
    story: Telling, as_: As, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "one.csv").write_text("a,b\n1,SECRET-VALUE\n")
    settings.SEXTANT = replace(settings.SEXTANT, folders=(tmp_path.resolve(),))
    path = str(tmp_path / "one.csv")
    actions.register_path(story.by("dana"), story.product, "table", path)
    work_off()
    base, dana = f"/products/{story.product.slug}/sources/table/", story.people["dana"]
    assert as_(dana).get(f"{base}rows/").status_code == 403
    assert "SECRET-VALUE" not in as_(dana).get(base).content.decode()
    owner = as_(story.people["ines"])
    assert "0 people see the rows." in owner.get(f"{base}readers/").content.decode()
    assert owner.post(f"{base}readers/", {"user": dana.pk}).status_code == 302
    assert "SECRET-VALUE" in as_(dana).get(f"{base}rows/").content.decode()
    assert owner.get(f"{base}rows/").status_code == 403
