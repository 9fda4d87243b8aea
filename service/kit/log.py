"""Structured logs, one JSON object a line, each with its request id and never with a secret."""

import logging
import re
import sys
from typing import Any

import msgspec
import structlog

_SECRET = re.compile(r"(authorization|password|token|secret|api_?key|cookie|nonce)", re.IGNORECASE)
_LINK = re.compile(r"(/(?:a|feed|l|owed|paid|pay|stop)/)[A-Za-z0-9_-]{16,}")


def redact(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blanks values whose name says secret, and capabilities in paths."""
    for name, value in event.items():
        if _SECRET.search(name):
            event[name] = "…"
        elif isinstance(value, str):
            event[name] = _LINK.sub(r"\1…", value)
    return event


def configure(*, level: str = "INFO", human: bool = False) -> None:
    """Sets up logging for this process: JSON lines on standard error, or colours for a person."""
    renderer: Any = (
        structlog.dev.ConsoleRenderer()
        if human
        else structlog.processors.JSONRenderer(serializer=lambda event, **_: msgspec.json.encode(event).decode())
    )
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
        renderer,
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
