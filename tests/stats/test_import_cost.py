"""The slow parts of SciPy stay out of the import."""

import subprocess
import sys


def test_statistics_import_neither_scipy_stats_nor_optimize() -> None:
    code = (
        "import sys\n"
        "from sextant.stats import auc, fscore, groups, mean, needed, quantile\n"
        "from sextant.stats import rate, ratio_of_means, weighted\n"
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
