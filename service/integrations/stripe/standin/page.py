"""The payable page: where a person in the demo plays the customer at the card's terminal. Two buttons, no script."""

from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from service.integrations.asgi import Answer, Request
from service.integrations.stripe.standin import intents
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.state import Thing

CARDS = {"approve": "pm_card_visa", "decline": "pm_card_chargeDeclined"}
WITHOUT_MINOR_UNITS = {
    "jpy",
    "krw",
    "vnd",
    "clp",
    "isk",
    "xaf",
    "xof",
    "xpf",
    "ugx",
    "rwf",
    "pyg",
    "gnf",
    "djf",
    "bif",
    "kmf",
    "mga",
    "vuv",
}
THREE_DECIMALS = {"bhd", "jod", "kwd", "omr", "tnd"}


async def handle(standin: StandIn, request: Request) -> Answer:
    secret = request.path.removeprefix("/pay/")
    found = [intent for intent in standin.provider.intents.values() if intent["client_secret"] == secret]
    if not found:
        return _html(404, "<h1>No such payment</h1><p>The link is incomplete, or the stand-in was restarted.</p>")
    intent = found[0]
    back_url = _safe(request.query_value("return_url"))
    if request.method == "GET":
        return _html(200, _page(intent, back_url))
    if request.method != "POST":
        return _html(405, "<h1>GET or POST</h1>")
    method = CARDS.get(parse_qs(request.body.decode("utf-8", "replace")).get("choice", [""])[0])
    if method is None:
        return _html(400, "<h1>Approve or decline</h1>")
    refused = ""
    try:
        await standin.act_outside(lambda call: intents.pay_as_customer(call, intent["id"], method=method, authenticates=True))
    except StripeFault as fault:
        refused = str(fault)
    if back_url is not None and intent["status"] == "succeeded":
        return Answer(status=303, headers={"location": _back(intent, back_url)})
    return _html(200, _page(intent, back_url, refused=refused))


def _page(intent: Thing, back_url: str | None, *, refused: str = "") -> str:
    about = escape(intent["description"] or "Payment")
    lines = [f"<h1>{about}</h1><p class=amount>{_amount(intent)}</p><p>Stripe stand-in: no money moves.</p>"]
    if refused:
        lines.append(f"<p role=alert>{escape(refused)}</p>")
    if intent["status"] in intents.CONFIRMABLE:
        lines.append(
            "<form method=post><button name=choice value=approve>Approve</button> <button name=choice value=decline>Decline</button></form>"
        )
    else:
        lines.append(f"<p role=status>This payment is {escape(intent['status'])}.</p>")
    if back_url is not None:
        lines.append(f'<p><a href="{escape(_back(intent, back_url))}">Back</a></p>')
    return "".join(lines)


def _amount(intent: Thing) -> str:
    currency = intent["currency"]
    digits = 0 if currency in WITHOUT_MINOR_UNITS else 3 if currency in THREE_DECIMALS else 2
    whole, rest = divmod(intent["amount"], 10**digits)
    return f"{whole:,}{f'.{rest:0{digits}d}' if digits else ''} {currency.upper()}"


def _safe(url: str) -> str | None:
    return url if urlsplit(url).scheme in {"http", "https"} else None


def _back(intent: Thing, back_url: str) -> str:
    """Where Stripe sends the browser afterwards, with what Stripe adds to the address."""
    outcome = "succeeded" if intent["status"] == "succeeded" else "failed"
    added = urlencode({"payment_intent": intent["id"], "payment_intent_client_secret": intent["client_secret"], "redirect_status": outcome})
    return f"{back_url}{'&' if urlsplit(back_url).query else '?'}{added}"


STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem}"
    ".amount{font-size:2rem}button{font:inherit;padding:.6rem 1.4rem}"
)


def _html(status: int, inside: str) -> Answer:
    text = (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Pay</title><style>{STYLE}</style><main>{inside}</main></html>"
    )
    return Answer(
        status=status,
        body=text.encode(),
        headers={"content-type": "text/html; charset=utf-8", "referrer-policy": "no-referrer", "cache-control": "no-store"},
    )
