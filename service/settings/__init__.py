"""What an operator sets, read once at start from the environment; anything missing or wrong refuses to start."""

import base64
from collections.abc import Mapping

import msgspec


class SettingsWrong(Exception):
    """A setting is missing or can't be right; the message names it and says what it should be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The whole configuration of one process."""

    database_url: str
    """Connects as the service's role, never as the owner."""
    secret: bytes
    """32 bytes from which cursors and links are derived."""
    signing_key: str
    """An Ed25519 private key (PKCS 8 PEM) that signs tokens and receipts."""
    public_url: str = "http://127.0.0.1:8000"
    """Where customers reach the pages, without a slash at the end."""
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    pool_size: int = 10
    log_level: str = "INFO"
    smtp_url: str = ""
    """`smtp://user:password@host:port`, empty to send no mail."""
    mail_from: str = "sayso@localhost"
    stripe_api_base: str = ""
    """Empty for Stripe itself, or the address of the stand-in."""
    stripe_api_key: str = ""
    stripe_webhook_secrets: tuple[str, ...] = ()
    """The live secrets, newest first; none turns the route off."""
    provisioning_url: str = ""
    provisioning_secret: str = ""
    inside_targets: tuple[str, ...] = ()
    """`host:port` of targets inside the network that webhooks may reach all the same."""
    metrics_token: str = ""
    """What Prometheus sends as its bearer to read `/metrics`; empty, there is no such address."""
    checkpoint_file: str = ""
    """A file outside the database that each signed checkpoint is added to; `sayso doctor` compares. Empty for none."""
    settable_clock: bool = False
    """Test settings only: honours the `Sayso-Test-Clock` header."""


def read(environment: Mapping[str, str]) -> Settings:
    """The settings in `SAYSO_…` variables; raises SettingsWrong."""
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
    return settings


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


def _check(settings: Settings) -> None:
    if len(settings.secret) != 32:
        raise SettingsWrong("SAYSO_SECRET must be 32 bytes in base64: `openssl rand -base64 32`.")
    if "BEGIN PRIVATE KEY" not in settings.signing_key:
        raise SettingsWrong("SAYSO_SIGNING_KEY must be an Ed25519 private key in PEM: `openssl genpkey -algorithm ed25519`.")
