"""A session is changed or ended by RADIUS: asked as RFC 5176 says, and only the server's own answer is heard."""

import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.integrations.outside import open_outside
from service.integrations.radius import (
    CAUSES,
    RadiusAnswer,
    RadiusMalformed,
    RadiusNetwork,
    make_request,
    read_answer,
    read_radius,
    send_radius,
)
from service.integrations.targets import TargetRefused, resolve_target
from service.settings import Settings
from tests.integrations.nas import SECRET, How, RunningNas, running_nas

AT = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
ORGANISATION, SERVICE = UUID(int=1), UUID(int=2)
FILTERS = read_radius("radius://bng?active=full&suspended=walled")
NOTHING = RadiusAnswer(state="unknown", said="No answer")


@pytest.fixture
async def nas() -> AsyncIterator[RunningNas]:
    async with running_nas() as running:
        running.nas.sessions["bea"] = "full"
        yield running


async def ask(
    nas: RunningNas, state: str, *, network: RadiusNetwork = FILTERS, user: str = "bea", secret: str = SECRET, times: int = 2
) -> RadiusAnswer:
    """Asked, with a tenth of a second between the packets and after the last."""
    target = await resolve_target(nas.url, allowed=frozenset({nas.authority}))
    after = tuple(number / 10 for number in range(times))
    return await send_radius(
        network,
        target=target,
        state=state,
        user=user,
        at=AT,
        secret=secret,
        sent_after_s=after,
        answered_within_s=times / 10,  # type: ignore[arg-type]
    )


async def test_a_session_is_put_under_its_states_filter_and_ended(nas: RunningNas):
    assert await ask(nas, "suspended") == RadiusAnswer(state="confirmed")
    assert nas.nas.sessions == {"bea": "walled"}
    assert await ask(nas, "active") == RadiusAnswer(state="confirmed")
    assert nas.nas.sessions == {"bea": "full"}
    assert await ask(nas, "ended") == RadiusAnswer(state="confirmed")
    assert nas.nas.sessions == {}
    assert [one.code for one in nas.nas.asked] == [43, 43, 40]
    assert nas.nas.refused == []  # each was signed twice over, as a stranger's reading of the RFC has it


@pytest.mark.parametrize(
    "options, named",
    [
        ("nas=bng-1", (32, b"bng-1")),
        ("nas=192.0.2.7", (4, bytes([192, 0, 2, 7]))),
        ("nas=2001:db8::7", (95, bytes.fromhex("20010db8" + "0" * 22 + "07"))),
    ],
)
async def test_a_request_is_dated_and_names_the_server_and_the_user(nas: RunningNas, options: str, named: tuple[int, bytes]):
    await ask(nas, "suspended", network=read_radius(f"radius://bng?{options}"))
    (asked,) = nas.nas.asked
    assert [(kind, value) for kind, value in asked.attributes if kind != 80] == [
        (1, b"bea"),
        named,
        (55, struct.pack("!I", int(AT.timestamp()))),
    ]
    assert asked.attributes[0][0] == 80  # first, where the longest of known forgeries can't begin before it


async def test_without_filters_each_state_ends_the_session(nas: RunningNas):
    for state in ("active", "suspended", "ended"):
        nas.nas.sessions["bea"] = "whatever"
        assert (await ask(nas, state, network=RadiusNetwork())).state == "confirmed"
        assert nas.nas.sessions == {}


async def test_what_is_sent_again_is_the_same_packet_from_the_same_port_and_done_once(nas: RunningNas):
    nas.nas.faults += ["lose", "silent"]
    assert await ask(nas, "suspended", times=3) == RadiusAnswer(state="confirmed")
    assert len(nas.nas.arrived) == 3
    assert len(set(nas.nas.arrived)) == len(nas.nas.asked) == 1


async def test_another_request_is_another_packet_from_another_port(nas: RunningNas):
    for state in ("suspended", "active", "suspended"):
        await ask(nas, state)
    assert len({(one.port, one.identifier) for one in nas.nas.asked}) == 3


