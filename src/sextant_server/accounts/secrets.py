"""Keys that are shown once and kept as digests.

They are 256 random bits, so that one fast hash is enough: nothing can be guessed from it.
"""

from __future__ import annotations

import hashlib
import secrets

TOKEN = "sxt_"  # noqa: S105 - the beginning by which scanners of source code find a token
LENGTH = 32


def new_key(prefix: str = "") -> str:
    """A fresh key as text."""
    return prefix + secrets.token_urlsafe(LENGTH)


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
