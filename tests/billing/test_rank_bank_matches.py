"""What a line may be is found by what it says: pure, and never by half a number."""

from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from service.billing.bank.matching import Known, named, named_whole, referenced, subsets, suggestions
from service.billing.records.bank import BankLine
from service.billing.records.bank_matching import InvoiceToPay, KnownPayer
from service.kit.check_digits import rest_of_97

NOBODY = UUID(int=0)
SERIES = ["INV-2026", "INV", "R"]
WORDS = st.text(alphabet="abc .,;:!?/äß", max_size=12)
NUMBERS = st.tuples(st.sampled_from(SERIES), st.integers(1, 999_999))


def line(remittance: str = "", amount: int = 1_000, *, codes: str = "", account: str = "", name: str = "") -> BankLine:
    return BankLine(
        NOBODY, NOBODY, NOBODY, date(2026, 3, 3), None, amount, "EUR", abs(amount), "waiting", name, account, "", "", codes, remittance, "", False, False, None, []
    )  # fmt: skip


def owed(amount: int, *, n: int = 1, customer: int = 1, name: str = "Ada Owner", currency: str = "EUR") -> InvoiceToPay:
    return InvoiceToPay(UUID(int=n), UUID(int=customer), name, f"INV-{n}", currency, amount, date(2026, 3, 1))


def reference(series: str, number: int) -> str:
    body = f"{series.replace('-', '')}{number}"
    return f"RF{98 - rest_of_97(f'RF00{body}'):02}{body}"


@given(NUMBERS, WORDS, WORDS, st.sampled_from("-/ ."))
@settings(max_examples=50)
def test_a_number_is_found_among_words_however_it_is_hyphened(number: tuple[str, int], before: str, behind: str, sign: str) -> None:
    written = f"{number[0]}{sign}{number[1]}".replace("-", sign)
    assert number in named(f"{before} {written} {behind}", SERIES)


@given(NUMBERS, st.text("0123456789", min_size=1, max_size=3))
@settings(max_examples=50)
def test_a_number_is_never_found_in_a_longer_one(number: tuple[str, int], more: str) -> None:
    assert number not in named(f"{number[0]}-{number[1]}{more}", SERIES)
    assert number not in named(f"X{number[0]}-{number[1]}", SERIES)


@given(NUMBERS, WORDS, st.booleans())
@settings(max_examples=50)
def test_a_reference_is_found_in_fours_and_never_with_a_digit_wrong(number: tuple[str, int], behind: str, in_fours: bool) -> None:
    code = reference(*number)
    said = " ".join(code[at : at + 4] for at in range(0, len(code), 4)) if in_fours else code
    assert number in referenced(line(f"danke {said} {behind}"), SERIES)
    assert number in named_whole(code, SERIES)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert referenced(line(f"danke {wrong}"), SERIES) == set()


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8), st.integers(1, 200))
@settings(max_examples=50)
def test_a_sum_of_invoices_comes_to_the_amount_exactly(amounts: list[int], amount: int) -> None:
    invoices = [owed(one, n=n) for n, one in enumerate(amounts, start=1)]
    for chosen in subsets(invoices, amount):
        assert sum(one.open_minor for one in chosen) == amount
        assert len({one.invoice_id for one in chosen}) == len(chosen) >= 2


def test_more_than_twelve_invoices_are_not_summed() -> None:
    invoices = [owed(100, n=n) for n in range(1, 14)]
    assert subsets(invoices, 200) == []
    assert len(subsets(invoices[:12], 200)) == 3


@given(st.integers(1, 100), st.integers(1, 100), st.booleans(), st.booleans())
@settings(max_examples=50)
def test_what_posts_is_certain(paid: int, open_minor: int, policy: bool, shared: bool) -> None:
    invoice, payer = owed(open_minor), KnownPayer("DE1", UUID(int=1), "Ada Owner")
    other = [KnownPayer("DE1", UUID(int=2), "Bea")] if shared else []
    by_number = suggestions(line(amount=paid), Known(by_number=[invoice]), known_payer_posts=policy)
    assert by_number[0].posts == (paid == open_minor)
    by_payer = suggestions(line(amount=paid), Known(payers=[payer, *other], owed_by_payers=[invoice]), known_payer_posts=policy)
    assert by_payer[0].posts == (paid == open_minor and policy and not shared)
    by_name = suggestions(
        line(amount=paid, name="Owner, Ada"), Known(called=[(UUID(int=1), "Ada Owner")], owed_by_called=[invoice]), known_payer_posts=True
    )
    assert not any(one.posts for one in by_name)
    assert suggestions(line(amount=paid), Known(by_reference=[owed(open_minor, currency="USD")]), known_payer_posts=True) == []


def test_the_surer_reason_comes_first_and_none_stands_twice() -> None:
    invoice = owed(1_000)
    known = Known(
        by_reference=[invoice],
        by_number=[invoice],
        payers=[KnownPayer("DE1", UUID(int=1), "Ada Owner")],
        owed_by_payers=[invoice, owed(700, n=2)],
    )
    assert [one.rule for one in suggestions(line(), known, known_payer_posts=True)] == ["creditor_reference", "known_payer", "known_payer"]
