"""A bank's file as it comes in, read whole or refused with the line and the reason."""

import asyncio
import hashlib

from service.billing.bank.imports import ToldFile
from service.billing.bank.refusals import StatementRefused
from service.integrations.bank_statements import CsvMap, Encoding, StatementUnreadable, read_statements

MOST_BYTES = 32 * 1024 * 1024
_ONE_AT_A_TIME = asyncio.Semaphore(1)
"""A large file takes memory, and requests must be answered beside it."""


async def file_of(content: bytes, *, csv_map: CsvMap | None, encoding: Encoding | None) -> ToldFile:
    """The file's statements, whatever its format, a CSV by its account's map, and in the encoding that the caller says, where its bytes say none; raises StatementRefused."""
    async with _ONE_AT_A_TIME:
        try:
            statements = await asyncio.to_thread(read_statements, content, csv_map=csv_map, encoding=encoding)
        except StatementUnreadable as refused:
            raise StatementRefused(line=refused.line, reason=refused.reason, fault=refused.code) from refused
    return ToldFile(hashlib.sha256(content).digest(), statements[0].format if statements else "empty", statements)
