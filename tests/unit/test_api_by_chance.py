"""Whatever the description allows, and some of what it does not: answers are as it says."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from procurement_risk.server.api.operations import OPERATIONS
from procurement_risk.storage import open_store
from tests.support.api_examples import Served

CASES = 4
# A purchase may be in shape and still be somebody else's: what is valid is not always accepted.
LEFT_OUT = [positive_data_acceptance]

load_all_checks()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('api')}/store.sqlite3")
    yield Served(store)
    store.close()


@pytest.fixture(scope="module")
def described(served):
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", served.app)
    return {(found.method.upper(), found.path): found for found in _each(schema)}


def _each(schema):
    return (each.ok() for each in schema.get_all_operations())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.answer.__name__)
def test_an_answer_is_what_the_description_says(served, described, operation, mode):
    found = described[operation.method, operation.path]
    token = {"Authorization": f"Bearer {served.tokens['officer']}"}

    @settings(
        max_examples=CASES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=found.as_strategy(generation_mode=mode))
    def each(case):
        answer = case.call(headers=token)
        assert answer.status_code < 500
        case.validate_response(answer, excluded_checks=LEFT_OUT)

    each()


def test_an_answer_that_the_description_does_not_allow_is_found(described, served):
    """Or nothing above would be."""
    token = {"Authorization": f"Bearer {served.tokens['officer']}"}
    listed = described["GET", "/assessments"].Case().call(headers=token)
    other = described["GET", "/frameworks"].Case()
    with pytest.raises(FailureGroup, match="violates schema"):
        other.validate_response(listed, excluded_checks=LEFT_OUT, headers=token)
