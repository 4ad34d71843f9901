"""What both stories of the demonstration do alike."""

from __future__ import annotations

from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.contracts import actions as contracts
from sextant_server.contracts.models import Contract
from sextant_server.evidence import actions as runs
from sextant_server.evidence.models import Evidence, Run
from sextant_server.gates import actions as gates
from sextant_server.gates.models import Decision, Gate
from sextant_server.jobs.execution import work_off
from sextant_server.products.models import Product, Stage
from sextant_server.sources import actions as sources
from sextant_server.sources.models import Source
from sextant_server.sources.queries import latest_ready
from sextant_server.studies import actions as studies
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.forms import many
from sextant_server.studies.kinds.kind import Held
from sextant_server.studies.models import Study, StudyRun

CHUNK = 1 << 20


def text_for(path: Path, source: Source) -> str:
    """A contract's text with its file's place taken by the name of the registered source."""
    text = path.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.strip().startswith("source:"))
    return text.replace(line, f"{line[: line.index('source:')]}source: {source.name}")


class Telling:
    """One product of the demonstration, and the people who act in it."""

    def __init__(self, product: Product, people: dict[str, User]) -> None:
        self.product, self.people = product, people

    def by(self, key: str) -> Acting:
        """Somebody acting."""
        return Acting(user=self.people[key])

    def upload(self, name: str, path: Path) -> Source:
        """Dana uploads a file, and it is read."""
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(CHUNK), b"")
            source = sources.register_upload(self.by("dana"), self.product, name, chunks, path.name)
        work_off()
        return source

    def confirm(self, source: Source) -> None:
        """Tara confirms what the columns were guessed to be."""
        source.refresh_from_db()
        version = latest_ready(source)
        assert version is not None
        sources.confirm_roles(self.by("tara"), source, version.guess, source.version)

    def contract(self, text: str) -> Contract:
        """Dana writes the contract, both sides sign, Ines locks it."""
        return self.lock(contracts.draft(self.by("dana"), self.product, text))

    def lock(self, draft: Contract) -> Contract:
        """Both sides sign a draft, Ines locks it."""
        for key, part in (("bruno", "business"), ("tara", "technical")):
            contracts.sign(self.by(key), draft, [part], draft.text_digest)
        return contracts.lock(self.by("ines"), draft, draft.text_digest)

    def run(self, contract: Contract, source: Source, **of: str) -> Run:
        """Tara runs it, and it is done."""
        version = latest_ready(source)
        assert version is not None
        run = runs.start_run(self.by("tara"), contract, version, **of)  # type: ignore[arg-type]
        work_off()
        return run

    def study(self, name: str, source: Source, by: str = "tara", **settings: str) -> StudyRun:
        """Somebody asks the newest rows of a source, and it is done."""
        kind, version = kind_named(name), latest_ready(source)
        assert kind is not None
        assert kind.from_rows is not None
        assert version is not None
        form = kind.from_rows.form(self.product, many({"version": version.pk, **settings}))
        assert form.is_valid(), form.errors
        run = studies.start_study(self.by(by), self.product, kind, form.asking())
        work_off()
        return run

    def keep(self, evidence: Evidence, name: str, by: str = "tara", **settings: str) -> Study:
        """Somebody keeps what an evidence's states answer at these settings."""
        kind = kind_named(name)
        assert kind is not None
        assert kind.live is not None
        form = kind.live.form(Held(evidence), many(settings))
        assert form.is_valid(), form.errors
        return studies.keep_live(self.by(by), evidence, kind, form.cleaned_data, form.sent())

    def ask(self, target: Stage, note: str = "", by: str = "tara") -> Gate:
        """Somebody asks for a decision."""
        self.product.refresh_from_db()
        return gates.ask(self.by(by), self.product, target, note)

    def decide(
        self, gate: Gate, outcome: str, reason: str, conditions: tuple[gates.Asked, ...] = ()
    ) -> Decision:
        """Ines decides."""
        gate.refresh_from_db()
        return gates.decide(self.by("ines"), gate, outcome, reason, conditions, gate.version)
