"""A list of nothing is a list only where what it is of is there; a list of something asks nothing more."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import NotFound

ADA = uuid4()


async def rows_of(customer_id: UUID, rows: list[int]) -> tuple[Any, list[UUID]]:
    """What is answered as a list and as a page, and who was looked for meanwhile."""
    looked_for: list[UUID] = []

    async def find(work: Any, *, customer_id: UUID, texted: bool = False) -> None:
        looked_for.append(customer_id)
        if customer_id != ADA:
            raise NotFound

    @under(find)
    async def listed(work: Any, *, customer_id: UUID, limit: int) -> list[int]:
        return rows[:limit]

    @under(find)
    async def paged(work: Any, *, customer_id: UUID, limit: int) -> Page[int]:
        return Page(rows[:limit])

    nothing: Any = None
    answers = [await listed(nothing, customer_id=customer_id, limit=5), (await paged(nothing, customer_id=customer_id, limit=5)).items]
    return answers, looked_for


async def test_a_list_of_something_asks_nothing_more() -> None:
    assert await rows_of(ADA, [1, 2]) == ([[1, 2], [1, 2]], [])
    assert await rows_of(uuid4(), [1]) == ([[1], [1]], [])


async def test_a_list_of_nothing_is_one_where_whose_it_is_is_there() -> None:
    assert await rows_of(ADA, []) == ([[], []], [ADA, ADA])


async def test_a_list_of_nobodys_is_not_found() -> None:
    with pytest.raises(NotFound):
        await rows_of(uuid4(), [])
