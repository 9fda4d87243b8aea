"""What an operator sets, read once at start from the environment; anything missing or wrong refuses to start."""

import base64
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from service.kit.signatures import Keys, raw_key

LEAST_RADIUS_SECRET: Final = 16
"""RFC 2865, section 3."""
MOST_TRAVEL_DAYS: Final = 400
MOST_POSITION_HOURS: Final = 720
ELSEWHERE: Final = frozenset({"SAYSO_ADMIN_DATABASE_URL", "SAYSO_SERVICE_PASSWORD", "SAYSO_MANAGER_PASSWORD"})
"""Variables of ours that commands read and that are no settings of the service."""


_BREAKS_POLICY: Final = re.compile(r"[^A-Za-z0-9.:\[\]-]|^$")
"""What an origin never holds, and what would end it where a page says whose pictures it shows."""


class SettingsWrong(Exception):
    """A setting is missing or can't be right; the message names it and says what it should be."""


class NotServing(Exception):
    """This process can't serve; the message is one sentence for the operator."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The whole configuration of one process."""

    database_url: str
    """Connects as the service's role, never as the owner."""
    secret: bytes
    """32 bytes from which cursors and links are derived."""
    signing_key: str
    """An Ed25519 private key (PKCS 8 PEM) that signs tokens, receipts, evidence and checkpoints."""
    retired_keys: tuple[str, ...] = ()
    """The public keys that signed before it, each 32 bytes in base64, so that what they signed still verifies."""
    public_url: str = "http://127.0.0.1:8000"
    """Where customers reach the pages, without a slash at the end."""
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    pool_size: int = 10
    log_level: str = "INFO"
    smtp_url: str = ""
    """`smtp://user:password@host:port`, empty to send no mail."""
    mail_from: str = "sayso@localhost"
    imap_url: str = ""
    """A mailbox that `sayso mail-fetch` takes mail for cases from: `imaps://user:password@host/INBOX`; empty for none."""
    text_url: str = ""
    """Where short messages are handed in (`docs/texting.md`), by signed webhook; empty to send none."""
    text_secret: str = ""
    text_channels: tuple[str, ...] = ("sms",)
    """Which of `sms` and `chat` it carries."""
    templates: str = ""
    """A folder of your own wordings of what people are told, each under the name of the one it stands for; empty for none."""
    stripe_api_base: str = ""
    """Empty for Stripe itself, or the address of the stand-in."""
    stripe_api_key: str = ""
    stripe_webhook_secrets: tuple[str, ...] = ()
    """The live secrets, newest first; none turns the route off."""
    provisioning_url: str = ""
    """Who hears of each change of a service: `https://…` by signed webhook, `radius://…` by RADIUS (`docs/radius.md`)."""
    provisioning_secret: str = ""
    inside_targets: tuple[str, ...] = ()
    """`host:port` of targets inside the network that webhooks may reach all the same, and of those that speak RADIUS."""
    inside_webhooks: tuple[str, ...] = ()
    """`host:port` of targets inside the network that the webhooks an organisation adds may reach all the same; for none in general."""
    travel_url: str = ""
    """What knows the roads: `osrm+http://…` or `valhalla+http://…` (`+https` too) a server, `osrm:///…` or `valhalla:///…` a map of this machine
    (`docs/travel.md`). Empty: straight lines with a detour."""
    travel_kept_days: int = 30
    """How long what it told is used before it is asked again."""
    positions_kept_hours: int = 72
    """How long it is known where technicians were."""
    metrics_token: str = ""
    """What Prometheus sends as its bearer to read `/metrics`; empty, there is no such address."""
    checkpoint_file: str = ""
    """A file outside the database that each signed checkpoint is added to; `sayso doctor` compares. Empty for none."""
    map_tiles: str = ""
    """`https://tiles.example/{z}/{x}/{y}.png`: pictures of a map for the board, which asks nobody outside without one."""
    map_attribution: str = ""
    """Whose map it is, as its licence wants it said."""
    settable_clock: bool = False
    """Test settings only: honours the `Sayso-Test-Clock` header."""


def keys_of(settings: Settings) -> Keys:
    """What the service signs by, and what it signed by before."""
    return Keys(settings.signing_key, retired=settings.retired_keys)


def read(environment: Mapping[str, str]) -> Settings:
    """The settings in `SAYSO_…` variables; raises SettingsWrong."""
    _refuse_unknown(environment)
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        name = f"SAYSO_{field.name.upper()}"
        text = environment.get(name, "")
        if not text:
            if field.required:
                raise SettingsWrong(f"{name} is not set.")
            continue
        values[field.name] = _parsed(name, text, field.type)
    settings = msgspec.convert(values, Settings, strict=True)
    _check(settings)
    return msgspec.structs.replace(settings, retired_keys=tuple(_public_key(one) for one in settings.retired_keys))


def _public_key(text: str) -> str:
    try:
        return raw_key(text)
    except ValueError:
        raise SettingsWrong(
            "SAYSO_RETIRED_KEYS are Ed25519 public keys, each 32 bytes in base64: `x` in `/.well-known/jwks.json`."
        ) from None


