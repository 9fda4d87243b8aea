"""Words that several commands say."""

NO_MAIL_SERVER = "No mail server is set (SAYSO_SMTP_URL): invitations wait for one, seven days; links of offers, receipts and reminders aren't sent at all."


def counted(count: int, noun: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
