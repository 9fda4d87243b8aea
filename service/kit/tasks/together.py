"""What several runs of a round ask for alike is done in one transaction: most of what a small change costs is its transaction."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")
Do = Callable[[list[Any]], Coroutine[Any, Any, list[Any]]]


class Together:
    """Gathers what is asked for in one turn of the loop."""

    def __init__(self) -> None:
        self._asked: dict[tuple[UUID, object], list[tuple[Any, asyncio.Future[Any]]]] = {}
        self._doing: set[asyncio.Task[None]] = set()

    async def ask(self, organisation_id: UUID, rule: object, item: T, *, do: Do) -> Any:
        """The answer to this item; `do` answers for several, in order. Raises what `do` does."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        asked = self._asked.setdefault((organisation_id, rule), [])
        asked.append((item, answer))
        if len(asked) == 1:
            loop.call_soon(self._begin, (organisation_id, rule), do)
        return await answer

    def _begin(self, key: tuple[UUID, object], do: Do) -> None:
        doing = asyncio.create_task(self._answer(self._asked.pop(key), do))
        self._doing.add(doing)
        doing.add_done_callback(self._doing.discard)

    async def _answer(self, asked: list[tuple[Any, asyncio.Future[Any]]], do: Do) -> None:
        [done] = await asyncio.gather(do([item for item, _ in asked]), return_exceptions=True)
        if isinstance(done, BaseException) and len(asked) > 1:  # one of them may be why: each by itself
            for one in asked:
                await self._answer([one], do)
        elif isinstance(done, BaseException):
            [(_, answer)] = asked
            if not answer.done():
                answer.set_exception(done)
        else:
            for (_, answer), answered in zip(asked, done, strict=True):
                if not answer.done():
                    answer.set_result(answered)
