"""The simulations live in `benchmarks/`, beside their long form."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
