"""Who may call: a secret or restricted test key, and the one version of the API that is played."""

import base64
import binascii
import secrets

from service.integrations.asgi import Request
from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin.faults import StripeFault


def check_key(request: Request, api_key: str) -> None:
    """Lets the account's own key through, as a bearer or as the user name of basic authentication."""
    given = _given_key(request.headers.get("authorization", ""))
    if given == "":
        raise StripeFault(401, "You did not provide an API key. Send it in the Authorization header.", kept=False)
    if given.startswith(("sk_live_", "rk_live_")):
        raise StripeFault(401, "A live key has no business with a stand-in. Use a test key.", kept=False)
    if not secrets.compare_digest(given.encode(), api_key.encode()):
        raise StripeFault(401, f"Invalid API Key provided: {given[:8]}****", kept=False)


def _given_key(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).decode("latin-1").partition(":")[0]
        except binascii.Error:
            return ""
    return ""


def check_version(request: Request) -> None:
    asked = request.headers.get("stripe-version", API_VERSION)
    if asked != API_VERSION:
        raise StripeFault(400, f"Invalid Stripe API version: {asked}. The stand-in plays {API_VERSION}.", kept=False)
