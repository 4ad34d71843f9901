"""A product with evidence, three versions in the running, and the studies between them."""

from dataclasses import dataclass

from sextant_server.candidates import actions
from sextant_server.candidates.models import Candidate, Choice
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.execution import work_off
from sextant_server.sources.models import Source
from sextant_server.studies import actions as studies
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.kind import Asking
from sextant_server.studies.models import Study

SCORE = "predicted_probability_permille"


@dataclass
class Race:
    """A product and its candidates: nobody, the model, a stricter cut of it."""

    story: Telling
    source: Source
    evidence: Evidence
    nobody: Candidate
    model: Candidate
    strict: Candidate

    def baseline(self) -> Study:
        """The model against answering everybody no, from its evidence."""
        kind = kind_named("baseline")
        assert kind is not None
        asked = {"constant": "always no"}
        return studies.keep_live(self.story.by("dana"), self.evidence, kind, asked, asked)

    def compare(self, a: str, b: str, question: str = "accuracy") -> Study:
        """Two cuts of the score, A and B."""
        kind = kind_named("comparison")
        assert kind is not None
        version = self.source.versions.get()
        asked = {"version": version.pk, "contract": 1, "a": f"{SCORE}@{a}", "b": f"{SCORE}@{b}",
                 "questions": question, "name_a": "A", "name_b": "B"}  # fmt: skip
        contract = self.evidence.contract
        studies.start_study(
            self.story.by("dana"), self.story.product, kind,
            Asking("cuts", asked, version, None, contract),
        )  # fmt: skip
        work_off()
        return Study.objects.latest("number")

    def choose(self, who: str, candidate: Candidate, study: Study | None = None) -> Choice:
        """Somebody chooses."""
        last = Choice.objects.order_by("-number").first()
        return actions.choose(
            self.story.by(who), candidate, study.number if study else None, "It is the best.",
            last.number if last else 0,
        )  # fmt: skip
