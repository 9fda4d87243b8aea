"""Passwords: Argon2id (RFC 9106) with the parameters OWASP names, two at a time and never on the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
"""Argon2 releases the interpreter: a herd of sign-ins waits here instead of taking every core and all memory."""

_NOBODY = _HASHER.hash("", salt=b"\0" * 16)


async def hashed(password: str, *, salt: bytes) -> str:
    """What is kept of a password."""
    return await asyncio.get_running_loop().run_in_executor(_AT_ONCE, lambda: _HASHER.hash(password, salt=salt))


async def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is that password; without a hash it takes as long and is False."""
    right = await asyncio.get_running_loop().run_in_executor(_AT_ONCE, _verified, password_hash or _NOBODY, password)
    return right and password_hash is not None


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
