"""The record of a look as JUnit XML, which every build server reads."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from sextant.contracts.evidence import CriterionResult, Evidence
from sextant.reports.facts import row_title
from sextant.reports.select import chosen
from sextant.reports.text import clean
from sextant.words import Audience, criterion_sentence
from sextant.words.figures import figures
from sextant.words.headline import headline

MOST = 100


def render(evidence: Evidence, audience: Audience = "product") -> str:
    """One test case a criterion: missed is a failure, undecided an error, each with its reason.

    A secondary criterion informs and decides nothing: missed or undecided, its case is skipped
    with the sentence as message.
    """
    suite = ET.Element("testsuite", _attributes(evidence))
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(evidence).items():
        ET.SubElement(properties, "property", {"name": name, "value": clean(value)})
    for result in evidence.criteria:
        _case(suite, result, evidence, audience)
    ET.SubElement(suite, "system-out").text = clean(headline(evidence))
    ET.indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suite, encoding="unicode")}\n'


def _case(
    suite: ET.Element, result: CriterionResult, evidence: Evidence, audience: Audience
) -> None:
    criterion = result.criterion
    said = clean(criterion_sentence(result, evidence, audience))
    case = ET.SubElement(
        suite,
        "testcase",
        {"classname": clean(evidence.contract.product), "name": clean(criterion.text)},
    )
    case.set("time", "0")
    if kind := _outcome(result):
        outcome = ET.SubElement(case, kind, {"message": said})
        outcome.text = _groups(result, evidence)
        if kind != "skipped":
            outcome.set("type", result.verdict)
    ET.SubElement(case, "system-out").text = f"{criterion.id} ({criterion.role}): {said}"


def _groups(result: CriterionResult, evidence: Evidence) -> str:
    """A line for each group: some build servers show an element's text and not its message."""
    shown, more = chosen(result.rows, MOST)
    lines = []
    for row in shown:
        found = figures(row, evidence.contract)
        numbers = f"{found.value} ({found.interval}), n {found.n}" if found.value else found.reason
        lines.append(clean(f"{row.verdict}: {row_title(row)}: {numbers}"))
    return "\n".join([*lines, *filter(None, [more])])


def _outcome(result: CriterionResult) -> str:
    """The element that says how the case ended; a passed one has none."""
    if result.verdict == "met":
        return ""
    if result.criterion.role == "secondary":
        return "skipped"
    return "failure" if result.verdict == "missed" else "error"


def _attributes(evidence: Evidence) -> dict[str, str]:
    ends = [_outcome(result) for result in evidence.criteria]
    return {
        "name": clean(evidence.contract.product),
        "tests": str(len(ends)),
        "failures": str(ends.count("failure")),
        "errors": str(ends.count("error")),
        "skipped": str(ends.count("skipped")),
        "time": "0",
    }


def _properties(evidence: Evidence) -> dict[str, str]:
    data = evidence.data
    found = {
        "verdict": evidence.verdict,
        "digest": evidence.digest,
        "look": str(evidence.look),
        "snapshot": data.snapshot,
        "source": data.source,
        "rows": str(data.rows),
        "labelled": "" if data.labelled is None else str(data.labelled),
        "model": evidence.contract.model,
        "code": evidence.code,
        "checked_on": evidence.checked_on,
    }
    return {name: value for name, value in found.items() if value}
