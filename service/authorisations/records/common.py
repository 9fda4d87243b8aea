"""Types with the limits that this room's records share."""

from datetime import datetime
from typing import Annotated

import msgspec

from service.kit.patterns import LINE, LINES, whole

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=LINES)]

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=LINE)]

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]

Unit = Annotated[
    str, msgspec.Meta(pattern=whole("[A-Z0-9]{1,3}"), max_length=3, description="UN/ECE Recommendation 20: `EA`, `HUR`, `MIN`.")
]

Hash = Annotated[str, msgspec.Meta(pattern=whole("[0-9a-f]{64}"), max_length=64, description="SHA-256 in hexadecimal.")]

PositiveQuantity = Annotated[
    str, msgspec.Meta(pattern=whole(r"[0-9]{1,8}(\.[0-9]{1,6})?"), max_length=15, description="A decimal text, never a float: `1.5`.")
]

Instant = Annotated[datetime, msgspec.Meta(tz=True)]

Percent = Annotated[
    str, msgspec.Meta(pattern=whole(r"[0-9]{1,3}(\.[0-9]{1,4})?"), max_length=8, description="A decimal text: `19`, `10.4`.")
]
