"""What the document declares, by schemathesis: requests made from it, and answers judged by it. Loaded by whoever asks, since loading it takes a second."""

import contextlib
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.document import DOCUMENT

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = {
    operation.definition.raw["operationId"]: operation
    for operation in (one.ok() for one in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations())
}
FAULTS = (AssertionError, schemathesis.errors.SchemathesisError, BaseExceptionGroup)
"""What `judge` raises."""


def judge(case: Any, answer: httpx.Response) -> None:
    """Raises where the answer isn't one that the document declares for the case."""
    case.validate_response(schemathesis.Response.from_httpx(answer, verify=False), checks=CHECKS)


def cases(operation: str, examples: int, first: int) -> list[Any]:
    """What is made for an operation from the seed `first`, both what fits its schemas and what doesn't."""
    made: list[Any] = []
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    for mode in modes:
        strategy = OPERATIONS[operation].as_strategy(generation_mode=mode)

        @seed(first)
        @settings(max_examples=examples, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(strategy)
        def collect(case: Any) -> None:
            made.append(case)

        with contextlib.suppress(Unsatisfiable):  # an address without anything to get wrong can't be asked wrongly
            collect()
    return made
