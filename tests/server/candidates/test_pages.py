"""The pages of candidates: what they say, whom they let act, how much they ask of the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from race import Race

from sextant_server.accounts.models import User
from sextant_server.candidates.models import Candidate, Choice

As = Callable[[User | None], Client]


def base(race: Race) -> str:
    return f"/products/{race.story.product.slug}/candidates/"


def test_the_table_says_what_is_measured_and_what_is_missing(race: Race, as_: As) -> None:
    race.choose("ines", race.nobody)
    race.baseline()
    browser = as_(race.story.people["vera"])
    text = browser.get(base(race)).content.decode()
    assert "Nobody is the champion; 2 challengers." in text
    assert "Better than nobody." in text
    assert "No baseline has been compared with it on the same rows." in text
    assert "Put a version in the running" not in text


def test_few_queries(race: Race, as_: As) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    for n in range(3):
        race.compare("0.5", f"0.{6 + n}")
    browser = as_(race.story.people["ines"])
    browser.get("/today/")
    for page in ("", "new/", "2/", "3/", "choices/2/"):
        with CaptureQueriesContext(connection) as ran:
            answer = browser.get(base(race) + page)
        assert answer.status_code == 200, page
        assert len(ran) <= 12, (page, [one["sql"][:90] for one in ran])


def test_from_the_form_to_the_champion(race: Race, as_: As) -> None:
    owner = as_(race.story.people["ines"])
    study = race.baseline()
    added = owner.post(base(race) + "new/", {"name": "today", "sort": "asis", "says": "By hand."})
    number = Candidate.objects.get(name="today").number
    assert added["Location"] == f"{base(race)}{number}/"
    first = owner.post(f"{base(race)}1/choose/", {"reason": "Simplest.", "seen": 0})
    assert first["Location"] == f"{base(race)}choices/1/"
    page = owner.get(f"{base(race)}2/").content.decode()
    assert "Study 1: better against nobody by accuracy" in page
    sent: dict[str, Any] = {"reason": "Better.", "seen": 1, "study": study.number}
    made = owner.post(f"{base(race)}2/choose/", sent)
    assert made["Location"] == f"{base(race)}choices/2/"
    text = owner.get(made["Location"]).content.decode()
    assert "Model took the place of nobody." in text
    assert Choice.objects.get(number=2).seal[:12] in text
    assert "Model: better than nobody by accuracy" in owner.get(base(race)).content.decode()


def test_what_is_refused_is_said_on_the_page(race: Race, as_: As) -> None:
    owner = as_(race.story.people["ines"])
    race.choose("ines", race.nobody)
    page = owner.get(f"{base(race)}3/").content.decode()
    assert "Name the comparison that it rests on." in page
    answer = owner.post(f"{base(race)}3/choose/", {"reason": "x", "seen": 1})
    assert answer.status_code == 422
    assert owner.post(f"{base(race)}3/dance/").status_code == 404
    assert owner.post(f"{base(race)}3/remark/", {"aspect": "x"}).status_code == 422


def test_a_second_person_answers_in_the_browser(race: Race, as_: As) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    race.compare("0.5", "0.9")
    Candidate.objects.filter(pk=race.strict.pk).update(sort="rule")
    made = race.choose("ines", Candidate.objects.get(pk=race.strict.pk),
                       race.compare("0.5", "0.9", "recall"))  # fmt: skip
    assert made.waits
    url = f"{base(race)}choices/{made.number}/"
    assert "you have chosen it yourself" in as_(race.story.people["ines"]).get(url).content.decode()
    bruno = as_(race.story.people["bruno"])
    assert "Agree as the second person" in bruno.get(url).content.decode()
    bruno.post(url + "answer/", {"refuse": "1", "reason": "worse"})
    assert "was chosen and refused" in bruno.get(url).content.decode()
    assert "Bruno" not in bruno.get(base(race)).content.decode()
    assert "refused it" in bruno.get(base(race)).content.decode()
