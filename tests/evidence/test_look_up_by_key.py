"""What a pack tells of forecasts and mails is looked up by key, however many other matters the company has."""

import json
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from service.evidence.queries import ALL_THERE_IS, FORECASTS_TOLD, NOTICES_TOLD
from service.kit.sql import Query
from tests.kit.test_plan_by_key import by_key, reads


@pytest.mark.parametrize("query", [ALL_THERE_IS, FORECASTS_TOLD, NOTICES_TOLD], ids=lambda query: query.name)
async def test_no_organisation_is_read_through_from_the_first_row_on(empty: asyncpg.Connection, query: Query[Any]) -> None:
    settings = f"plan_cache_mode = force_generic_plan; set sayso.organisation = '{uuid4()}'; set enable_seqscan = off"
    await empty.execute(f"set role sayso_service; set {settings}")
    await empty.execute(f"prepare reading as {query.text}")
    [row] = await empty.fetch(f"explain (format json) execute reading ({', '.join('null' for _ in query.parameters)})")
    [plan] = json.loads(row[0])
    assert [one for one in reads(plan["Plan"]) if not by_key(one)] == []
