"""Scripts, markup and headers in names, notes, mails and names of files are text wherever a customer reads them."""

from collections.abc import Awaitable, Callable
from html.parser import HTMLParser
from typing import Any

import aiosmtplib

from service.identity.links import link_token
from service.worker.mail_door import open_mail_door
from tests.care.builders import did
from tests.notices.conftest import Mailbox
from tests.web.portals import everything
from tests.world import World

MARK = "</title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}%(who)s"
MAIL = """From: {sender}\r
To: {door}\r
Message-ID: <hostile@a.example>\r
Subject: =?utf-8?q?Router=0D=0ABcc=3A_evil=40x.example=0D=0A=0D=0A=3Cscript=3Ealert=281=29=3C=2Fscript=3E?=\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
Content-Type: text/html; charset=utf-8\r
\r
<p>It is dead</p><script>alert(1)</script><img src="https://x.example/seen.png" onerror=alert(2)>\r
--b\r
Content-Type: text/plain; name="x.txt"\r
Content-Disposition: attachment; filename="<img src=x onerror=alert(3)>.txt"\r
\r
Hello\r
--b--\r
"""
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
    "Auto-Submitted", "In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "Sayso-Notice",
}  # fmt: skip


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []
        self.pictures: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.scripts += [told.get("src")] if tag == "script" else []
        self.pictures += [told.get("src")] if tag == "img" else []
        self.handlers += [name for name in told if name.startswith("on")]


def as_text(page: str, *, of: str) -> None:
    """Holds that nothing in it came from what people wrote."""
    tags = Tags()
    tags.feed(page)
    assert all(one and one.startswith("/static/") for one in tags.scripts), of
    assert (tags.handlers, tags.pictures) == ([], []), of
    assert "<script>alert" not in page, of
    assert "49%(who)s" not in page, of


async def test_every_page_and_mail_of_a_customers_says_hostile_words_as_text(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    organisation = await world.get("/v1/organisation")
    told = {"name": 'North "wind" <evil@x.example>, Co', "address": f"1 Mill Lane\n{MARK}"}
    await world.request("PATCH", "/v1/organisation", json=told, headers={"If-Match": organisation.headers["etag"]})
    made = await everything(world, words=f" {MARK}", reference=f"K-7 {MARK}"[:60])
    address, door = f"ada-{made.customer_id}@a.example", f"help-{made.customer_id}@x.example"
    contact = f"/v1/customers/{made.customer_id}/contacts/{made.contact_id}"
    await world.done("PATCH", contact, {"address": address}, headers={"If-Match": '"1"'})
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        hostile = MAIL.format(sender=address, door=door).encode()
        await aiosmtplib.send(hostile, sender=address, recipients=[door], hostname="127.0.0.1", port=port, start_tls=False)
    cases = (await world.done("GET", f"/v1/customers/{made.customer_id}/cases"))["items"]
    by_mail = next(one for one in cases if one["channel"] == "email")
    await did(world, by_mail["id"], "answers", words=f"A new one comes {MARK}\nBcc: evil@x.example")
    path = await made.link()
    [shown] = await world.sql(
        "select link_id from identity.link where organisation_id = $1 and purpose = 'presentation'", world.organisation_id
    )
    approval = f"/a/{link_token(world.database.cursors, shown['link_id'])}"
    overview = (await world.http.get(path)).text
    pay = overview.partition('href="/pay/')[2].partition('"')[0]
    for page in (
        path,
        f"{path}/messages",
        f"{path}/past",
        f"{path}/visits",
        f"{path}/calendar",
        f"{path}/card",
        approval,
        f"/pay/{pay}",
        f"/my/{world.organisation_id}",
    ):
        answer = await world.http.get(page)
        assert answer.status_code == 200, page
        as_text(answer.text, of=page)
    written = await world.http.post(f"{path}/messages", data={"words": f"{MARK} 4111 1111 1111 1111"})
    as_text(written.text, of="a form that is shown again")
    messages = (await world.http.get(f"{path}/messages")).text
    assert "&lt;img src=x onerror=alert(3)&gt;.txt" in messages
    assert "x.example/seen.png" not in messages
    await work()
    mails = mailbox.to(address)
    assert {"case_answer", "offer_link", "portal_link"} <= {
        one["kind"]
        for one in (await world.done("GET", f"/v1/notices?customer_id={made.customer_id}"))["items"]
        if one["state"] == "handed_over"
    }
    for mail in mails:
        assert set(mail.keys()) <= HEADERS, set(mail.keys()) - HEADERS
        assert [one.addr_spec for one in mail["To"].addresses] == [address]
        assert [one.addr_spec for one in mail["From"].addresses] == ["sayso@localhost"]
        body = mail.get_body()
        assert body.get_content_type() == "text/plain"
        assert "evil@x.example" not in str(mail["Bcc"])
        assert {"+49 30 555 0100", "help@northwind.example"} <= {
            said for said in ("+49 30 555 0100", "help@northwind.example") if said in body.get_content()
        }
        assert "Please quote " in body.get_content()


async def test_a_header_in_a_name_is_refused(world: World) -> None:
    customer = (await world.customer())["id"]
    for name in ("Ada\r\nBcc: evil@x.example", "Ada\nBcc: evil@x.example", "Ada\0"):
        contact = {"name": name, "channel": "email", "address": "ada@a.example"}
        assert (await world.post(f"/v1/customers/{customer}/contacts", contact)).status_code == 422
