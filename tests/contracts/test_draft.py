"""A drafted contract parses as it stands, says that it is a draft, and cannot be locked as one."""

from __future__ import annotations

from datetime import date

import pytest

from sextant.contracts.file.draft import Draft, draft_text, unwritten
from sextant.contracts.file.lock import lock_file
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError

DRAFTS = [
    Draft("data.csv", column="a b"),
    Draft("data.csv", label="y", prediction="d"),
    Draft("data.csv", label="yes", positive="no", score="p", scale=100, time="day", unit="user id"),
    Draft("a: b.csv", label="y", score="p", segments=(("a ge", "AGE", (18, 65)), ("sex", "x", ()))),
]


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_parses_as_it_stands(draft):
    contract = contract_from_text(draft_text(draft, "contract.yaml"))
    assert contract.data.source == draft.source
    assert (contract.data.label.column if contract.data.label else None) == draft.label
    assert any(criterion.role == "primary" for criterion in contract.criteria)


def test_a_draft_cannot_be_locked(tmp_path):
    path = tmp_path / "contract.yaml"
    path.write_text(draft_text(DRAFTS[1], "contract.yaml"), encoding="utf-8")
    with pytest.raises(ContractError, match="outcome is still the example"):
        lock_file(path, date(2026, 11, 22))


def test_what_nobody_has_written_is_named_one_by_one():
    text = draft_text(DRAFTS[1], "contract.yaml")
    assert "outcome" in unwritten(contract_from_text(text))
    text = text.replace("Cut … from … to … by 2027-12-31", "Cut errors from 9 to 3 % by June")
    assert "product" in unwritten(contract_from_text(text))
    text = text.replace("Name of the product", "Screen")
    assert unwritten(contract_from_text(text)) == ""
