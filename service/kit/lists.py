"""A list of what belongs to something is found only where that something is."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from service.kit.verbs import Work

P = ParamSpec("P")
T = TypeVar("T")
ListRule = Callable[Concatenate[Work, P], Coroutine[Any, Any, T]]


def under(find: Callable[..., Awaitable[Any]]) -> Callable[[ListRule[P, T]], ListRule[P, T]]:
    """Declares what a list's rows belong to: `find` reads it by those of the list's own values that it is found by, and raises what it raises by itself.

    Asked only where the list is empty, so that a list with anything in it costs nothing more.
    """
    names = [
        name for name, one in signature(find).parameters.items() if one.kind is Parameter.KEYWORD_ONLY and one.default is Parameter.empty
    ]

    def declared(rule: ListRule[P, T]) -> ListRule[P, T]:
        @wraps(rule)
        async def listed(work: Work, /, *args: P.args, **values: P.kwargs) -> T:
            answer = await rule(work, *args, **values)
            if not getattr(answer, "items", answer):
                await find(work, **{name: values[name] for name in names})
            return answer

        return listed

    return declared
