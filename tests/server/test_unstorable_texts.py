"""A text that no database holds is refused in words, by the API and by the pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from examples import MET, contract_text

from sextant_server.accounts.models import User
from sextant_server.accounts.scopes import NAMES
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Run
from sextant_server.products.models import Product
from sextant_server.sources.models import Source

BAD = ["a\0b", "a\ud800b"]
ROUTES = [
    ("post", "/products", "name"),
    ("put", "/products/{slug}", "problem"),
    ("put", "/products/{slug}/people", "people.0.email"),
    ("post", "/products/{slug}/runs", "model"),
    ("put", "/products/{slug}/contracts/draft", "text"),
    ("post", "/products/{slug}/contracts/check", "text"),
    ("post", "/products/{slug}/gates", "note"),
    ("post", "/products/{slug}/gates/1/questions", "text"),
    ("post", "/products/{slug}/sources", "path"),
    ("post", "/tokens", "name"),
]


@pytest.fixture
def api(token_of: Callable[..., str], team: dict[str, User]) -> Client:
    """The API as the owner, with every scope."""
    return Client(headers={"authorization": f"Bearer {token_of(team['owner'], *NAMES)}"})


def nested(field: str, text: str) -> Any:
    """`people.0.email` as {"people": [{"email": text}]}."""
    held: Any = text
    for name in reversed(field.split(".")):
        held = [held] if name.isdecimal() else {name: held}
    return held


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize(("method", "path", "field"), ROUTES)
def test_the_api_names_the_field(
    api: Client, product: Product, method: str, path: str, field: str, text: str
) -> None:
    body = json.dumps(nested(field, text))
    url = "/api/v1" + path.format(slug=product.slug)
    answer = getattr(api, method)(url, body, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert answer["Content-Type"] == "application/problem+json"
    assert "Take it out" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "field"),
    [("states", "source"), ("states", "model"), ("states", "start"), ("states", "end"),
     ("sources/new/upload", "filename")],
)  # fmt: skip
def test_a_query_of_the_api_too(api: Client, product: Product, path: str, field: str) -> None:
    query = {"digest": "x", "filename": "x.csv", field: "a\0"}
    url = f"/api/v1/products/{product.slug}/{path}"
    answer = api.post(url, b"", content_type="application/octet-stream", query_params=query)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_broken_json_is_still_refused(api: Client) -> None:
    answer = api.post("/api/v1/products", b"{", content_type="application/json")
    assert answer.status_code == 400


def test_a_form_with_a_nul_is_refused_in_words(
    as_: Callable[..., Client], team: dict[str, User], product: Product
) -> None:
    browser = as_(team["owner"])
    answer = browser.post(reverse("product_people", args=[product.slug]), {"part": "a\0"})
    assert answer.status_code == 400
    assert "NUL" in answer.content.decode()
    assert "'part'" in answer.content.decode() or "&#x27;part&#x27;" in answer.content.decode()
    assert browser.get("/products/", {"q": "a\0"}).status_code == 400
    assert browser.get(f"/products/{product.slug}/sources/x%00/").status_code == 404


@pytest.mark.parametrize("user", ["abc", "²", "9" * 30, ""])
def test_a_person_that_is_no_number_is_nobody(
    as_: Callable[..., Client], team: dict[str, User], product: Product, source: Any, user: str
) -> None:
    browser = as_(team["owner"])
    for name, args in (("product_people", []), ("source_readers", [source.name])):
        url = reverse(name, args=[product.slug, *args])
        assert browser.post(url, {"user": user, "part": "viewer"}).status_code == 404


def test_the_period_of_states_is_stripped(api: Client, story: Telling, source: Source) -> None:
    run = story.run(story.contract(contract_text(MET)), source)
    states, digest = bytes(run.evidence.states), run.contract.digest
    url = f"/api/v1/products/{story.product.slug}/states"
    query = {"digest": digest, "start": " " * 60 + "2015"}
    answer = api.post(url, states, content_type="application/octet-stream", query_params=query)
    assert answer.status_code == 201
    assert Run.objects.get(via="states").start == "2015"
