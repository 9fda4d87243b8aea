"""Plans that PostgreSQL keeps are made anew once their tables have grown."""

from collections import Counter
from typing import Any, Final

RENEWED_AT: Final = 16
"""At that use of a connection, and at each fourfold after it."""
# While a table is small any index looks as good as the right one, and a plan that took the wrong one reads ever more rows of it.
# Below the first oid that PostgreSQL gives to anybody else stand its own catalogues.
OUTGROWN: Final = """
select exists (select from pg_class where oid >= 16384 and relkind = 'r' and pg_relation_size(oid) > 8192 * greatest(10, 4 * relpages))
"""


class Plans:
    """How often each connection was used; once PostgreSQL has counted the tables itself, it forgets plans by itself."""

    def __init__(self) -> None:
        self._uses: Counter[int] = Counter()

    async def renew(self, connection: Any) -> None:
        """Forgets the connection's plans where a table has outgrown its statistics, at uses ever further apart. Raises asyncpg.PostgresError."""
        backend = connection.get_server_pid()
        self._uses[backend] += 1
        uses = self._uses[backend]
        if uses >= RENEWED_AT and uses.bit_count() == 1 and uses.bit_length() % 2 and await connection.fetchval(OUTGROWN):
            await connection.execute("DISCARD PLANS")
