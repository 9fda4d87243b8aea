"""Mail is fetched from a mailbox by IMAP: nothing is lost, nothing comes twice and nothing is changed there, whatever breaks in the middle."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from urllib.parse import quote
from uuid import UUID

import asyncpg
import pytest

from service.integrations.imap import MailboxMalformed, MailboxSilent, RemoteMailbox, read_mailbox
from service.settings import Settings
from service.worker.mail_fetch import NobodysMailbox, fetch_mail
from tests.care.builders import entries, with_mail
from tests.care.mailbox import PASSWORD, ImapServer, open_imap
from tests.care.test_take_mail_in import written
from tests.cli.test_init_organisation import place
from tests.world import World


class Fetching:
    """A company's mailbox, and looking into it."""

    def __init__(self, world: World, server: ImapServer, address: str) -> None:
        self.world, self.server, self.address = world, server, address

    @property
    def url(self) -> str:
        return f"imap://help:{quote(PASSWORD, safe='')}@127.0.0.1:{self.server.port}/INBOX"

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "service.cli", "mail-fetch", "--once", "--for", self.address]

    def environment(self, settings: Settings) -> dict[str, str]:
        return place(settings) | {"SAYSO_IMAP_URL": self.url}

    async def fetch(self) -> int:
        return await fetch_mail(self.world.database, mailbox=read_mailbox(self.url), address=self.address, clock=self.world.clock)

    async def words(self) -> list[str]:
        """Of strays."""
        return sorted(one["words"] for one in (await self.world.done("GET", "/v1/stray-mails"))["items"])

    def arrives(self, words: str, sender: str = "new@n.example", **headers: str) -> int:
        self.world.clock.forward(minutes=1)
        mail = written(sender, words, Message_ID=f"<{self.world.id()}@n.example>", **headers)
        return self.server.add(mail.as_bytes())


@pytest.fixture
async def fetching(world: World) -> AsyncIterator[Fetching]:
    address = f"help-{world.organisation_id}@x.example"
    await world.done("POST", "/v1/mail-addresses", {"address": address}, key=str(world.id()))
    async with open_imap() as server:
        yield Fetching(world, server, address)


async def test_a_mail_opens_a_case_once_however_often_it_is_looked_for(world: World, fetching: Fetching) -> None:
    customer = await world.customer()
    address = f"ada-{customer['id']}@a.example"
    await with_mail(world, customer["id"], address)
    fetching.arrives("The router is dead", address, Return_Path=f"<{address}>")
    assert [await fetching.fetch() for _ in "123"] == [1, 0, 0]
    [case] = (await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]
    assert (case["channel"], case["waiting"]) == ("email", 1)
    assert [one["words"] for one in await entries(world, case["id"])] == ["The router is dead"]
    asked = [one for one in fetching.server.commands if one.startswith("UID FETCH")]
    assert len(asked) == 1
    changing = ("STORE", "COPY", "MOVE", "EXPUNGE", "SELECT", "APPEND")
    assert not [one for one in fetching.server.commands if any(word in one for word in changing) or "BODY[]" in one]


async def test_what_a_server_wrote_itself_is_promised_nothing(world: World, fetching: Fetching) -> None:
    customer = await world.customer()
    await with_mail(world, customer["id"], "ada-away@a.example")
    fetching.arrives("Returned", "ada-away@a.example", Return_Path="<>")
    await fetching.fetch()
    [case] = (await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]
    assert case["waiting"] == 0


async def test_a_connection_lost_in_the_middle_of_a_mail_loses_none(fetching: Fetching) -> None:
    for number in "123":
        fetching.arrives(f"Word {number}")
    fetching.server.breaks_within = 2
    with pytest.raises(MailboxSilent):
        await fetching.fetch()
    assert await fetching.words() == ["Word 1"]
    assert await fetching.fetch() == 2
    assert await fetching.words() == ["Word 1", "Word 2", "Word 3"]


async def test_killed_between_keeping_and_noting_a_mail_comes_once(
    settings: Settings, fetching: Fetching, owner: asyncpg.Connection
) -> None:
    fetching.arrives("Word 1")
    await fetching.fetch()
    fetching.arrives("Word 2")
    async with owner.transaction():
        await owner.execute("lock table care.mail_position in share mode")  # may be read, and nothing is noted
        process = await asyncio.create_subprocess_exec(*fetching.command, env=fetching.environment(settings))
        while process.returncode is None and len(await fetching.words()) < 2:
            pass  # it goes on while we look
        process.kill()
        assert await process.wait() == -signal.SIGKILL
    assert await fetching.words() == ["Word 1", "Word 2"]
    assert await fetching.fetch() == 1
    assert await fetching.words() == ["Word 1", "Word 2"]


