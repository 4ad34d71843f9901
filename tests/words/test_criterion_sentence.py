"""A criterion over groups names its joint verdict and the group behind it."""

from dataclasses import replace

from sextant.contracts.evidence import CriterionResult, Needed
from sextant.words import criterion_sentence


def rows(make_row, *groups):
    return tuple(
        make_row("recall >= 0.8", numbers, verdict, segment={"sex": name}, needed=needed)
        for name, numbers, verdict, needed in groups
    )


MEN = ("men", (0.87, 0.86, 0.88, 900), "met", None)
WOMEN = ("women", (0.84, 0.81, 0.86, 900), "met", None)
BELOW = ("women", (0.7, 0.62, 0.79, 100), "missed", None)
OPEN = ("women", (0.82, 0.78, 0.86, 300), "undecided", Needed(950, "met"))


def test_met_names_the_closest(make_row, contract):
    found = rows(make_row, MEN, WOMEN)
    result = CriterionResult(found[0].criterion, "met", found, compared=2)
    assert criterion_sentence(result, contract) == (
        "Met in both groups of sex, lowest among women: of 100 people who work about 84 are found "
        "(81 to 86); at least 80 was promised."
    )
    assert criterion_sentence(result, contract, "executive") == (
        "The promise is kept in both groups of sex, lowest among women: of 100 people who work "
        "about 84 are found (81 to 86)."
    )


def test_missed_names_the_proven_group(make_row, contract):
    found = rows(make_row, MEN, BELOW)
    proven = (found[1].segment,)
    result = CriterionResult(found[0].criterion, "missed", found, proven, 2)
    assert criterion_sentence(result, contract) == (
        "Among women, of 100 people who work about 70 are found (62 to 79); at least 80 was "
        "promised."
    )


def test_a_missed_row_that_is_not_proven(make_row, contract):
    found = rows(make_row, MEN, BELOW)
    result = CriterionResult(found[0].criterion, "undecided", found, (), 5)
    said = criterion_sentence(result, contract)
    assert said.startswith("Women look below the bound; not proven among five groups.")
    assert "about 70 are found (62 to 79)" in said


def test_undecided_says_what_would_decide_and_counts_the_rest(make_row, contract):
    found = rows(make_row, MEN, OPEN)
    result = CriterionResult(found[0].criterion, "undecided", found, (), 2)
    said = criterion_sentence(result, contract)
    assert "about 950 more labelled rows of this group would decide it, probably as met." in said
    assert said.endswith("The other group is met.")


def test_where_rows_are_dependent_new_units_are_asked_for(make_row, contract):
    found = rows(make_row, OPEN)
    by_unit = replace(contract, data=replace(contract.data, unit="household"))
    said = criterion_sentence(CriterionResult(found[0].criterion, "undecided", found), by_unit)
    assert "950 more labelled rows of this group, with new values of household, would" in said


def test_many_groups_are_counted_not_listed(make_row, contract):
    row = make_row("recall >= 0.8", (0.5, 0.4, 0.6, 90), "missed", segment={"city": "c0"})
    found = tuple(replace(row, segment=(("city", f"c{at}"),)) for at in range(10_000))
    result = CriterionResult(
        found[0].criterion, "missed", found, tuple(r.segment for r in found), 10_000
    )
    said = criterion_sentence(result, contract)
    assert said.endswith("Also missed: c1, c2, c3 and 9,996 more.")
    assert len(said) < 250


def test_folded_groups_have_a_name_of_their_own(make_row, contract):
    numbers = (0.79, 0.66, 0.89, 57)
    row = make_row("recall >= 0.8", numbers, "undecided", segment={"race": "smaller groups"})
    result = CriterionResult(row.criterion, "undecided", (row,))
    said = criterion_sentence(result, contract)
    assert said.startswith("Among smaller groups, of 100 people who work about 79 are found")


def test_a_criterion_without_any_row_says_so(make_row, contract):
    criterion = make_row("recall >= 0.8", "no row", "undecided").criterion
    assert criterion_sentence(CriterionResult(criterion, "undecided", ()), contract) == (
        "It cannot be said yet whether of 100 people who work at least 80 are found: no row."
    )
