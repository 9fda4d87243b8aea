"""A delivery report says which notice, by which way, for whom and how it ended; whatever else comes in says nothing."""

from email.message import EmailMessage
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.integrations.bounces import read_report
from service.integrations.mail import message_id_for, notice_mark
from service.kit.paging import Cursors
from tests.integrations.reports import report

COMPANY, NOTICE = UUID(int=7), UUID("019cae1e-0000-7000-8000-000000000001")
CURSORS = Cursors(b"secret" * 6)


def mail(*, way: int = 1, to: str = "ada@a.example") -> EmailMessage:
    sent = EmailMessage()
    mark = notice_mark(CURSORS, organisation_id=COMPANY, notice_id=NOTICE, way=way)
    sent["Message-ID"] = message_id_for(notice_id=NOTICE, domain="service.example", mark=mark, way=way)
    sent["Sayso-Notice"] = f"{COMPANY}/{NOTICE}/{way}/{mark}"
    sent["To"] = to
    sent["Subject"] = "Your visit"
    return sent


@pytest.mark.parametrize(
    "action, status, outcome, lasting",
    [
        ("failed", "5.1.1", "bounced", True),
        ("failed", "5.2.2 (mailbox full)", "bounced", False),
        ("Failed", "4.4.7", "bounced", False),
        ("delayed", "4.4.1", None, False),
        ("delivered", "2.1.5", "delivered", False),
        ("relayed", "2.0.0", None, False),
    ],
)
def test_a_report_says_what_became_of_which_notice(action: str, status: str, outcome: str | None, lasting: bool) -> None:
    [told] = read_report(report(mail(way=2), action=action, status=status))
    assert (told.organisation_id, told.notice_id, told.way, told.recipient) == (COMPANY, NOTICE, 2, "ada@a.example")
    assert (told.outcome, told.lasting) == (outcome, lasting)


@pytest.mark.parametrize("way", [1, 3])
def test_without_our_own_header_the_message_id_names_it(way: int) -> None:
    [told] = read_report(report(mail(way=way), without=("Sayso-Notice",)))
    assert (told.organisation_id, told.notice_id, told.way) == (None, NOTICE, way)


@pytest.mark.parametrize("without", [(), ("Sayso-Notice",)])
def test_a_report_is_of_ours_where_it_gives_the_mark_of_that_mail_back(without: tuple[str, ...]) -> None:
    [told] = read_report(report(mail(way=2), without=without))
    assert told.of_ours(CURSORS, organisation_id=COMPANY)
    assert not told.of_ours(CURSORS, organisation_id=UUID(int=8))
    assert not told.of_ours(Cursors(b"another" * 6), organisation_id=COMPANY)
    for forged in ({"mark": "0" * 32}, {"way": 1}, {"notice_id": UUID(int=9)}):
        assert not msgspec.structs.replace(told, **forged).of_ours(CURSORS, organisation_id=COMPANY)


def test_a_mail_given_back_whole_is_read_too() -> None:
    whole = report(mail()).replace(b"text/rfc822-headers", b"message/rfc822")
    assert [told.notice_id for told in read_report(whole)] == [NOTICE]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: Out of office\n\nI am away",
        report(mail(), action="exploded"),
        report(mail(), status="9.9.9"),
        report(mail(), without=("Sayso-Notice", "Message-ID")),
        report(mail()).replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
        report(mail()) + b"x" * (1 << 20),
    ],
)
def test_what_is_no_report_of_ours_says_nothing(content: bytes) -> None:
    assert read_report(content) == []


@given(st.binary(max_size=400), st.integers(0, 1200), st.integers(0, 1200))
def test_no_bytes_at_all_break_it(noise: bytes, start: int, until: int) -> None:
    content = report(mail())
    assert isinstance(read_report(content[: min(start, until)] + noise + content[max(start, until) :]), list)


def test_a_report_of_thousands_of_recipients_is_cut() -> None:
    block = b"\nFinal-Recipient: rfc822; a@a.example\nAction: failed\nStatus: 5.1.1\n"
    assert 40 < len(read_report(report(mail()).replace(b"Remote-MTA: dns; mail.a.example\n", b"\n" + block * 3000))) <= 50
