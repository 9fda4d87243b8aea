"""How a call to the provider can end badly. Three ways, since a caller has three things to do."""

from service.integrations.stripe.records import PaymentIntent


class ProviderError(Exception):
    """A call to the provider didn't do what was asked."""

    def __init__(
        self, message: str, *, code: str | None = None, request_id: str | None = None, intent: PaymentIntent | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.request_id = request_id
        """Stripe's own id of the request, to quote to their support."""
        self.intent = intent
        """The intent as it stands now, where Stripe told it."""


class ProviderDeclined(ProviderError):
    """The card was asked and said no. Final for this attempt; the message may be shown to the customer."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        decline_code: str | None = None,
        request_id: str | None = None,
        intent: PaymentIntent | None = None,
    ) -> None:
        super().__init__(message, code=code, request_id=request_id, intent=intent)
        self.decline_code = decline_code


class ProviderRefused(ProviderError):
    """The call itself was wrong or came too late: asking again won't help. `intent` shows the state that stood in the way."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        request_id: str | None = None,
        intent: PaymentIntent | None = None,
    ) -> None:
        super().__init__(message, code=code, request_id=request_id, intent=intent)
        self.param = param


class ProviderUnavailable(ProviderError):
    """No usable answer. `maybe_done`: the provider may have acted all the same.

    Ask again with the same idempotency key. A 500 is replayed under its key: after one, look (retrieve) before asking anew.
    """

    def __init__(self, message: str, *, maybe_done: bool, code: str | None = None, request_id: str | None = None) -> None:
        super().__init__(message, code=code, request_id=request_id)
        self.maybe_done = maybe_done
