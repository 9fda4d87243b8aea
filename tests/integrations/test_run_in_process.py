"""The stand-in without a socket: the same application under the `stripe` package."""

import pytest
import stripe

from service.integrations.stripe.client import open_stripe
from service.integrations.stripe.standin import standin_in_process
from tests.integrations.account import Account
from tests.integrations.receiver import Receiver


async def test_the_package_pays_without_a_socket_and_webhooks_still_leave(receiver: Receiver):
    async with (
        standin_in_process() as standin,
        open_stripe(api_key=standin.api_key, address=standin.url, transport=standin.transport) as connection,
    ):
        account = Account(connection.client, standin)
        await standin.register(url=receiver.url, enabled_events=["payment_intent.succeeded"])
        paid = await account.pay()
        await standin.settle()
        assert paid.status == "succeeded"
        assert receiver.kinds == ["payment_intent.succeeded"]
        with pytest.raises(stripe.CardError):
            await account.pay("pm_card_chargeDeclined")
