"""Delivery reports as mail servers write them (RFC 3464)."""

from email.message import EmailMessage

POSTFIX = """\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: sayso@service.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4C2E.1764360000/mx.example"
Message-Id: <20260302090000.4C2E@mx.example>

--4C2E.1764360000/mx.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4C2E.1764360000/mx.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
X-Postfix-Queue-ID: 4C2E
Arrival-Date: Mon,  2 Mar 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.a.example
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address rejected

--4C2E.1764360000/mx.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{headers}
--4C2E.1764360000/mx.example--
"""


def report(mail: EmailMessage, *, action: str = "failed", status: str = "5.1.1", without: tuple[str, ...] = ()) -> bytes:
    """What Postfix gives back of a mail, `without` some of its headers."""
    headers = "".join(f"{name}: {value}\n" for name, value in mail.items() if name not in {"Content-Type", *without})
    return POSTFIX.format(recipient=mail["To"], action=action, status=status, headers=headers).encode()
