"""Tells a network access server, by RADIUS (RFC 5176), to change a session's filter or to end the session, and reads its answer.

One call is one request. What is sent again within it is the same packet, byte for byte, from the same port; another call is another packet from another
port, so that no late answer is taken for this one's. Nothing of RADIUS is encrypted: a target is one that the operator vouches for.
"""

import asyncio
import secrets
import struct
from datetime import datetime
from ipaddress import IPv4Address, ip_address
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import msgspec
from pyrad.packet import (  # type: ignore[import-untyped]
    CoAACK,
    CoANAK,
    CoAPacket,
    CoARequest,
    DisconnectACK,
    DisconnectNAK,
    DisconnectRequest,
    PacketError,
)

from service.integrations.targets import Target

ServiceState = Literal["active", "suspended", "ended"]
State = Literal["confirmed", "refused", "unavailable", "unknown"]

USER_NAME, NAS_IP_ADDRESS, FILTER_ID, NAS_IDENTIFIER, EVENT_TIMESTAMP, NAS_IPV6_ADDRESS, ERROR_CAUSE = 1, 4, 11, 32, 55, 95, 101
"""Attributes by their numbers (RFC 2865, RFC 2869, RFC 3162, RFC 5176)."""
NO_SESSION = 503
CAUSES = {
    201: "Residual-Session-Context-Removed",
    202: "Invalid-EAP-Packet",
    401: "Unsupported-Attribute",
    402: "Missing-Attribute",
    403: "NAS-Identification-Mismatch",
    404: "Invalid-Request",
    405: "Unsupported-Service",
    406: "Unsupported-Extension",
    407: "Invalid-Attribute-Value",
    501: "Administratively-Prohibited",
    502: "Request-Not-Routable",
    NO_SESSION: "Session-Context-Not-Found",
    504: "Session-Context-Not-Removable",
    505: "Other-Proxy-Processing-Error",
    506: "Resources-Unavailable",
    507: "Request-Initiated",
    508: "Multiple-Session-Selection-Unsupported",
}
"""Error-Cause by number (RFC 5176, section 3.6)."""
SENT_AFTER_S = (0.0, 2.0, 6.0)
"""When the packet is sent, and sent again while nothing answers."""
ANSWERED_WITHIN_S = 10.0
LONGEST_VALUE = 253
OPTIONS = frozenset({"organisation", "nas", "active", "suspended"})
SHAPE = (
    "SAYSO_PROVISIONING_URL by RADIUS is radius://host:3799, with any of ?nas= (an address or a name), &active= and &suspended= (names of filters), "
    "and &organisation= (the id of the one whose references are the names its customers sign in with)."
)


class RadiusMalformed(Exception):
    """The setting isn't the address of a RADIUS server."""


class RadiusNetwork(msgspec.Struct, frozen=True, kw_only=True):
    """What an order becomes: with a filter for its state a change of authorisation, without one the session's end."""

    organisation: UUID | None = None
    """Whose services alone it runs; their references are the user names. Without it, a service's id is."""
    nas: str | None = None
    """Which server behind a proxy is meant."""
    active: str | None = None
    suspended: str | None = None

    def filter_of(self, state: ServiceState) -> str | None:
        """The filter that a session in this state is put under; None where the session is ended, so that its user signs in anew."""
        return {"active": self.active, "suspended": self.suspended, "ended": None}[state]

    def user_of(self, *, subscription_id: UUID, reference: str | None) -> str:
        """The name its user signs in with: references are unique within one organisation only, ids everywhere."""
        return reference if self.organisation is not None and reference is not None else str(subscription_id)


class RadiusAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How one request ended.

    `confirmed`: ACK, or there was no session to end. `refused`: NAK, whose Error-Cause is in `said` by number and word. `unavailable`: the host says that nobody
    listens. `unknown`: sent, and no answer of the server's came in time; what wasn't signed by the secret isn't an answer.
    """

    state: State
    said: str = ""


def read_radius(url: str) -> RadiusNetwork:
    """The network behind a `radius://` URL; raises RadiusMalformed. Its host and port are `resolve_target`'s to judge."""
    given = urlsplit(url)
    pairs = parse_qsl(given.query, keep_blank_values=True)
    options = dict(pairs)
    values = [value for _, value in pairs]
    if (
        given.path not in {"", "/"}
        or given.fragment
        or len(options) < len(pairs)
        or options.keys() - OPTIONS
        or not all(0 < len(value.encode()) <= LONGEST_VALUE for value in values)
    ):
        raise RadiusMalformed(SHAPE)
    try:
        return msgspec.convert(options, RadiusNetwork)
    except msgspec.ValidationError:
        raise RadiusMalformed(SHAPE) from None


