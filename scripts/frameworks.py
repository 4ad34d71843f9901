"""Writes the list of shipped frameworks into docs/frameworks.md, below its last heading."""

from pathlib import Path

from sextant.strategy.frameworks import shipped
from sextant.strategy.frameworks.reference import as_markdown

PAGE = Path(__file__).resolve().parent.parent / "docs/frameworks.md"
HEADING = "## The frameworks that come with Sextant\n"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before = text[: text.index(HEADING) + len(HEADING)]
    PAGE.write_text(f"{before}\n{as_markdown(shipped().values())}", encoding="utf-8")
    print("Wrote docs/frameworks.md")


if __name__ == "__main__":
    main()