async def test_a_mail_that_its_case_never_takes_waits_for_a_person_and_holds_up_none(
    world: World, fetching: Fetching, owner: asyncpg.Connection
) -> None:
    customer = await world.customer()
    address = f"ada-{customer['id']}@a.example"
    await with_mail(world, customer["id"], address)
    fetching.arrives("The router is dead", address)
    await fetching.fetch()
    [case] = (await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]
    async with owner.transaction():  # as many words wait in it as can
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(
            "insert into care.case_step (organisation_id, case_id, customer_id, step, kind, from_state, state, waiting_before, carried, team, acted_by, acted_at)"
            " select organisation_id, case_id, customer_id, 2, 'noted', 'open', 'open', 100000, 0, team, 'system:test', acted_at from care.case_step where case_id = $1",
            UUID(case["id"]),
        )
    fetching.arrives("It is still dead", address, Subject=f"Re: {case['reference']}")
    fetching.arrives("Word 3")
    assert [await fetching.fetch() for _ in "12"] == [2, 0]
    assert await fetching.words() == ["It is still dead", "Word 3"]


async def test_a_card_number_behind_other_digits_is_hidden_and_holds_up_none(world: World, fetching: Fetching) -> None:
    customer = await world.customer()
    address = f"ada-{customer['id']}@a.example"
    await with_mail(world, customer["id"], address)
    fetching.arrives("Bill 4111 1111 1111 1111, number 123456789012345 4111 1111 1111 1111", address)
    assert await fetching.fetch() == 1
    [case] = (await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]
    [heard] = await entries(world, case["id"])
    assert "4111 1111" not in heard["words"]


async def test_a_server_that_numbers_its_mails_anew_brings_nothing_twice(fetching: Fetching) -> None:
    fetching.arrives("Word 1")
    fetching.arrives("Word 2")
    await fetching.fetch()
    fetching.server.uid_validity = 8
    fetching.server.mails = {number + 40: content for number, content in fetching.server.mails.items()}
    fetching.server.behind = True
    fetching.arrives("Word 3")
    assert await fetching.fetch() == 3
    assert await fetching.words() == ["Word 1", "Word 2", "Word 3"]


async def test_a_mail_deleted_meanwhile_holds_up_none(fetching: Fetching) -> None:
    fetching.arrives("Word 1")
    fetching.arrives("Word 2")
    numbers = dict(fetching.server.mails)
    fetching.server.mails = {9: b"", **numbers}
    del fetching.server.mails[1]
    assert await fetching.fetch() == 2
    assert "Word 2" in await fetching.words()


async def test_whoever_may_not_or_is_not_there_is_said_without_the_password(world: World, fetching: Fetching) -> None:
    wrong = read_mailbox(fetching.url.replace("imap://help:", "imap://help:x"))
    with pytest.raises(MailboxSilent) as said:
        await fetch_mail(world.database, mailbox=wrong, address=fetching.address, clock=world.clock)
    assert "secret" not in str(said.value) + repr(wrong)
    with pytest.raises(NobodysMailbox):
        await fetch_mail(world.database, mailbox=wrong, address="nobody@x.example", clock=world.clock)
    nowhere = read_mailbox("imap://help:x@127.0.0.1:1/INBOX")
    with pytest.raises(MailboxSilent):
        await fetch_mail(world.database, mailbox=nowhere, address=fetching.address, clock=world.clock)


@pytest.mark.parametrize(
    "url", ["", "pop3://a:b@c", "imaps://host", "imap://a:b@", "imap://a:b@c:x", "imap://a:b@c?tls=no", "imap://a@c?encryption=x"]
)
def test_a_mailbox_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(MailboxMalformed):
        read_mailbox(url)


def test_a_mailbox_is_spoken_to_encrypted_but_on_this_machine() -> None:
    read = [read_mailbox(url) for url in ("imaps://a:b%40@m.example/Sent%20Items", "imap://a:b@m.example", "imap://a:b@127.0.0.1")]
    assert [(one.port, one.encryption, one.folder) for one in read] == [
        (993, "tls", "Sent Items"),
        (143, "starttls", "INBOX"),
        (143, "none", "INBOX"),
    ]
    assert read[0].password == "b@"
    assert isinstance(read[0], RemoteMailbox)


async def test_the_command_takes_in_what_is_there(settings: Settings, fetching: Fetching) -> None:
    fetching.arrives("Word 1")
    environment = fetching.environment(settings)
    done = await asyncio.to_thread(subprocess.run, fetching.command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "1 mails taken in\n"), done.stderr
    assert await fetching.words() == ["Word 1"]
    del environment["SAYSO_IMAP_URL"]
    done = await asyncio.to_thread(subprocess.run, fetching.command, env=environment, capture_output=True, text=True, check=False)
    assert "Set SAYSO_IMAP_URL" in done.stderr


async def test_the_command_ends_where_it_cannot_go_on(settings: Settings, fetching: Fetching, owner: asyncpg.Connection) -> None:
    command = [argument for argument in fetching.command if argument != "--once"]
    await owner.execute("revoke select on care.mail_position from sayso_service")
    try:
        done = await asyncio.to_thread(
            subprocess.run, command, env=fetching.environment(settings), capture_output=True, text=True, timeout=120, check=False
        )
    finally:
        await owner.execute("grant select on care.mail_position to sayso_service")
    assert done.returncode == 1
    assert "permission denied" in done.stderr
