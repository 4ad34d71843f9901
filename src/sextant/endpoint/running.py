"""A judge's run: what the journal does not hold is asked, in parallel, within the budget."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from sextant.endpoint.answers import Reply, reply_of
from sextant.endpoint.asking import Question, question_of
from sextant.endpoint.client import Client, EndpointError, GaveUp, Told
from sextant.endpoint.journal import Entry, Journal
from sextant.endpoint.rubric import Rubric

Progress = Callable[[float], None]
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended. `verdicts` has a row of entries (None: not asked yet) for each order.

    `stopped`: why it ended early, empty where it did not; `asked` now, `kept` from earlier runs.
    """

    verdicts: tuple[tuple[Entry | None, ...], ...]
    asked: int
    kept: int
    left: int
    unanswered: int
    spent: float
    stopped: str
    problems: tuple[tuple[str, int], ...]


class Budget:
    """What may be spent, with what is in flight reserved at its worst; safe between threads."""

    def __init__(self, most: float | None, spent: float) -> None:
        self.most, self.spent, self.reserved = most, spent, 0.0
        self._lock = threading.Lock()

    def claim(self, worst: float) -> bool:
        """Reserve so much, if that cannot exceed what may be spent."""
        with self._lock:
            if self.most is not None and self.spent + self.reserved + worst > self.most:
                return False
            self.reserved += worst
            return True

    def settle(self, reserved: float, spent: float) -> None:
        """Give back what was reserved; `spent` is the new total."""
        with self._lock:
            self.reserved -= reserved
            self.spent = spent


def worst_cost(question: Question, rubric: Rubric) -> float:
    """What a question can cost at the most: a token per byte, and the longest answer."""
    if rubric.price is None:
        return 0.0
    tokens = question.bytes * rubric.price.input + rubric.max_tokens * rubric.price.output
    return tokens / MILLION


def cost_of(reply: Reply, worst: float, rubric: Rubric) -> float:
    """What an answer cost by its own count of tokens; its worst where it tells none."""
    if rubric.price is None:
        return 0.0
    if reply.input_tokens is None or reply.output_tokens is None:
        return worst
    used = reply.input_tokens * rubric.price.input + reply.output_tokens * rubric.price.output
    return used / MILLION


def run(
    rows: Sequence[Mapping[str, str]],
    rubric: Rubric,
    client: Client,
    journal: Journal,
    *,
    most_cost: float | None = None,
    most_requests: int | None = None,
    at_once: int = 4,
    progress: Progress | None = None,
) -> Run:
    """Ask the judge about every row, in every order of the rubric.

    Equal rows are asked once. The run stops before the budget could be exceeded, on Ctrl-C after
    what is in flight, and where the endpoint refuses altogether (`EndpointError` is raised after
    the journal is in order). Calling it again goes on.
    """
    questions = [
        [question_of(row, rubric, client.model, order) for order in rubric.orders] for row in rows
    ]
    unique = {one.digest: one for row in questions for one in row}
    waiting = [one for one in unique.values() if one.digest not in journal.entries]
    kept = len(unique) - len(waiting)
    session = _Session(
        rubric, client, journal, Budget(most_cost, journal.spent), most_requests, max(at_once, 1)
    )
    session.work(waiting, progress)
    if session.refused is not None:
        raise session.refused
    verdicts = tuple(tuple(journal.entries.get(one.digest) for one in row) for row in questions)
    held = [entry for row in verdicts for entry in row if entry is not None and entry.problem]
    return Run(
        verdicts=verdicts,
        asked=session.asked,
        kept=kept,
        left=sum(one not in journal.entries for one in unique),
        unanswered=session.unanswered,
        spent=journal.spent,
        stopped=session.stopped,
        problems=tuple(Counter(entry.problem for entry in held).most_common()),
    )


class _Session:
    """The questions of one run: sent in threads, recorded in one."""

    def __init__(
        self,
        rubric: Rubric,
        client: Client,
        journal: Journal,
        budget: Budget,
        most_requests: int | None,
        at_once: int,
    ) -> None:
        self.rubric, self.client, self.journal, self.budget = rubric, client, journal, budget
        self.most_requests, self.at_once = most_requests, at_once
        self.asked = self.unanswered = self.sent = 0
        self.stopped = ""
        self.refused: EndpointError | None = None
        self.flying: dict[Future[Told], Question] = {}
        self.claimed: dict[str, float] = {}
        self.stop = threading.Event()

    def work(self, waiting: list[Question], progress: Progress | None) -> None:
        """Until everything is asked, or something stops it."""
        due = len(waiting)
        with ThreadPoolExecutor(self.at_once) as pool:
            try:
                while True:
                    self._send(waiting, pool)
                    if not self.flying:
                        break
                    done, _ = wait(self.flying, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._record(future)
                    if progress:
                        progress((self.asked + self.unanswered) / due)
            except KeyboardInterrupt:
                self.stopped = "interrupted"
                self.stop.set()
                for future in list(self.flying):
                    if not future.cancel():
                        self._record(future)

    def _send(self, waiting: list[Question], pool: ThreadPoolExecutor) -> None:
        """As many as may be in flight, and as the budget allows."""
        while waiting and len(self.flying) < self.at_once and not self.stopped:
            if self.refused is not None:
                return
            if self.most_requests is not None and self.sent >= self.most_requests:
                self.stopped = "requests"
                return
            question = waiting[0]
            worst = worst_cost(question, self.rubric)
            if not self.budget.claim(worst):
                if not self.flying:
                    self.stopped = "budget"
                return
            waiting.pop(0)
            self.sent += 1
            self.claimed[question.digest] = worst
            self.flying[pool.submit(self._ask, question)] = question

    def _ask(self, question: Question) -> Told:
        if self.stop.is_set():
            raise GaveUp("the run was stopped", 0)
        worst = worst_cost(question, self.rubric)

        def again() -> bool:
            if self.stop.is_set() or not self.budget.claim(worst):
                return False
            self.claimed[question.digest] += worst
            return True

        return self.client.ask(question, self.rubric, again)

    def _record(self, future: Future[Told]) -> None:
        """Write down what came, whatever it is."""
        question = self.flying.pop(future)
        worst = worst_cost(question, self.rubric)
        try:
            told = future.result()
        except GaveUp as error:
            self.journal.lost(question.digest, question.order, error.billed * worst, str(error))
            self.unanswered += 1
        except EndpointError as error:
            self.refused = error
            self.stop.set()
        else:
            reply = reply_of(told.body, self.rubric, question.order)
            cost = cost_of(reply, worst, self.rubric) + told.billed * worst
            self.journal.add(question.digest, question.order, reply, cost)
            self.asked += 1
        self.budget.settle(self.claimed.pop(question.digest), self.journal.spent)
