"""Every rule that we check is broken by a file that breaks it and nothing else, and the rules as published say the same of that file."""

import msgspec
import pytest

from service.documents.einvoice.checks import RULES, broken_rules, check_einvoice
from service.documents.einvoice.cii import write_cii
from service.documents.einvoice.model import EInvoice
from service.documents.einvoice.reading import read_einvoice
from service.documents.einvoice.ubl import write_ubl
from service.documents.einvoice.xml import MalformedXml
from tests.documents.known_bad import CODES, OTHERS, PLAIN, TWINS, Spoil, first, good, of_category, told
from tests.documents.official import faults, misfits

BAD: dict[str, tuple[EInvoice, EInvoice, set[str]]] = {
    **{rule: (good(), spoil(good()), {rule}) for rule, spoil in PLAIN.items()},
    **{rule: (good(code), spoil(good(code)), {rule}) for rule, (code, spoil) in OTHERS.items()},
    **{f"BR-{name}-{number:02d}": of_category(number, name) for name in CODES for number in range(1, 11)},
}
OTHERWISE = {"BR-DEC-13": "UBL-DT-01"}
"""What the published programs call it."""
UNLISTED: list[tuple[str, Spoil]] = [
    *(("BR-CL-04", told(currency=past)) for past in ("DEM", "HRK", "ANG")),
    *(("BR-CL-14", told(deliver_to_country=reserved)) for reserved in ("IC", "XK", "EU", "AN")),
    *(
        ("BR-CL-22", first("taxes", reason_code=f"VATEX-{unknown}"))
        for unknown in ("EU-132-1R", "EU-132-", "FR-CGI261-6", "DE-19", "EU-AE-1")
    ),
]
UNPUBLISHED = {"BR-CO-25"}
"""Of the norm's text; neither published program asks it."""


def caught(rule: str, found: set[str]) -> bool:
    """Whether the rule was found broken, and no others but those that say the same of it."""
    allowed = BAD[rule][2].union(*(twins for twins in TWINS if rule in twins))
    return rule in found <= allowed


def test_each_rule_has_a_file_that_breaks_it() -> None:
    assert {rule.id for rule in RULES} == BAD.keys()


@pytest.mark.parametrize("code", [*CODES.values(), "L"])
def test_a_good_file_of_each_category_passes_here_and_by_the_published_rules(code: str) -> None:
    for kind in ("380", "381"):
        one = msgspec.structs.replace(good(code), type_code=kind)
        for file in (write_cii(one), write_ubl(one)):
            assert read_einvoice(file) == one
            assert check_einvoice(file) == []
            assert misfits(file) == []
            assert faults(file) == set()


@pytest.mark.parametrize("rule", BAD)
def test_a_file_that_breaks_a_rule_is_told_so_in_both_syntaxes(rule: str) -> None:
    _, bad, _ = BAD[rule]
    assert caught(rule, {one.rule for one in broken_rules(bad)}), broken_rules(bad)
    published: set[str] = set()
    for file in (write_cii(bad), write_ubl(bad)):
        assert caught(rule, {one.rule for one in check_einvoice(file)}), check_einvoice(file)
        published |= faults(file)
    assert OTHERWISE.get(rule, rule) in published or rule in UNPUBLISHED, published


@pytest.mark.parametrize("rule, spoil", UNLISTED)
def test_a_code_that_its_list_has_no_more_or_only_reserves_is_told_in_both_syntaxes(rule: str, spoil: Spoil) -> None:
    bad = spoil(good("E"))
    for file in (write_cii(bad), write_ubl(bad)):
        assert {one.rule for one in check_einvoice(file)} == {rule}


def test_the_good_file_beside_a_bad_one_breaks_nothing_of_it() -> None:
    for rule, (one, _, also) in BAD.items():
        assert {broken.rule for broken in broken_rules(one)} <= also - {rule}


@pytest.mark.parametrize(
    "content, says",
    [
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "Line 1: a document type declaration is not allowed."),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "Line 1: a document type declaration is not allowed."),
        (b"<a>\n<b>\n</a>", "Line 3: mismatched tag."),
        (write_cii(good())[:-40], "unclosed token"),
        (b"", "Line 1: no element found."),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "Its encoding is unknown."),
        (write_ubl(good()).replace(b"UTF-8", b"US-ASCII"), "not well-formed"),
        (b"<Invoice/>", "Its root 'Invoice' is neither that of CII nor of UBL."),
        (b"<a>" * 100 + b"</a>" * 100, "nested too deeply"),
        (b" " * 20_000_001, "more than 20000000 bytes"),
    ],
)
def test_what_is_no_e_invoice_is_refused_with_its_line_and_never_expanded(content: bytes, says: str) -> None:
    with pytest.raises(MalformedXml, match=says.replace(".", r"\.")):
        check_einvoice(content)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1_000.00", "ten", "1,00", ""])
def test_an_amount_that_is_none_is_missing(amount: str) -> None:
    for file in (write_cii(good()), write_ubl(good())):
        for name in (b"ram:DuePayableAmount", b'cbc:PayableAmount currencyID="EUR"'):
            bad = file.replace(b"<" + name + b">96.62<", b"<" + name + f">{amount}<".encode())
            if bad != file:
                assert [one.rule for one in check_einvoice(bad)] == ["BR-15"]
