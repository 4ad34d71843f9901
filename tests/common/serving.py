"""A server that a test has started: when it answers."""

import subprocess
import time
import urllib.request
from pathlib import Path


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it does; fails with its log where it ends before, or not within three minutes."""
    for _ in range(900):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer: {log.read_text()}")
