"""A page's form acts only when it was sent from our own page."""

from urllib.parse import urlsplit

from service.kit.http import StrictRequest
from service.kit.refusals import Refusal


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
    if origin not in {None, "null"} and urlsplit(origin).netloc != request.headers.get("host"):
        raise SentFromElsewhere