@pytest.mark.parametrize("how", ["forge", "shorten", "other_id", "other_kind", "bad_message_authenticator", "from_elsewhere"])
async def test_what_isnt_the_servers_answer_isnt_heard(nas: RunningNas, how: How):
    nas.nas.faults += [how, how]
    assert await ask(nas, "suspended") == NOTHING
    nas.nas.faults.append(how)
    assert await ask(nas, "suspended") == RadiusAnswer(state="confirmed")  # and doesn't keep the true one from being heard


async def test_an_answer_that_comes_twice_is_heard_once_and_by_nobody_else(nas: RunningNas):
    nas.nas.faults.append("twice")
    assert await ask(nas, "suspended") == RadiusAnswer(state="confirmed")
    nas.nas.causes.append(501)
    assert await ask(nas, "active") == RadiusAnswer(state="refused", said="501 Administratively-Prohibited")


async def test_a_server_that_knows_another_secret_neither_listens_nor_is_heard(nas: RunningNas):
    assert await ask(nas, "suspended", secret="another secret of sixteen") == NOTHING
    assert nas.nas.sessions == {"bea": "full"}
    assert nas.nas.refused == ["Request Authenticator"] * 2


async def test_a_server_that_is_silent_is_unknown_and_a_port_where_nobody_listens_unavailable(nas: RunningNas):
    nas.nas.faults += ["silent", "lose"]
    assert await ask(nas, "suspended") == NOTHING
    nas.nas.transport.abort()
    assert await ask(nas, "suspended") == RadiusAnswer(state="unavailable", said="Nobody listens there.")


@pytest.mark.parametrize("cause, said", [(506, "506 Resources-Unavailable"), (999, "999 Error-Cause"), (0, "without Error-Cause")])
async def test_a_no_says_why_by_number_and_word(nas: RunningNas, cause: int, said: str):
    nas.nas.causes.append(cause)
    assert await ask(nas, "suspended") == RadiusAnswer(state="refused", said=said)


async def test_no_session_is_done_where_it_was_to_end_and_refused_where_it_was_to_change(nas: RunningNas):
    nas.nas.sessions.clear()
    said = f"503 {CAUSES[503]}"
    assert await ask(nas, "ended") == RadiusAnswer(state="confirmed", said=said)
    assert await ask(nas, "active") == RadiusAnswer(state="refused", said=said)


@settings(max_examples=50)
@given(
    data=st.binary(max_size=80)
    | st.builds(lambda kind, rest: bytes([kind, 7, 0, 20 + len(rest)]) + bytes(16) + rest, st.integers(41, 45), st.binary(max_size=40))
)
def test_no_datagram_of_a_stranger_is_an_answer_or_a_defect(data: bytes):
    request = make_request(FILTERS, state="active", user="bea", identifier=7, at=AT, secret=SECRET)
    request.RequestPacket()
    assert read_answer(request, data) is None


@pytest.mark.parametrize(
    "url",
    ["radius://bng?secret=x", "radius://bng?nas=", "radius://bng?nas=a&nas=b", "radius://bng/path", "radius://bng#x", "radius://bng?organisation=ours",
     "radius://bng?active=" + "x" * 254],
)  # fmt: skip
async def test_a_setting_that_isnt_a_radius_network_refuses_to_start(url: str, settings: Settings):
    with pytest.raises(RadiusMalformed):
        async with open_outside(msgspec.structs.replace(settings, provisioning_url=url)):
            pass


def test_a_reference_is_a_user_name_only_within_the_organisation_that_is_named():
    named = read_radius(f"radius://bng?organisation={ORGANISATION}")
    assert named.user_of(subscription_id=SERVICE, reference="bea") == "bea"
    assert named.user_of(subscription_id=SERVICE, reference=None) == str(SERVICE)
    assert read_radius("radius://bng").user_of(subscription_id=SERVICE, reference="bea") == str(SERVICE)


@pytest.mark.parametrize(
    "url, reason",
    [("radius://192.0.2.1:3799", "scheme"), ("radius://10.0.0.1", "scheme"), ("radius://u:secret@10.0.0.1", "credentials")],
)
async def test_radius_is_spoken_only_to_whom_the_operator_vouches_for(url: str, reason: str):
    with pytest.raises(TargetRefused) as refused:
        await resolve_target(url)
    assert refused.value.reason == reason
    assert (await resolve_target("radius://10.0.0.1", allowed=frozenset({"10.0.0.1:3799"}))).port == 3799
