"""Where an outgoing request may go: to the public Internet, never inside, whatever the address pretends to be."""

import pytest

from service.integrations.targets import Resolver, TargetRefused, is_public, resolve_target


def answering(*addresses: str) -> Resolver:
    """A name service that gives these addresses for any name."""

    async def resolve(host: str, port: int) -> tuple[str, ...]:
        return addresses

    return resolve


async def reason(url: str, *addresses: str, allowed: frozenset[str] = frozenset()) -> str:
    with pytest.raises(TargetRefused) as refused:
        await (resolve_target(url, allowed=allowed, resolve=answering(*addresses)) if addresses else resolve_target(url, allowed=allowed))
    return refused.value.reason


async def test_a_public_name_is_pinned_to_its_first_address():
    target = await resolve_target("https://hooks.example.org/in?a=1", resolve=answering("93.184.216.34", "2606:2800:220:1::1"))
    assert (target.host, target.port, target.address, target.path) == ("hooks.example.org", 443, "93.184.216.34", "/in?a=1")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.100.100.200",  # noqa: S104  # refused, not bound
        "169.254.169.254", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1",
        "2001:0:7f00:1::1", "::127.0.0.1", "not an address", "",
    ],
)  # fmt: skip
async def test_an_address_inside_is_refused(address: str):
    assert not is_public(address)
    assert await reason("https://hooks.example.org/", address) == "inside"


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_an_address_outside_is_public(address: str):
    assert is_public(address)


async def test_a_name_with_one_address_inside_is_refused_whole():
    assert await reason("https://hooks.example.org/", "93.184.216.34", "127.0.0.1") == "inside"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "localhost.", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::ffff:7f00:1]"]
)
async def test_the_loopback_is_found_behind_every_spelling(host: str):
    assert await reason(f"https://{host}/") in {"inside", "unresolvable"}


@pytest.mark.parametrize("url", ["https://0x7f000001/", "https://0177.0.0.1/", "https://2130706433/", "https://127.1/"])
async def test_the_systems_own_reading_of_odd_numbers_is_what_is_judged(url: str):
    assert await reason(url) == "inside"


@pytest.mark.parametrize(
    "url,why",
    [
        ("http://hooks.example.org/", "scheme"),
        ("ftp://hooks.example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://hooks.example.org/", "scheme"),
        ("//hooks.example.org/", "scheme"),
        ("https://user:secret@hooks.example.org/", "credentials"),
        ("https://hooks.example.org@127.0.0.1/", "credentials"),
        ("https://hooks.example.org:22/", "port"),
        ("https://hooks.example.org:6379/", "port"),
        ("https://hooks.example.org:0/", "malformed"),
        ("https://hooks.example.org:99999/", "malformed"),
        ("https:///path", "malformed"),
        ("https://[::1%25eth0]/", "malformed"),
        ("https://[::1/", "malformed"),
        ("https://hooks.example.org/\r\nHost: inside", "malformed"),
        ("https://hooks.example.org\\@127.0.0.1/", "malformed"),
        ("https://hööks.example.org/", "malformed"),
        ("https://hooks.example.org/ x", "malformed"),
        ("https://hooks.example.org/" + "x" * 2000, "malformed"),
        ("", "scheme"),
    ],
)
async def test_an_address_of_another_shape_is_refused(url: str, why: str):
    assert await reason(url, "93.184.216.34") == why


async def test_a_name_that_does_not_resolve_is_refused():
    async def unknown(host: str, port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(TargetRefused) as refused:
        await resolve_target("https://hooks.example.org/", resolve=unknown)
    assert refused.value.reason == "unresolvable"


async def test_what_the_operator_vouches_for_may_be_inside_but_nothing_beside_it():
    allowed = frozenset({"127.0.0.1:9000"})
    target = await resolve_target("http://127.0.0.1:9000/orders", allowed=allowed)
    assert (target.scheme, target.address, target.port) == ("http", "127.0.0.1", 9000)

    assert await reason("http://127.0.0.1:9001/orders", allowed=allowed) == "scheme"
    assert await reason("https://127.0.0.1:8443/", allowed=allowed) == "inside"
    assert await reason("https://localhost/", allowed=allowed) == "inside"
