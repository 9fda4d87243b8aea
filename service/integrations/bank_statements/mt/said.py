"""What field :86: comes to, whatever the dialect."""

import msgspec


class Narrative(msgspec.Struct):
    """What a booking's text says. `name` and so on are of the other side."""

    name: str | None = None
    account: str | None = None
    bank: str | None = None
    ultimate: str | None = None
    own_ultimate: str | None = None
    end_to_end_id: str | None = None
    mandate_id: str | None = None
    creditor_reference: str | None = None
    booking_text: str | None = None
    code: str | None = None
    return_reason: str | None = None
    remittance: str = ""
    references: tuple[tuple[str, str], ...] = ()
