"""The bets of the tests are made in `bets_by_hand.py`, beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
