"""Sextant: steer an AI product by evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "CalibrationResult",
    "CleanResult",
    "ComparisonResult",
    "DriftResult",
    "EnoughResult",
    "EstimateResult",
    "FairnessResult",
    "JudgeResult",
    "MitigationResult",
    "ProbeResult",
    "ProfileResult",
    "ReportedRates",
    "Result",
    "TallyResult",
    "ThresholdResult",
    "TradeoffResult",
    "WeakSegments",
    "baseline",
    "calibration",
    "check",
    "clean",
    "compare",
    "drift",
    "enough",
    "estimate",
    "evaluate",
    "fairness",
    "fairness_counts",
    "judge",
    "label_next",
    "mitigate",
    "probe",
    "profile",
    "run_judge",
    "suggest_recipe",
    "tally",
    "thresholds",
    "tradeoff",
    "weak_segments",
]
MODULES = {
    "baseline": "baselines",
    "CleanResult": "cleaning",
    "clean": "cleaning",
    "suggest_recipe": "cleaning",
    "ComparisonResult": "comparison",
    "compare": "comparison",
    "DriftResult": "drifting",
    "drift": "drifting",
    "EnoughResult": "sizing",
    "enough": "sizing",
    "EstimateResult": "estimating",
    "estimate": "estimating",
    "FairnessResult": "fairness_review",
    "WeakSegments": "segment_search",
    "weak_segments": "segment_search",
    "fairness": "fairness_review",
    "ProfileResult": "profiling",
    "profile": "profiling",
    "ProbeResult": "probing",
    "probe": "probing",
    "ReportedRates": "fairness_reported",
    "fairness_counts": "fairness_reported",
    "MitigationResult": "mitigating",
    "mitigate": "mitigating",
    "JudgeResult": "judging",
    "judge": "judging",
    "label_next": "judging",
    "TallyResult": "tallying",
    "tally": "tallying",
    "ThresholdResult": "thresholding",
    "thresholds": "thresholding",
    "run_judge": "judge_runs",
    "CalibrationResult": "calibrating",
    "calibration": "calibrating",
    "TradeoffResult": "trading",
    "tradeoff": "trading",
}

if TYPE_CHECKING:
    from sextant.api import Result, check, evaluate
    from sextant.baselines import baseline
    from sextant.calibrating import CalibrationResult, calibration
    from sextant.cleaning import CleanResult, clean, suggest_recipe
    from sextant.comparison import ComparisonResult, compare
    from sextant.drifting import DriftResult, drift
    from sextant.estimating import EstimateResult, estimate
    from sextant.fairness_reported import ReportedRates, fairness_counts
    from sextant.fairness_review import FairnessResult, fairness
    from sextant.judge_runs import run_judge
    from sextant.judging import JudgeResult, judge, label_next
    from sextant.mitigating import MitigationResult, mitigate
    from sextant.probing import ProbeResult, probe
    from sextant.profiling import ProfileResult, profile
    from sextant.segment_search import WeakSegments, weak_segments
    from sextant.sizing import EnoughResult, enough
    from sextant.tallying import TallyResult, tally
    from sextant.thresholding import ThresholdResult, thresholds
    from sextant.trading import TradeoffResult, tradeoff


def __getattr__(name: str) -> Any:
    """Import the engine only when it is asked for: `import sextant` stays instant."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"sextant.{MODULES.get(name, 'api')}"), name)
    raise AttributeError(f"module 'sextant' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
