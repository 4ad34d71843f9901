"""Ways to make decisions fairer, each fitted on some rows and applied to others.

Thresholds per group (Hardt, Price and Srebro 2016) and reductions (Agarwal et al. 2018) are
Fairlearn's; reweighing is Kamiran and Calders' (2012), with the weights P(g) P(y) / P(g, y).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sextant.lab.needs import needed

Array = NDArray[Any]
Needs = Literal["scores", "features"]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows: labels 0 or 1, groups as text, scores where there are any, features [rows, columns]."""

    y: Array
    group: Array
    score: Array | None
    features: Any


@dataclass(frozen=True, slots=True)
class Way:
    """A way of mitigation: what it aims at (a definition's name), what it needs, how it decides.

    `decide(fit, test, threshold, estimator, seed)` gives decisions 0 or 1 for the rows of `test`.
    """

    name: str
    title: str
    aims_at: str
    needs: Needs
    decide: Callable[[Part, Part, float, Any, int], Array]


def _thresholds(constraint: str) -> Callable[[Part, Part, float, Any, int], Array]:
    def decide(fit: Part, test: Part, threshold: float, estimator: Any, seed: int) -> Array:
        (optimizer,) = needed("fairlearn.postprocessing", "ThresholdOptimizer")
        assert fit.score is not None
        assert test.score is not None
        found = optimizer(
            estimator=_given(), constraints=constraint, objective="accuracy_score",
            prefit=True, predict_method="predict",
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that the scores' estimator is not fitted
            found.fit(fit.score.reshape(-1, 1), fit.y, sensitive_features=fit.group)
            decided = found.predict(
                test.score.reshape(-1, 1), sensitive_features=test.group, random_state=seed
            )
        return np.asarray(decided).astype(int)

    return decide


def _reductions(constraint: str) -> Callable[[Part, Part, float, Any, int], Array]:
    def decide(fit: Part, test: Part, threshold: float, estimator: Any, seed: int) -> Array:
        gradient, moment = needed("fairlearn.reductions", "ExponentiatedGradient", constraint)
        found = gradient(estimator, moment(), max_iter=20)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.fit(fit.features, fit.y, sensitive_features=fit.group)
            decided = found.predict(test.features, random_state=seed)
        return np.asarray(decided).astype(int)

    return decide


def _reweighing(fit: Part, test: Part, threshold: float, estimator: Any, seed: int) -> Array:
    (clone,) = needed("sklearn.base", "clone")
    model = clone(estimator)
    model.fit(fit.features, fit.y, sample_weight=weights(fit.y, fit.group))
    return np.asarray(model.predict_proba(test.features)[:, 1] >= threshold).astype(int)


def weights(y: Array, group: Array) -> Array:
    """P(g) P(y) / P(g, y) per row: under them label and group are independent."""
    found = np.zeros(y.size)
    for g in np.unique(group):
        for label in (0, 1):
            cell = (group == g) & (y == label)
            if cell.any():
                found[cell] = (group == g).mean() * (y == label).mean() / cell.mean()
    return found


def plain(fit: Part, test: Part, threshold: float, estimator: Any) -> Array:
    """What the estimator decides without any mitigation: the *before* of rows without scores."""
    (clone,) = needed("sklearn.base", "clone")
    model = clone(estimator).fit(fit.features, fit.y)
    return np.asarray(model.predict_proba(test.features)[:, 1] >= threshold).astype(int)


def _given() -> Any:
    """An estimator whose prediction is the score that it is given."""
    base, classifier = needed("sklearn.base", "BaseEstimator", "ClassifierMixin")

    class Given(classifier, base):  # type: ignore[misc,valid-type]
        classes_ = np.array([0, 1])

        def fit(self, x: Array, y: Array) -> Any:
            return self

        def predict(self, x: Array) -> Array:
            return np.asarray(x).reshape(-1)

    return Given()


WAYS = (
    Way("thresholds_demographic_parity", "Thresholds per group, equal selection",
        "demographic_parity_difference", "scores", _thresholds("demographic_parity")),
    Way("thresholds_true_positive_rate", "Thresholds per group, equal recall",
        "equal_opportunity_difference", "scores", _thresholds("true_positive_rate_parity")),
    Way("thresholds_equalized_odds", "Thresholds per group, equal errors",
        "equalized_odds_difference", "scores", _thresholds("equalized_odds")),
    Way("reductions_demographic_parity", "Trained for equal selection",
        "demographic_parity_difference", "features", _reductions("DemographicParity")),
    Way("reductions_equalized_odds", "Trained for equal errors",
        "equalized_odds_difference", "features", _reductions("EqualizedOdds")),
    Way("reweighing", "Trained on reweighed rows",
        "demographic_parity_difference", "features", _reweighing),
)  # fmt: skip


def usual_estimator() -> Any:
    """Boosted trees, which take numbers with gaps and sample weights as they are."""
    (forest,) = needed("sklearn.ensemble", "HistGradientBoostingClassifier")
    return forest(max_iter=60, random_state=0)
