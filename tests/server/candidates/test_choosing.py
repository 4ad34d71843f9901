"""Who becomes champion, on what, and who has to agree."""

import pytest
from race import SCORE, Race

from sextant_server.audit.seals import faults
from sextant_server.candidates import actions
from sextant_server.candidates.models import Candidate, Choice
from sextant_server.candidates.seals import KIND
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.studies.models import Study


def test_a_model_needs_a_baseline_on_the_same_rows(race: Race) -> None:
    weak = race.compare("0.9", "0.5")
    with pytest.raises(Invalid, match="no baseline that is listed here"):
        race.choose("ines", race.model, weak)
    race.choose("ines", race.nobody)
    with pytest.raises(Invalid, match="version A is not nobody"):
        race.choose("ines", race.model, weak)
    study = race.baseline()
    made = race.choose("ines", race.model, study)
    assert (made.verdict, made.against, made.before) == ("met", False, race.nobody)
    assert made.effective_at
    assert made.floor == made.study == study
    assert list(faults(KIND)) == []


def test_a_challenger_on_rows_without_a_baseline_is_refused(race: Race) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    study = race.compare("0.5", "0.9")
    Study.objects.filter(kind="baseline").update(kind="calibration")
    with pytest.raises(Conflict, match="No baseline has been compared with it on the same rows"):
        race.choose("ines", race.strict, study)


def test_against_the_verdict_it_waits_for_a_second_person(race: Race) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    rule = actions.add(
        race.story.by("dana"), race.story.product,
        actions.About("rule", "rule", "Flags the surest.", race.source, f"{SCORE}@0.95"),
    )  # fmt: skip
    study = race.compare("0.5", "0.95")
    assert study.verdict == "missed"
    made = race.choose("ines", rule, study)
    assert (made.verdict, made.against, made.effective_at) == ("missed", True, None)
    with pytest.raises(Conflict, match="waits for its second person"):
        race.choose("ines", rule, study)
    with pytest.raises(NotAllowed, match="second person"):
        actions.second(race.story.by("ines"), made)
    with pytest.raises(NotAllowed):
        actions.second(race.story.by("dana"), made)
    with pytest.raises(Conflict, match="waits for a second person"):
        actions.discard(race.story.by("dana"), rule, "no")
    taken = actions.second(race.story.by("rui"), made)
    assert taken.effective_at
    assert taken.seal
    assert list(faults(KIND)) == []


def test_a_refused_choice_is_kept_and_changes_nothing(race: Race) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    rule = actions.add(
        race.story.by("dana"), race.story.product,
        actions.About("rule", "rule", "Flags the surest.", race.source, f"{SCORE}@0.95"),
    )  # fmt: skip
    made = race.choose("ines", rule, race.compare("0.5", "0.95"))
    actions.refuse(race.story.by("bruno"), made, "It is worse.")
    with pytest.raises(Conflict):
        actions.second(race.story.by("rui"), made)
    assert Choice.objects.get(pk=made.pk).refused_why == "It is worse."
    actions.discard(race.story.by("dana"), rule, "worse by accuracy")
    with pytest.raises(Conflict, match="was discarded"):
        race.choose("ines", Candidate.objects.get(pk=rule.pk))


def test_a_page_that_has_grown_old_chooses_nothing(race: Race) -> None:
    race.choose("ines", race.nobody)
    with pytest.raises(Conflict, match="Somebody has chosen meanwhile"):
        actions.choose(race.story.by("ines"), race.model, race.baseline().number, "why", 0)


def test_a_change_of_what_was_chosen_shows(race: Race) -> None:
    made = race.choose("ines", race.nobody)
    Choice.objects.filter(pk=made.pk).update(reason="Because.")
    assert any("was changed" in fault for fault in faults(KIND))


@pytest.mark.parametrize("who", ["dana", "tara", "rui", "vera"])
def test_only_owner_and_business_choose(who: str, race: Race) -> None:
    with pytest.raises(NotAllowed):
        race.choose(who, race.nobody)
