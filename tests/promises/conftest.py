"""Who is told of promises reads it in a mailbox."""

from tests.notices.conftest import mailbox, work

__all__ = ["mailbox", "work"]
