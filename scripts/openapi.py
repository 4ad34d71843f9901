"""Writes the API's description to docs/openapi.json, to be reviewed with its change."""

import json
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    sys.path.insert(0, str(ROOT / "tests/server"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "server_settings"
    django.setup()
    from sextant_server.api.root import schema

    text = json.dumps(schema(), indent=1, ensure_ascii=False)
    (ROOT / "docs/openapi.json").write_text(text + "\n", encoding="utf-8")
    print("Wrote docs/openapi.json")


if __name__ == "__main__":
    main()
