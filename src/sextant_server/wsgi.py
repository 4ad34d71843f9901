"""The application for a WSGI server; `sextant serve` runs it in Granian."""

import os

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver

from sextant.strategy.frameworks import judge, shipped
from sextant.strategy.lifecycles import cycles, gates
from sextant.strategy.literacy import glossary, lessons, resources, roles, skills
from sextant.strategy.opportunities.industries import industries
from sextant.strategy.opportunities.patterns import patterns
from sextant_server.core.collector import calm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextant_server.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads every page before the first one is asked for
FILES = (glossary, lessons, resources, roles, skills, cycles, gates, shipped().values, patterns,
         industries)  # fmt: skip
for read in FILES:
    tuple(read())  # so does this with the files that pages are made of
for one in shipped().values():
    judge(one, {}, "high")  # the rule is worked out once
for name in ("stories/today.html", "products/page.html"):
    get_template(name)
calm()  # of what is loaded by now nothing becomes garbage
