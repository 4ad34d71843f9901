"""A product with evidence."""

import pytest
from examples import MET, contract_text

from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.sources.models import Source


@pytest.fixture
def evidence(story: Telling, source: Source) -> Evidence:
    return story.run(story.contract(contract_text(MET)), source).evidence


@pytest.fixture
def base(story: Telling) -> str:
    return f"/products/{story.product.slug}/"
