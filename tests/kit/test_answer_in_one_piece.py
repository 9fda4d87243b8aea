"""An answer leaves in one piece, and one longer than is held back still arrives whole."""

import asyncio

import httpx

from tests.world import World


async def test_head_and_body_of_an_answer_arrive_together(served: httpx.AsyncClient) -> None:
    reader, writer = await asyncio.open_connection(served.base_url.host, served.base_url.port)
    for _ in range(20):
        writer.write(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        piece = await reader.read(65536)
        head, _, body = piece.partition(b"\r\n\r\n")
        assert (head[:15], body[:1]) == (b"HTTP/1.1 200 OK", b"{")
    writer.close()


async def test_a_long_answer_arrives_whole(served: httpx.AsyncClient, world: World) -> None:
    document = await served.get("/openapi.json")
    assert len(document.content) > 1_000_000
    assert document.content == (await world.get("/openapi.json")).content