def make_request(network: RadiusNetwork, *, state: ServiceState, user: str, identifier: int, at: datetime, secret: str) -> Any:
    """The packet that asks for this state: signed, dated, and about this user's sessions."""
    wanted = network.filter_of(state)
    packet = CoAPacket(
        code=DisconnectRequest if wanted is None else CoARequest, id=identifier, secret=secret.encode(), message_authenticator=True
    )
    packet[USER_NAME] = [user.encode()]
    if network.nas is not None:
        kind, value = _nas(network.nas)
        packet[kind] = [value]
    if wanted is not None:
        packet[FILTER_ID] = [wanted.encode()]
    packet[EVENT_TIMESTAMP] = [struct.pack("!I", int(at.timestamp()))]
    return packet


def _nas(name: str) -> tuple[int, bytes]:
    try:
        address = ip_address(name)
    except ValueError:
        return NAS_IDENTIFIER, name.encode()
    return (NAS_IP_ADDRESS if isinstance(address, IPv4Address) else NAS_IPV6_ADDRESS), address.packed


class _Waiting(asyncio.DatagramProtocol):
    """Takes the first answer that is signed for this request; everything else is as if it hadn't come."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.answer: asyncio.Future[RadiusAnswer] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, _addr: object) -> None:
        if (answer := read_answer(self.request, data)) is not None and not self.answer.done():
            self.answer.set_result(answer)

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, ConnectionRefusedError) and not self.answer.done():
            self.answer.set_result(RadiusAnswer(state="unavailable", said="Nobody listens there."))


def read_answer(request: Any, data: bytes) -> RadiusAnswer | None:
    """What a datagram answers to this request; None where it isn't an answer to it, or not by whoever has the secret."""
    try:
        reply = request.CreateReply(packet=data)
    except PacketError:
        return None
    ending = request.code == DisconnectRequest
    yes, no = (DisconnectACK, DisconnectNAK) if ending else (CoAACK, CoANAK)
    if reply.code not in {yes, no} or not request.VerifyReply(reply, data):
        return None
    if reply.code == yes:
        return RadiusAnswer(state="confirmed")
    said = reply.get(ERROR_CAUSE, [b""])[0]
    cause = int.from_bytes(said) if len(said) == 4 else 0
    words = f"{cause} {CAUSES.get(cause, 'Error-Cause')}" if cause else "without Error-Cause"
    return RadiusAnswer(state="confirmed" if ending and cause == NO_SESSION else "refused", said=words)


async def send_radius(
    network: RadiusNetwork,
    *,
    target: Target,
    state: ServiceState,
    user: str,
    at: datetime,
    secret: str,
    sent_after_s: tuple[float, ...] = SENT_AFTER_S,
    answered_within_s: float = ANSWERED_WITHIN_S,
) -> RadiusAnswer:
    """Asks a target that `resolve_target` let through for this state, and hears nobody else."""
    request = make_request(network, state=state, user=user, identifier=secrets.randbelow(256), at=at, secret=secret)
    packet = request.RequestPacket()
    address = (target.address, target.port)
    try:
        transport, waiting = await asyncio.get_running_loop().create_datagram_endpoint(lambda: _Waiting(request), remote_addr=address)
    except OSError as error:
        return RadiusAnswer(state="unavailable", said=f"Not reached: {type(error).__name__}")
    try:
        for after, until in zip(sent_after_s, (*sent_after_s[1:], answered_within_s), strict=True):
            transport.sendto(packet)
            await asyncio.wait([waiting.answer], timeout=until - after)
            if waiting.answer.done():
                return waiting.answer.result()
        return RadiusAnswer(state="unknown", said="No answer")
    finally:
        transport.close()
