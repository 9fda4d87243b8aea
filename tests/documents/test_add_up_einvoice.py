"""Whatever is billed at whatever rates, with tax on top or included: the e-invoice adds up, in both syntaxes alike."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from service.billing.judge import taxes_of
from service.documents.einvoice.checks import check_einvoice
from service.documents.einvoice.cii import write_cii
from service.documents.einvoice.composing import composed
from service.documents.einvoice.reading import read_einvoice
from service.documents.einvoice.ubl import write_ubl
from service.documents.records import PayTo
from service.documents.traded import TradedDocument, TradedLine, TradedParty, TradedTax
from service.kit.money import exact_text, rounded
from tests.documents.official import faults, misfits

WORDS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), codec="utf-8"), min_size=1, max_size=30).filter(str.strip)
RATES = st.sampled_from(
    [("S", Fraction(19, 100)), ("S", Fraction(7, 100)), ("S", Fraction(55, 1000)), ("S", Fraction(1, 4)), ("Z", Fraction(0))]
)
LINES = st.tuples(
    WORDS,
    st.sampled_from(["HUR", "EA", "MTR", "C62"]),
    st.fractions(Fraction(1, 60), 1000, max_denominator=60),
    st.fractions(0, 10**7, max_denominator=100),
    st.integers(0, 100),
    RATES,
)
SELLER = TradedParty(
    "Northwind", "Weg 1", "Berlin", "10115", "DE", "DE123456789", "EM:a@a.example", "1/2", "HRB 1", "Amtsgericht Berlin", "+49 30 555 0100"
)


@st.composite
def documents(draw: st.DrawFn) -> TradedDocument:
    """An invoice or a credit note as the posting computes it: lines rounded, tax once a rate on their sum."""
    basis, currency = draw(st.sampled_from(["excl", "incl"])), draw(st.sampled_from(["EUR", "JPY"]))
    credit = draw(st.booleans())
    lines, taxed = [], []
    for number, (words, unit, quantity, price, share, (category, rate)) in enumerate(draw(st.lists(LINES, min_size=1, max_size=8)), 1):
        gross = rounded(quantity * price)
        discount = gross * share // 100 if draw(st.booleans()) else 0
        percent = exact_text(rate * 100)
        lines.append(
            TradedLine(number, words, unit, exact_text(quantity), exact_text(price), discount, gross - discount, category, percent)
        )
        taxed.append((category, rate, gross - discount))
    taxes = taxes_of(taxed, tax_basis=basis)
    total = sum(net + (tax if basis == "excl" else 0) for _, _, net, tax in taxes)
    return TradedDocument(
        type_code="381" if credit else "380", number="INV-1", issued_on=date(2026, 3, 4), due_on=None if credit else date(2026, 3, 18), currency=currency,
        tax_basis=basis, language=draw(st.sampled_from(["en", "de"])), note=draw(WORDS), corrects="INV-0" if credit else None,
        corrects_issued_on=date(2026, 3, 1) if credit else None, seller=SELLER,
        buyer=TradedParty(draw(WORDS), draw(WORDS), draw(WORDS), "1010", "AT", "ATU12345678", "EM:b@a.example", buyer_reference="PO 1"), lines=lines,
        taxes=[TradedTax(category, exact_text(rate * 100), net, tax) for category, rate, net, tax in taxes], total_minor=total,
        open_minor=total if credit else draw(st.integers(0, total)), pay_to=PayTo("Northwind", "DE75512108001245126199", "", ""),
        payment_reference="RF85INV20261", delivered_from=date(2026, 3, 1), delivered_until=draw(st.sampled_from([date(2026, 3, 1), date(2026, 3, 4)])),
    )  # fmt: skip


def adds_up(told: TradedDocument) -> None:
    model = composed(told)
    for file in (write_cii(model), write_ubl(model)):
        assert check_einvoice(file) == []
        assert misfits(file) == []
        assert faults(file) == set()
        assert read_einvoice(file) == model


@settings(deadline=None, max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(documents())
def test_whatever_is_billed_adds_up(told: TradedDocument) -> None:
    adds_up(told)


@pytest.mark.soak
@settings(deadline=None, max_examples=2_000, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(documents())
def test_whatever_is_billed_adds_up_two_thousand_times(told: TradedDocument) -> None:
    adds_up(told)
