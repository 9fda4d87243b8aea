"""What a check finds, and why one may stop."""

from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """Something that doesn't hold."""

    code: str
    detail: str


class Finding(NamedTuple):
    """One check and what it found; nothing is that it holds."""

    check: str
    faults: list[Fault]


class Unreadable(Exception):
    """What can't be checked any further, with why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.fault = Fault(code, detail)


def finding(check: str, faults: Iterable[Fault]) -> Finding:
    """What a check finds; whoever signs can write what no check expects, and that doesn't hold either."""
    try:
        return Finding(check, list(faults))
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        return Finding(check, [Fault("PACK_INVALID", f"something is written otherwise than it is ever written ({type(error).__name__})")])
