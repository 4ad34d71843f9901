"""Writes the logins of the account takeover check: simulated, since no shop publishes its own.

`python demo/takeover/make_logins.py` draws 280 takeovers and 39,720 honest logins, scores them by a
logistic regression that was fitted on other draws, and writes logins.parquet beside itself. The
seeds are fixed, so the file is always the same. As a real record of cases would, it holds every
takeover and only a sample of the honest logins: in the shop 14 of 100,000 logins are takeovers.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
TAKEOVERS, HONEST = 280, 39_720
SIGNALS = ("address_risk", "new_device", "new_country", "failed_attempts", "at_night")


def logins(takeovers: int, honest: int, seed: int) -> dict[str, np.ndarray]:
    """What is known of each login when it happens, who it is, and whether it was a takeover."""
    rng = np.random.default_rng(seed)
    n = takeovers + honest
    stolen = np.repeat([True, False], [takeovers, honest])
    traveller = rng.random(n) < 0.08
    abroad = traveller & (rng.random(n) < 0.35)
    risk = np.where(stolen, rng.beta(2.6, 1.6, n), rng.beta(1.1, 7.0, n))
    risk = np.where(abroad, np.clip(risk + rng.beta(2, 5, n), 0, 1), risk)
    table = {
        "address_risk": np.round(100 * risk).astype(np.int16),
        "new_device": rng.random(n) < np.where(stolen, 0.86, np.where(abroad, 0.30, 0.07)),
        "new_country": rng.random(n) < np.where(stolen, 0.55, np.where(abroad, 0.90, 0.01)),
        "failed_attempts": rng.poisson(np.where(stolen, 1.9, 0.25)).astype(np.int16),
        "at_night": rng.random(n) < np.where(stolen, 0.45, 0.12),
        "customer": np.where(rng.random(n) < 0.15, "business", "private"),
        "travels": np.where(traveller, "travels for work", "stays"),
        "takeover": stolen,
    }
    order = rng.permutation(n)
    return {name: column[order] for name, column in table.items()}


def signals(table: dict[str, np.ndarray]) -> np.ndarray:
    return np.column_stack([table[name].astype(float) for name in SIGNALS])


def main() -> None:
    past = logins(TAKEOVERS, HONEST, seed=20260401)
    model = LogisticRegression(C=1.0, max_iter=1000, class_weight="balanced")
    scale = signals(past).std(axis=0)
    model.fit(signals(past) / scale, past["takeover"])
    table = logins(TAKEOVERS, HONEST, seed=20261001)
    score = model.predict_proba(signals(table) / scale)[:, 1]
    table["score_permille"] = np.round(1000 * score).astype(np.int16)
    path = HERE / "logins.parquet"
    pq.write_table(pa.table(table), path, compression="zstd", compression_level=19)
    print(f"{path.name}: {len(score)} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
