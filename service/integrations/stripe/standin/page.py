"""The pages on which a person in the demo plays the customer: an intent's, a setup's, a checkout session's. A few buttons, no script."""

from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from service.integrations.asgi import Answer, Request
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.faults import StripeFault, internal_error
from service.integrations.stripe.standin.nouns import intents, sessions, setups
from service.integrations.stripe.standin.nouns.methods import new_account
from service.integrations.stripe.standin.state import Call, Provider, Thing

PLACES = ("/pay/", "/checkout/")
CARDS = {"approve": "pm_card_visa", "decline": "pm_card_chargeDeclined"}
BUTTONS = {"approve": "Approve", "decline": "Decline", "debit": "Debit a bank account"}
GOOD_ACCOUNT = "DE89370400440532013000"
OPEN = {*intents.CONFIRMABLE, "open"}
DONE = {"succeeded", "processing", "complete"}
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
    if standin.provider.is_down:
        return _html(503, f"<h1>Down</h1><p>{escape(str(internal_error(kept=False)))}</p>")
    found = _found(standin.provider, request.path)
    if found is None:
        return _html(404, "<h1>No such payment</h1><p>The link is incomplete, or the stand-in was restarted.</p>")
    back_url = _safe(request.query_value("return_url") or found.get("success_url") or _asked_back(found))
    if request.method != "POST":
        return _html(200, _page(standin.provider, found, back_url))
    choice = parse_qs(request.body.decode("utf-8", "replace")).get("choice", [""])[0]
    if choice not in _choices(found):
        return _html(400, "<h1>Approve or decline</h1>")
    refused = ""
    try:
        await standin.act_outside(lambda call: _act(call, found, choice))
    except StripeFault as fault:
        refused = str(fault)
    if back_url is not None and not refused and found["status"] in DONE:
        return Answer(status=303, headers={"location": _back(found, back_url)})
    return _html(200, _page(standin.provider, found, back_url, refused=refused))


def _found(provider: Provider, path: str) -> Thing | None:
    """What this link is for: whoever holds the secret may look and pay."""
    secret = path.rpartition("/")[2]
    if path.startswith("/checkout/"):
        return provider.things["checkout.session"].get(provider.checkouts.get(secret, ""))
    candidates = (*provider.all("payment_intent"), *provider.all("setup_intent"))
    return next((one for one in candidates if one["client_secret"] == secret), None)


def _act(call: Call, found: Thing, choice: str) -> None:
    method = _method(call, found, choice)
    if found["object"] == "checkout.session":
        sessions.submit(call, found["id"], method=method)
    elif found["object"] == "setup_intent":
        setups.save_as_customer(call, found["id"], method=method, authenticates=True)
    else:
        intents.pay_as_customer(call, found["id"], method=method, authenticates=True)


def _method(call: Call, found: Thing, choice: str) -> str:
    """What the customer pays with: the saved method that asked for them, if there is one, or a new card or account."""
    if choice == "debit":
        return new_account(call.provider, GOOD_ACCOUNT)
    saved = found.get("payment_method") or ((found.get("last_payment_error") or {}).get("payment_method") or {}).get("id")
    known = call.provider.things["payment_method"].get(saved or "")
    return str(saved) if choice == "approve" and known is not None and known["customer"] is not None else CARDS[choice]


def _choices(found: Thing) -> list[str]:
    debits = found["object"] != "setup_intent" and "sepa_debit" in found["payment_method_types"]
    return ["approve", "decline", *(["debit"] if debits else [])]


def _page(provider: Provider, found: Thing, back_url: str | None, *, refused: str = "") -> str:
    lines = [f"<h1>{escape(_about(provider, found))}</h1>"]
    if found.get("amount_total", found.get("amount")) is not None:
        lines.append(f"<p class=amount>{_amount(found)}</p>")
    lines.append("<p>Stripe stand-in: no money moves.</p>")
    if refused:
        lines.append(f"<p role=alert>{escape(refused)}</p>")
    if found["status"] in OPEN:
        buttons = " ".join(f"<button name=choice value={choice}>{BUTTONS[choice]}</button>" for choice in _choices(found))
        lines.append(f"<form method=post>{buttons}</form>")
        if _safe(found.get("cancel_url") or "") is not None:
            lines.append(f'<p><a href="{escape(found["cancel_url"])}">Not now</a></p>')
    else:
        lines.append(f"<p role=status>This payment is {escape(found['status'])}.</p>")
    if back_url is not None and found["object"] != "checkout.session":
        lines.append(f'<p><a href="{escape(_back(found, back_url))}">Back</a></p>')
    return "".join(lines)


def _about(provider: Provider, found: Thing) -> str:
    if found["object"] == "checkout.session":
        return ", ".join(item["description"] for item in provider.session_items[found["id"]]) or "Save a card"
    return found["description"] or ("Save a card" if found["object"] == "setup_intent" else "Payment")


def _amount(found: Thing) -> str:
    currency = found["currency"]
    digits = 0 if currency in WITHOUT_MINOR_UNITS else 3 if currency in THREE_DECIMALS else 2
    whole, rest = divmod(found.get("amount_total", found.get("amount")), 10**digits)
    return f"{whole:,}{f'.{rest:0{digits}d}' if digits else ''} {currency.upper()}"


def _asked_back(found: Thing) -> str:
    """Where whoever confirmed it wants the customer back after the authentication."""
    return ((found.get("next_action") or {}).get("redirect_to_url") or {}).get("return_url") or ""


def _safe(url: str) -> str | None:
    return url if urlsplit(url).scheme in {"http", "https"} else None


def _back(found: Thing, back_url: str) -> str:
    """Where Stripe sends the browser afterwards, with what Stripe adds to the address."""
    if found["object"] == "checkout.session":
        return back_url.replace("{CHECKOUT_SESSION_ID}", found["id"])
    outcome = "succeeded" if found["status"] == "succeeded" else "failed"
    noun = found["object"]
    added = urlencode({noun: found["id"], f"{noun}_client_secret": found["client_secret"], "redirect_status": outcome})
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
