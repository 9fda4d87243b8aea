"""`db/schema.sql` says what the migrations make."""

from tests.schema import FILE, dumped


async def test_the_written_schema_is_what_the_migrations_come_to(postgres: str) -> None:
    assert FILE.read_text(encoding="utf-8") == await dumped(postgres), "the migrations changed: run `make schema` and commit db/schema.sql"
