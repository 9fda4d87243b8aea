"""The stories that a new user sees happen, told from outside, over HTTP alone."""

from collections.abc import Awaitable, Callable

from service.cli.demo.stories.cast import Cast
from service.cli.demo.stories.extras import invoice_with_extras
from service.cli.demo.stories.renewed import renewed_at_the_door
from service.cli.demo.stories.transferred import paid_by_transfer
from service.cli.demo.teller import Teller

STORIES: dict[str, Callable[[Teller, Cast], Awaitable[None]]] = {
    "Renewed at the door": renewed_at_the_door,
    "Paid by transfer": paid_by_transfer,
    "The invoice with extras": invoice_with_extras,
}
