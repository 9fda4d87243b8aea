"""Who helps a customer, for whoever holds a link of theirs."""

from service.customers.queries import FIND_HELP
from service.customers.records import Help
from service.kit.database import Database


async def find_help(database: Database, *, token_hash: bytes) -> Help | None:
    """Who helps them and what they are asked for, before any organisation is known; None for whoever is no customer any more."""
    return await database.look_up(FIND_HELP, token_hash=token_hash)
