"""The application for a WSGI server; `sextant serve` runs it in Granian."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from sextant.strategy.frameworks import shipped
from sextant.strategy.lifecycles import cycles, gates
from sextant.strategy.literacy import glossary, lessons, resources, roles, skills

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextant_server.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads every page before the first one is asked for
for read in (glossary, lessons, resources, roles, skills, cycles, gates, shipped().values):
    tuple(read())  # so does this with the files that pages are made of
