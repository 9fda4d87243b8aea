"""What feeds are written of, as Atom (RFC 4287) and as RSS 2.0: a title, words and when they were last changed."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM, RSS = "application/atom+xml", "application/rss+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("atom", _ATOM)


class News(NamedTuple):
    """One thing to read of; told again later, it is still that one."""

    id: UUID
    title: str
    words: str
    published_at: datetime
    updated_at: datetime
    url: str


class Source(NamedTuple):
    """Whose news, where they are read, and where the feed itself is."""

    title: str
    author: str
    language: str
    page_url: str
    feed_url: str
    began_at: datetime
    """What it was changed at while there is nothing to tell."""


def atom(source: Source, news: list[News]) -> bytes:
    """The feed as Atom."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": source.language})
    _text(feed, "id", source.page_url)
    _text(feed, "title", source.title)
    _text(feed, "updated", _instant(max([source.began_at, *(one.updated_at for one in news)])))
    _text(SubElement(feed, "author"), "name", source.author)
    SubElement(feed, "link", {"rel": "self", "type": ATOM, "href": source.feed_url})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": source.page_url})
    for one in news:
        entry = SubElement(feed, "entry")
        _text(entry, "id", f"urn:uuid:{one.id}")
        _text(entry, "title", one.title)
        _text(entry, "published", _instant(one.published_at))
        _text(entry, "updated", _instant(one.updated_at))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.url})
        _text(entry, "content", one.words).set("type", "text")
    return _written(feed)


def rss(source: Source, news: list[News]) -> bytes:
    """The same as RSS 2.0."""
    whole = Element("rss", {"version": "2.0"})
    channel = SubElement(whole, "channel")
    _text(channel, "title", source.title)
    _text(channel, "link", source.page_url)
    _text(channel, "description", source.title)
    _text(channel, "language", source.language)
    SubElement(channel, f"{{{_ATOM}}}link", {"rel": "self", "type": RSS, "href": source.feed_url})
    for one in news:
        item = SubElement(channel, "item")
        _text(item, "title", one.title)
        _text(item, "link", one.url)
        _text(item, "description", one.words)
        _text(item, "pubDate", format_datetime(one.updated_at.astimezone(UTC)))
        _text(item, "guid", f"urn:uuid:{one.id}").set("isPermaLink", "false")
    return _written(whole)


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _NOT_IN_XML.sub("", text)
    return child


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: Element) -> bytes:
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document
