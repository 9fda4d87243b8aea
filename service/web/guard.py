"""A page's form acts only when it was sent from our own page."""

from service.kit.refusals import Refusal
from service.kit.requests import StrictRequest


class SentFromElsewhere(Refusal):
    """This form was sent from another site."""

    code, status, remedy = "SENT_FROM_ELSEWHERE", 403, "Open the page itself and send its form."


def from_our_own_page(request: StrictRequest) -> None:
    """Raises SentFromElsewhere for a cross-site form: by `Sec-Fetch-Site` where the browser sends it, else by `Origin`."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        if fetched not in {"same-origin", "none"}:
            raise SentFromElsewhere
        return
    origin = request.headers.get("origin")
    if origin is not None and origin != "null" and origin.partition("://")[2] != request.headers.get("host"):
        raise SentFromElsewhere