def _knows_roads(url: str) -> bool:
    scheme, host, path = (split := urlsplit(url)).scheme, split.hostname, split.path
    engine, _, over = scheme.partition("+")
    return engine in {"osrm", "valhalla"} and (over in {"http", "https"} and bool(host) if over else not host and len(path) > 1)


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """A mistyped name would be a setting that silently isn't there."""
    known = {f"SAYSO_{field.name.upper()}" for field in msgspec.structs.fields(Settings)} | ELSEWHERE
    for name in sorted(name for name in environment if name.startswith("SAYSO_") and name not in known):
        near = get_close_matches(name, known, 1)
        raise SettingsWrong(f"{name} is no setting{f'; {near[0]} is' if near else ''}.")


def _parsed(name: str, text: str, kind: object) -> object:
    if kind is bytes:
        try:
            return base64.b64decode(text, validate=True)
        except ValueError:
            raise SettingsWrong(f"{name} isn't base64.") from None
    if kind is int:
        if not text.isdigit():
            raise SettingsWrong(f"{name} isn't a whole number.")
        return int(text)
    if kind is bool:
        if text not in {"true", "false"}:
            raise SettingsWrong(f"{name} is `true` or `false`.")
        return text == "true"
    if kind is not str:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _is_a_map(address: str) -> bool:
    """Whether it is where pictures of a map lie, of an origin that a page's policy can name."""
    parts = urlsplit(address)
    return (
        parts.scheme in {"http", "https"}
        and not _BREAKS_POLICY.search(parts.netloc)
        and all(one in address for one in ("{z}", "{x}", "{y}"))
    )


def _check(settings: Settings) -> None:
    """Raises SettingsWrong for the first setting that can't be right."""
    public = urlsplit(settings.public_url)
    rules = (
        (len(settings.secret) == 32, "SAYSO_SECRET must be 32 bytes in base64: `openssl rand -base64 32`."),
        (
            "BEGIN PRIVATE KEY" in settings.signing_key,
            "SAYSO_SIGNING_KEY must be an Ed25519 private key in PEM: `openssl genpkey -algorithm ed25519`.",
        ),
        (
            public.scheme in {"http", "https"} and bool(public.hostname) and not settings.public_url.endswith("/"),
            "SAYSO_PUBLIC_URL is where customers reach the pages, such as https://visits.example, without a slash at the end.",
        ),
        (settings.pool_size > 0, "SAYSO_POOL_SIZE is at least 1."),
        (
            bool(settings.text_url) == bool(settings.text_secret),
            "SAYSO_TEXT_URL and SAYSO_TEXT_SECRET are set together: nothing is sent unsigned.",
        ),
        (
            not settings.text_url or urlsplit(settings.text_url).scheme in {"http", "https"},
            "SAYSO_TEXT_URL is the https address that short messages are handed in at.",
        ),
        (set(settings.text_channels) <= {"sms", "chat"}, "SAYSO_TEXT_CHANNELS are `sms`, `chat` or both."),
        (not settings.templates or Path(settings.templates).is_dir(), "SAYSO_TEMPLATES is a folder that exists."),
        ("@" in settings.mail_from, "SAYSO_MAIL_FROM is an address of mail."),
        (
            not settings.stripe_api_key or settings.stripe_api_key.startswith(("sk_", "rk_")),
            "SAYSO_STRIPE_API_KEY begins with rk_ (a restricted key) or sk_.",
        ),
        (
            all(one.startswith("whsec_") for one in settings.stripe_webhook_secrets),
            "SAYSO_STRIPE_WEBHOOK_SECRETS each begin with whsec_, as Stripe shows them.",
        ),
        (
            not settings.provisioning_url or urlsplit(settings.provisioning_url).scheme in {"http", "https", "radius"},
            "SAYSO_PROVISIONING_URL is the https or radius address that hears of each change of a service.",
        ),
        (
            not settings.provisioning_url.startswith("radius:") or len(settings.provisioning_secret) >= LEAST_RADIUS_SECRET,
            "SAYSO_PROVISIONING_SECRET for RADIUS has at least 16 characters: everything that is sent is signed with nothing else.",
        ),
        (
            bool(settings.provisioning_url) == bool(settings.provisioning_secret),
            "SAYSO_PROVISIONING_URL and SAYSO_PROVISIONING_SECRET are set together: nothing is sent unsigned.",
        ),
        (
            not settings.travel_url or _knows_roads(settings.travel_url),
            "SAYSO_TRAVEL_URL is osrm+http://host:port or valhalla+http://host:port for a server, osrm:///maps/region.osrm or valhalla:///maps/valhalla.json for a map here.",
        ),
        (1 <= settings.travel_kept_days <= MOST_TRAVEL_DAYS, f"SAYSO_TRAVEL_KEPT_DAYS is 1 to {MOST_TRAVEL_DAYS}."),
        (
            1 <= settings.positions_kept_hours <= MOST_POSITION_HOURS,
            f"SAYSO_POSITIONS_KEPT_HOURS is 1 to {MOST_POSITION_HOURS}.",
        ),
        (
            not settings.map_tiles or _is_a_map(settings.map_tiles),
            "SAYSO_MAP_TILES is the address of pictures of a map, such as https://tiles.example/{z}/{x}/{y}.png.",
        ),
        (
            not settings.checkpoint_file or Path(settings.checkpoint_file).parent.is_dir(),
            "SAYSO_CHECKPOINT_FILE is to be in a folder that exists.",
        ),
    )
    for holds, sentence in rules:
        if not holds:
            raise SettingsWrong(sentence)
