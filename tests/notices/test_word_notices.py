"""Everything people are told has its words in each language, also an operator's own, which are tried before anybody reads them."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from service.cli._database import open_database
from service.customers.records import Language
from service.notices.records import Kind
from service.notices.rules import ABOUT
from service.notices.samples import sample
from service.notices.template_faults import template_faults
from service.notices.wording import shortened, worded
from service.settings import NotServing, Settings
from tests.world import World


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_is_worded_in_each_language_long_and_short(kind: Kind, language: Language) -> None:
    subject, text = worded(kind, language, sample(kind))
    assert subject
    assert text.strip()
    assert "Northwind" in shortened(kind, language, sample(kind))


def test_each_kind_has_its_rule() -> None:
    assert set(ABOUT) == set(get_args(Kind))


def test_an_operators_own_words_stand_before_ours(tmp_path: Path) -> None:
    (tmp_path / "receipt.en.txt").write_text("Subject: Ta, {{ name }}\n\n{{ money(amount) }} got.\n")
    (tmp_path / "receipt.en.short.txt").write_text("Got {{ money(amount) }}")
    assert template_faults(str(tmp_path)) == []
    assert worded("receipt", "en", sample("receipt"), folder=str(tmp_path)) == ("Ta, Ada Owner", "€600.00 got.\n")
    assert shortened("receipt", "en", sample("receipt"), folder=str(tmp_path)) == "Got €600.00"
    assert worded("receipt", "de", sample("receipt"), folder=str(tmp_path)) == worded("receipt", "de", sample("receipt"))


@pytest.mark.parametrize(
    "name, words, fault",
    [
        ("receipts.en.txt", "Subject: A\n\nB", "is no template; receipt.en.txt is"),
        ("receipt.fr.txt", "Subject: A\n\nB", "is no template"),
        ("receipt.en.txt", "Subject: A\n\n{{ amuont }}", "'amuont' is undefined"),
        ("receipt.en.txt", "Subject: A\n\n{{ organisation.fax }}", "has no attribute 'fax'"),
        ("receipt.en.txt", "Subject: {% if %}", "TemplateSyntaxError"),
        ("receipt.en.txt", "", "begins with `Subject: …`"),
        ("one_time_code.de.txt", "Subject: Ihr Code\n\nGuten Tag", "doesn't say code"),
        ("offer_link.en.txt", "Subject: An offer\n\nCall us", "doesn't say token"),
        ("short.de.txt", "{{ nothing }}", "'nothing' is undefined"),
    ],
)
async def test_words_that_say_what_is_not_there_or_not_what_they_are_for_are_found_before_serving(
    tmp_path: Path, settings: Settings, name: str, words: str, fault: str
) -> None:
    (tmp_path / name).write_text(words)
    [(file, said)] = template_faults(str(tmp_path))
    assert (file, fault in said) == (name, True), said
    with pytest.raises(NotServing, match=name):
        async with open_database(msgspec.structs.replace(settings, templates=str(tmp_path))):
            pass


async def test_a_preview_shows_each_kind_with_its_rule(world: World) -> None:
    await world.done("POST", "/v1/notice-rules", {"rules": [{"kind": "receipt", "channels": ["sms"], "quiet": True}]})
    assert len((await world.done("GET", "/v1/notice-previews?language=en"))["items"]) == len(get_args(Kind))
    shown = (await world.done("GET", "/v1/notice-previews?language=de"))["items"]
    assert len(shown) == len(get_args(Kind))
    receipt = next(one for one in shown if one["kind"] == "receipt")
    assert (receipt["rule"]["channels"], receipt["rule"]["quiet"], receipt["needed"]) == (["sms"], True, None)
    assert "600,00" in receipt["text"]
    assert receipt["short"]
    assert next(one for one in shown if one["kind"] == "invoice")["needed"] == "law"


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if kind.startswith(("promise_", "incident_", "visit_"))])
def test_nobody_is_promised_anything_to_the_second(kind: Kind, language: Language) -> None:
    assert not re.search(r"\d:\d\d:\d\d", " ".join(worded(kind, language, sample(kind))))
