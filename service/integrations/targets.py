"""Decides where an outgoing request may go: to the public Internet, never inside, whatever a name or an address pretends.

What is judged is the address that will be connected to: the name is resolved once, every address it has must be public, and the first is
pinned, so a name that changes its mind between the check and the connection (rebinding) gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Literal
from urllib.parse import urlsplit

import msgspec

PORTS = frozenset({443, 8443})
URL_LENGTH = 2000
RESOLVED_WITHIN_S = 5.0
_NAMES = ThreadPoolExecutor(max_workers=32, thread_name_prefix="names")
"""Whoever's name server is silent keeps a thread for longer than we wait: none of those that files and the database need."""

NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address."""
INSIDE_BUT_PUBLIC = frozenset({IPv4Address("168.63.129.16")})
"""Metadata services on globally routable addresses: Azure's."""
NEVER_V4 = (IPv4Network("192.88.99.0/24"), IPv4Network("192.0.0.0/24"))
"""6to4 relays (RFC 7526) and protocol assignments, which Python's own list judges differently from one version to the next."""

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
Scheme = Literal["https", "http", "radius"]
USUAL_PORTS: dict[Scheme, int] = {"https": 443, "http": 80, "radius": 3799}
Reason = Literal["malformed", "scheme", "credentials", "port", "inside", "unresolvable"]


class TargetRefused(Exception):
    """Requests don't go to this address."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One place to send to, already resolved: `address` is the one that is connected to, `host` what certificates must name."""

    scheme: Scheme
    host: str
    port: int
    address: str
    path: str


async def resolve_by_system(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a name, in the system's order; a silent name server is an OSError after five seconds."""
    async with asyncio.timeout(RESOLVED_WITHIN_S):
        found = await asyncio.get_running_loop().run_in_executor(_NAMES, partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM))
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


async def resolve_target(url: str, *, allowed: frozenset[str] = frozenset(), resolve: Resolver = resolve_by_system) -> Target:
    """The pinned target of this URL, or `TargetRefused`.

    `allowed` names exact `host:port` pairs that the operator vouches for: they may be inside, and speak plain HTTP or RADIUS.
    """
    scheme, host, port, path = _parts(url)
    vouched = _vouched(scheme, host, port, allowed)
    try:
        addresses = await resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise TargetRefused("unresolvable", f"The name {host!r} doesn't resolve.") from error
    if not addresses:
        raise TargetRefused("unresolvable", f"The name {host!r} has no address.")
    if not vouched and not all(is_public(address) for address in addresses):
        raise TargetRefused("inside", "The name leads to an address that isn't public.")
    return Target(scheme=scheme, host=host, port=port, address=addresses[0], path=path)


def require_likely_target(url: str, *, allowed: frozenset[str] = frozenset()) -> None:
    """Raises TargetRefused for what no HTTP request goes to, whatever its name resolves to by then."""
    scheme, host, port, _ = _parts(url)
    if scheme == "radius":
        raise TargetRefused("scheme", "Only https.")
    with suppress(ValueError):
        if not _vouched(scheme, host, port, allowed) and not is_public(str(ip_address(host))):
            raise TargetRefused("inside", "This address isn't public.")


def _vouched(scheme: Scheme, host: str, port: int, allowed: frozenset[str]) -> bool:
    """Whether the operator vouches for it; raises TargetRefused for the scheme or port of what nobody vouches for."""
    if f"{host}:{port}" in allowed:
        return True
    if scheme != "https":
        raise TargetRefused("scheme", "Only https.")
    if port not in PORTS:
        raise TargetRefused("port", f"Only the ports {', '.join(map(str, sorted(PORTS)))}.")
    return False


def _parts(url: str) -> tuple[Scheme, str, int, str]:
    if len(url) > URL_LENGTH or not url.isascii() or any(character <= " " or character in '\\"<>^`{|}\x7f' for character in url):
        raise TargetRefused("malformed", "Not a URL of plain ASCII.")
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise TargetRefused("malformed", "Not a URL.") from error
    scheme = next((one for one in USUAL_PORTS if one == split.scheme), None)
    if scheme is None:
        raise TargetRefused("scheme", "Only https.")
    if "@" in split.netloc:
        raise TargetRefused("credentials", "No user name or password in the URL.")
    if not split.hostname or "%" in split.netloc or port == 0:
        raise TargetRefused("malformed", "Not a URL with a host.")
    path = split.path or "/"
    return scheme, split.hostname.rstrip("."), port or USUAL_PORTS[scheme], f"{path}?{split.query}" if split.query else path


def is_public(address: str) -> bool:
    """Whether this address is on the public Internet, also after unwrapping an IPv4 address hidden in an IPv6 one."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (parsed, *_hidden(parsed)))


def _hidden(address: Address) -> tuple[Address, ...]:
    if isinstance(address, IPv4Address):
        return ()
    found: list[Address] = []
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    if address in NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(found)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address) and any(address in network for network in NEVER_V4):
        return False
    if isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address in NAT64):
        return True  # nothing but a wrapping: judged by what it hides
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not (isinstance(address, IPv6Address) and address.is_site_local)
        and address not in INSIDE_BUT_PUBLIC
    )
