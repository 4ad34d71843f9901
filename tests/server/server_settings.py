"""The server's settings for tests: a folder of their own, quick hashes, mail in memory."""

import os
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("SEXTANT_")]:
    if _name not in ("SEXTANT_SHARED_DATA", "SEXTANT_TEST_DATABASE_URL"):
        del os.environ[_name]
os.environ["DATABASE_URL"] = os.environ.get("SEXTANT_TEST_DATABASE_URL", "")
os.environ["SEXTANT_SECRET_KEY"] = "for tests alone: abcdefghijklmnopqrstuvwxyz0123456789"
os.environ["SEXTANT_DATA"] = os.environ.get("TEST_DATA") or tempfile.mkdtemp(
    prefix="sextant-tests-"
)
os.environ["SEXTANT_MAIL_URL"] = "smtp://localhost"
os.environ["SEXTANT_LOG_LEVEL"] = "ERROR"

from sextant_server.settings import *  # noqa: E402, F403

Path(os.environ["SEXTANT_DATA"]).mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
