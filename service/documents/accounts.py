"""The account of a matter: the original estimate, and each consent with everything that was written down of it."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from service.documents.blocks import Block, basis_words, figures, heading, heads, item_row, money_of, sums, table, text, totals
from service.documents.figures import moment
from service.documents.queries import CONSENTS_TOLD, MATTER_TOLD, ORIGINAL_ESTIMATE
from service.documents.records import Account, Consent, Matter, PaperLaw, Revision
from service.documents.words import CAPACITIES, CHANNELS, CONSENT_KINDS, METHODS, SHORTCOMINGS, TEXTS, WORDS
from service.kit.verbs import Work


async def read_matter(
    work: Work, *, scope_id: UUID, document: str, until: datetime | None = None, language: str | None = None, zone: str | None = None
) -> Matter:
    """A matter with what the law of its place wants to read on such a document: where its place was said to be then, or is; to be told in that language, else in the customer's; in that zone where it has no place."""
    matter = await work.one(MATTER_TOLD, scope_id=scope_id, document=document, until=until, zone=zone)
    return replace(matter, language=next((one for one in TEXTS if one == language), matter.language))


async def read_account(
    work: Work, *, scope_id: UUID, document: str, until: datetime | None = None, language: str | None = None, zone: str | None = None
) -> Account:
    """A matter as it stood then, or as it stands."""
    matter = await read_matter(work, scope_id=scope_id, document=document, until=until, language=language, zone=zone)
    original = await work.first(ORIGINAL_ESTIMATE, scope_id=scope_id, until=until)
    return Account(matter, original, await work.all(CONSENTS_TOLD, scope_id=scope_id, until=until))


def original_blocks(account: Account) -> list[Block]:
    """The original estimate with its figures, whatever was agreed afterwards."""
    matter, original, words = account.matter, account.original, WORDS[account.matter.language]
    if original is None:
        return [heading(words["estimate"]), text(words["no_estimate"])]
    shown_at = moment(original.sealed_at or original.made_at, matter.zone, matter.language)
    rows = [item_row(position, item, matter) for position, item in enumerate(original.items, 1)]
    return [
        heading(words["estimated"].format(shown_at)),
        table(heads(matter.language), rows),
        totals(*sums(original.items, basis=original.tax_basis, matter=matter)),
    ]


def summary_rows(account: Account) -> list[tuple[str, str]]:
    """Estimated, agreed of it, agreed afterwards, agreed in all."""
    matter, original, words = account.matter, account.original, WORDS[account.matter.language]
    money, agreed = money_of(matter), account.consents[-1].revised_total_minor if account.consents else 0
    first = sum(one.added_minor for one in account.consents if _answers(one, original))
    basis = basis_words(original.tax_basis if original else account.consents[0].tax_basis if account.consents else "excl", words)
    return [
        (f"{words['estimate']} ({basis})", money(original.total_minor) if original else words["no_estimate"]),
        (f"{words['first_agreed']} ({basis})", money(first)),
        (f"{words['later_agreed']} ({basis})", _signed(matter, agreed - first)),
        (f"{words['agreed']} ({basis})", money(agreed)),
    ]


def consent_blocks(account: Account) -> list[Block]:
    """Each act of the customer in the order of its chain."""
    return [_consent(one, account.matter) for one in account.consents]


def _consent(one: Consent, matter: Matter) -> Block:
    language, words = matter.language, WORDS[matter.language]
    basis = basis_words(one.tax_basis, words)
    state = None
    if not one.counts:
        state = words["not_in_force"].format(SHORTCOMINGS[language].get(one.shortcoming or "", one.shortcoming or ""))
    rows = [item_row(position, item, matter) for position, item in enumerate(one.items, 1)]
    if one.kind == "revocation":
        rows = [
            row | {"cells": [*row["cells"][:-1], words["was_yes"]]}
            for row, item in zip(rows, one.items, strict=True)
            if item.verdict == "approved"
        ]
    return {
        "kind": "consent",
        "heading": words["consent"].format(one.seq, CONSENT_KINDS[language][one.kind]),
        "state": state,
        "figures": figures(*_circumstances(one, matter))["rows"],
        "heads": ["#", words["specification"], words["quantity"], words["price"], words["amount"], words["answer"]],
        "items": rows,
        "totals": [
            (f"{words['added']} ({basis})", _signed(matter, one.added_minor)),
            (f"{words['revised']} ({basis})", money_of(matter)(one.revised_total_minor)),
        ],
        "fingerprint": f"{words['fingerprint']}: {one.entry_hash}",
    }


def _circumstances(one: Consent, matter: Matter) -> list[tuple[str, str] | None]:
    """When, who, how, to whom and on what conditions; what should be there and isn't says so."""
    language, words, law = matter.language, WORDS[matter.language], matter.law
    oral, late = one.channel.startswith("oral"), abs(one.recorded_at - one.consented_at) >= timedelta(minutes=1)
    when = (words["date"], moment(one.consented_at, matter.zone, language))
    recorded = (words["recorded"], moment(one.recorded_at, matter.zone, language)) if late else None
    how = (words["channel"], ", ".join([CHANNELS[language][one.channel], *([METHODS[language][one.method]] if one.method else [])]))
    if one.kind == "revocation":
        return [
            when,
            recorded,
            (words["takes_back"], words["consent_number"].format(one.revokes_seq)),
            how,
            (words["received"], one.received_by or _missing("consent_receiver", law, words)),
            (words["reason"], one.conditions or words["none_stated"]),
        ]
    erased = words["erased"] if one.erased else None
    name = f"{one.name} ({CAPACITIES[language][one.capacity]})" if one.name else erased
    receiver = one.received_by or (None if oral else words["received_by_us"])
    conditions = words["none_stated"] if one.conditions == "" else one.conditions
    face_to_face = one.channel == "oral_in_person" and not one.contact_point
    return [
        when,
        recorded,
        (words["given_by"], name or _missing("consent_name", law, words)),
        how,
        None
        if face_to_face
        else (words["called" if oral else "reached"], one.contact_point or erased or _missing("consent_contact", law, words)),
        (words["received"], receiver or _missing("consent_receiver", law, words)),
        (words["conditions"], conditions or _missing("consent_conditions", law, words)) if oral or one.conditions else None,
    ]


def _missing(particular: str, law: PaperLaw, words: dict[str, str]) -> str:
    return words["not_on_record_asked"].format(law.citation) if particular in law.asks else words["not_on_record"]


def _signed(matter: Matter, minor: int) -> str:
    return f"{'+' if minor > 0 else ''}{money_of(matter)(minor)}"


def _answers(one: Consent, original: Revision | None) -> bool:
    """Whether it answers the original estimate, rather than something offered afterwards."""
    return original is not None and (one.offer_id, one.revision) == (original.offer_id, original.revision) and one.kind != "revocation"
