"""Every problem of a file is reported at once, in the order of the file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sextant.contracts.file.reading import read_contract
from sextant.contracts.problems import ContractError

BROKEN = """\
# comments count as lines
produt: Pre-screen
outcome: Halve the checks
task: binry
data:
  sorce: p.parquet
  lable: employed
  score: {column: p, scale: 0}
  time: year
  period: {from: 2016-05, to: 2015}
  segments:
    sex: SEX
    age: {column: AGEP, bands: [16, 45, 25]}
    race: {column: RAC1P, labels: {1: White, 1: Black}, min_row: 200}
threshold: 1.5
looks: 0
valid_for: 90
names: {rows: people, positve: workers}
costs: {}
locked: abc
criteria:
  - recal >= 0.80 in every sex, age
  - recall >= 80 in every sexx
  - {check: "auc > 0.8", role: guardrai, min_rows: 5.5}
  - {chek: auc >= 0.8}
  -
"""

FOUND = """\
line 2, column 1: Key 'produt' is not known in the contract. Did you mean 'product'?
line 4, column 7: 'binry' is no task. Did you mean 'binary'?
line 6, column 3: Key 'sorce' is not known in data. Did you mean 'source'?
line 7, column 3: Key 'lable' is not known in data. Did you mean 'label'?
line 8, column 29: 'scale' is 0. Write the score that stands for certainty: 100, 1000.
line 10, column 31: The period ends (2015) before it starts. Swap from and to.
line 13, column 41: The bands do not ascend: 25 follows 45. Sort the edges, each once.
line 14, column 46: The value 1 has two labels. Keep one.
line 14, column 57: Key 'min_row' is not known in segment 'race'. Did you mean 'min_rows'?
line 15, column 12: 'threshold' is 1.5, out of range. Write one from 0 to 1.
line 16, column 8: 'looks' must be a whole number of 1 or more, not '0'. \
Write how often the data will be looked at, or continuous.
line 17, column 12: 'valid_for' must be a length of time, not '90'. \
Write it like 90 days, 6 weeks, 3 months or 1 year.
line 18, column 23: Key 'positve' is not known in names. Did you mean 'positive'?
line 19, column 8: No decision costs anything. Write at least one: {false_negative: 100}.
line 20, column 9: 'abc' is no digest of a contract. \
It is written by Sextant: sha256: and 64 hexadecimal digits.
line 22, column 5: Metric 'recal' is not known. Did you mean 'recall'?
line 23, column 15: The bound 80 lies outside what recall can be. It lies from 0 to 1. \
Did you mean 80%?
line 23, column 27: Segment 'sexx' is not declared. Did you mean 'sex'?
line 24, column 18: '>' sets no bound. Write >= instead.
line 24, column 32: 'guardrai' is no role. Did you mean 'guardrail'?
line 24, column 52: 'min_rows' must be a whole number of at least 0, not '5.5'. Write 1 or more.
line 25, column 6: Key 'chek' is not known in a criterion. Did you mean 'check'?
line 26, column 4: A criterion must be text. \
Write one, such as recall >= 0.8, or {check: recall >= 0.8, role: guardrail}.
"""


def test_all_at_once(write: Callable[[str], Path]) -> None:
    with pytest.raises(ContractError) as caught:
        read_contract(write(BROKEN))
    assert [str(problem) for problem in caught.value.problems] == FOUND.splitlines()


def test_an_empty_contract_lacks_everything_at_once(write: Callable[[str], Path]) -> None:
    with pytest.raises(ContractError) as caught:
        read_contract(write("threshold: 0.5\n"))
    missing = [problem.what for problem in caught.value.problems]
    keys = ["product", "outcome", "task", "data", "criteria"]
    assert missing == [f"Key '{key}' is missing in the contract." for key in keys]


def test_a_broken_section_does_not_blame_the_criteria(write: Callable[[str], Path]) -> None:
    text = "product: a\noutcome: b\ntask: binary\ndata: none yet\ncriteria: [auc >= 0.8 in every x]"
    with pytest.raises(ContractError) as caught:
        read_contract(write(text))
    assert [problem.where for problem in caught.value.problems] == ["line 4, column 7"]
