"""The wheel holds everything that the library needs at run time, and nothing beside it."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("sextant-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        info = {name.split(".dist-info/")[1] for name in archive.namelist() if "-info/" in name}
    written = {
        path.relative_to(ROOT / "src").as_posix()
        for package in ("sextant", "sextant_server")
        for path in (ROOT / "src" / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == written
    assert {"sextant/py.typed", "sextant_server/ui/static/ui/style.css"} <= packed
    assert {"licenses/LICENSE", "licenses/NOTICE", "entry_points.txt"} <= info
