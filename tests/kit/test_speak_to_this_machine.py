"""No test reaches the outside, by whatever socket; the loopback answers."""

import asyncio
import socket

import pytest

OUTSIDE = "192.0.2.1"  # TEST-NET-1 (RFC 5737): nobody


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_socket_to_the_outside_is_refused(kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as one, pytest.raises(pytest.fail.Exception, match=OUTSIDE):
        one.connect((OUTSIDE, 9))


def test_so_is_a_word_sent_without_one() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, pytest.raises(pytest.fail.Exception, match=OUTSIDE):
        one.sendto(b"?", (OUTSIDE, 9))


async def test_so_is_what_the_service_connects_by() -> None:
    with pytest.raises(pytest.fail.Exception, match=OUTSIDE):
        await asyncio.open_connection(OUTSIDE, 9)


def test_the_loopback_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5) as one:
        assert one.getpeername() == server.getsockname()
