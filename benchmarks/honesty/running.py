"""Runs jobs and appends what came out; a job that stands in the results is not run again."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from benchmarks.honesty.drawing import tables
from benchmarks.honesty.peers import OURS, WORKERS, Peer
from benchmarks.honesty.points import LENGTH, Point

RESULTS = Path(__file__).parents[1] / "results" / "honesty.jsonl"
QUIET = {"DO_NOT_TRACK": "1", "NML_DISABLE_USAGE_LOGGING": "1", "WHYLOGS_NO_ANALYTICS": "True"}
"""Peers that report their use are asked not to."""
CHECKED = 4
"""In one of so many situations a worker with a shorter way also goes the long one."""


class WorkerError(RuntimeError):
    """A worker did not start, or died."""


class Worker:
    """A process in a peer's own environment: a line of JSON in, a line of JSON out."""

    def __init__(self, peer: Peer, folder: Path) -> None:
        self.peer = peer
        self.told = (folder / f"{peer.name}.err").open("w+")
        path = {} if peer.name != OURS else {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        self.process = subprocess.Popen(
            [str(peer.python), str(WORKERS / peer.worker)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.told, text=True,
            env=kept | QUIET | path,
        )  # fmt: skip
        self.version = str(self._answer()["version"])

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The alarms of one job. Raises `WorkerError` with the last words of a dead worker."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
        self.told.close()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.told.seek(0)
            last = (self.told.read().strip().splitlines() or ["it said nothing"])[-1]
            raise WorkerError(f"{self.peer.name} did not answer: {last}")
        found: dict[str, Any] = json.loads(line)
        return found


def run(
    points: Sequence[Point],
    peers: Iterable[Peer],
    rounds: int,
    seed: int,
    minutes: float,
    results: Path = RESULTS,
) -> None:
    """Round after round over all points, until all are there or the time is up."""
    end = time.monotonic() + 60 * minutes
    done = _done(results, seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workers: dict[str, Worker] = {}
        try:
            for batch, point, asked in _order(points, list(peers), rounds):
                missing = [one for one in asked if (point.key, batch, one.name) not in done]
                if not missing:
                    continue
                if time.monotonic() > end:
                    print(f"Time is up in batch {batch}; run again to go on.")
                    return
                _job(point, batch, seed, missing, workers, folder, results)
        finally:
            for worker in workers.values():
                worker.close()


def _order(
    points: Sequence[Point], peers: Sequence[Peer], rounds: int
) -> Iterator[tuple[int, Point, list[Peer]]]:
    """In each round those that are fast first, over all points; then those that take fewer."""
    for at in range(rounds):
        for every in sorted({one.every for one in peers}):
            asked = [one for one in peers if one.every == every]
            for point in points:
                for batch in range(at * point.times, (at + 1) * point.times):
                    if batch % every == 0:
                        yield batch, point, asked


def _job(
    point: Point, batch: int, seed: int, peers: Sequence[Peer], workers: dict[str, Worker],
    folder: Path, results: Path,
) -> None:  # fmt: skip
    """Draws the tables of a point once and asks every peer."""
    paths = [str(folder / f"{side}.parquet") for side in ("reference", "current")]
    for table, path in zip(tables(point, batch, seed), paths, strict=True):
        pq.write_table(table, path, compression="none")
    request = {
        "reference": paths[0], "current": paths[1], "together": point.together,
        "check": batch == 0 and zlib.crc32(point.key.encode()) % CHECKED == 0,
        "rows": point.current, "run_length": LENGTH if point.looks > 1 else None,
    }  # fmt: skip
    for peer in peers:
        if peer.name not in workers:
            workers[peer.name] = Worker(peer, folder)
        worker = workers[peer.name]
        started = time.monotonic()
        answer = worker.ask(request)
        line = {
            "point": point.key, "batch": batch, "seed": seed, "peer": peer.name,
            "version": worker.version, "seconds": round(time.monotonic() - started, 2),
            "alarms": _short(answer["alarms"]),
        }  # fmt: skip
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
        print(f"{point.key} | batch {batch} | {peer.name} {line['seconds']} s", flush=True)


def _short(alarms: Mapping[str, list[list[str]]]) -> dict[str, list[list[int]]]:
    """Columns by their numbers, by method and look."""
    return {
        method: [sorted(int(name.removeprefix("c")) for name in look) for look in looks]
        for method, looks in alarms.items()
    }


def _done(results: Path, seed: int) -> set[tuple[str, int, str]]:
    return {
        (one["point"], one["batch"], one["peer"]) for one in read(results) if one["seed"] == seed
    }


def read(results: Path = RESULTS) -> list[dict[str, Any]]:
    """Every finished job; a line that was cut off by an interruption is run again."""
    if not results.exists():
        return []
    lines = results.read_text(encoding="utf-8").splitlines()
    if lines and not lines[-1].endswith("}"):
        lines.pop()
        results.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [json.loads(line) for line in lines]
