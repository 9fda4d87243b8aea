"""Check digits: what a slip of the pen in an account number is found by."""

import re
from typing import Final

from service.kit.patterns import whole

_IBAN: Final = re.compile(whole("[A-Z]{2}(0[2-9]|[1-8][0-9]|9[0-8])[0-9A-Z]{11,30}"))


def rest_of_97(code: str) -> int:
    """What MOD 97-10 leaves: 1 where the check digits of an IBAN or a creditor reference hold. The twin of the database's `kit.rest_of_97`.

    Needs digits and capital letters alone. Source: ISO 7064, as ISO 13616 and ISO 11649 take it: the first four characters come last, letters count 10 to 35.
    """
    return int("".join(str(int(one, 36)) for one in code[4:] + code[:4])) % 97


def is_iban(code: str) -> bool:
    """Whether its shape is that of an IBAN and its check digits hold; how long a country's are isn't looked at. Source: ISO 13616."""
    return _IBAN.match(code) is not None and rest_of_97(code) == 1
