"""Every receipt was signed by a key of ours, the present one or one retired: an old receipt verifies for as long as its key is named."""

from typing import Any
from uuid import UUID

from service.authorisations.receipts import RECEIPT
from service.cli._checks import Surroundings
from service.kit.signatures import SignatureInvalid
from service.settings import keys_of

_RECEIPTS = "select organisation_id, authorisation_id, jws from authorisations.receipt order by organisation_id, authorisation_id"


async def find(connection: Any, surroundings: Surroundings) -> list[tuple[UUID | None, str, str]]:
    """Receipts that no key verifies: (organisation, act, why)."""
    keys = keys_of(surroundings.settings)
    offences = []
    async for row in connection.cursor(_RECEIPTS):
        try:
            keys.verify(row["jws"], typ=RECEIPT)
        except SignatureInvalid as error:
            offences.append(
                (row["organisation_id"], str(row["authorisation_id"]), f"{error}; is a retired key missing from SAYSO_RETIRED_KEYS?")
            )
    return offences
