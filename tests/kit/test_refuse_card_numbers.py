import pytest

from service.kit.card_numbers import refuse_card_numbers
from service.kit.refusals import CardNumber


def refused(text: str | None) -> bool:
    """Whether it is, beside a text that is fine."""
    try:
        refuse_card_numbers("fine", text)
    except CardNumber:
        return True
    return False


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "card 4111 1111 1111 1111 exp 12/27",
        "4111-1111-1111-1111",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "3530111333300000",
        "6200000000000005",
        "30569309025904",
        "pay:4242424242424242.",
    ],
)
def test_what_a_network_could_have_issued_is_refused(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "4111111111111112",  # the check digit is wrong
        "+4917212345678901",  # a telephone number
        "356938035643809",  # an IMEI
        "8949020000012345678",  # a SIM's serial number
        "RT4111111111111111",  # inside a serial number
        "019cbb2f-4111-7111-8111-111111111111",  # a UUID
        "2026-03-04 12:00:00",
        "DE02120300000000202051",
        "AT31 4300 0000 0000 0009",  # an account number as banks print it
    ],
)
def test_other_numbers_are_not_taken_for_cards(text: str | None) -> None:
    assert not refused(text)
