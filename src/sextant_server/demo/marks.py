"""The files by which a demonstration's folder is known; without Django, to be read before it."""

from __future__ import annotations

BEGUN, WHOLE = "demo-begun", "demo.json"
