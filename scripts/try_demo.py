"""Starts `make demo` twice, waits until it serves, looks at its pages, and ends it.

`try_demo.py --first SECONDS --second SECONDS` fails where a start takes longer, or a page is
missing. The second start finds what the first one made. On a slower machine, by the yardstick of
the tests (tests/common/pace.py), a start may take as much longer.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "common"))
from pace import slower  # noqa: E402 - found beside the tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - loopback
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def start(limit: float) -> float:
    """Seconds from `make demo` to the first answer of /readyz."""
    limit *= slower()
    port, began = free_port(), time.monotonic()
    running = subprocess.Popen(["make", "demo", f"PORT={port}"], cwd=ROOT, start_new_session=True)
    try:
        while answer(f"http://127.0.0.1:{port}/readyz") != 200:
            if running.poll() is not None:
                sys.exit(f"make demo ended with {running.returncode} before it served.")
            if time.monotonic() - began > limit:
                sys.exit(f"make demo did not serve within {limit:g} s.")
            time.sleep(0.2)
        took = time.monotonic() - began
        if answer(f"http://127.0.0.1:{port}/account/login/") != 200:
            sys.exit("The demo serves no login page.")
        return took
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=float, required=True)
    parser.add_argument("--second", type=float, required=True)
    asked = parser.parse_args()
    print(f"First start of the demo: {start(asked.first):.1f} s", flush=True)
    print(f"Second start of the demo: {start(asked.second):.1f} s", flush=True)


if __name__ == "__main__":
    main()
