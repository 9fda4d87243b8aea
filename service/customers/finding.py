"""Finding a customer by whatever they say of themselves: name, telephone, address, serial number, reference; a slip in each word is forgiven."""

from typing import Literal
from uuid import UUID

from service.customers.folding import one_slip_from, phone_word, same_number, squeezed, words_of
from service.customers.queries import CONTACTS_WITH_WORD, COUNT_BEGINNINGS, COUNT_WORDS, CUSTOMERS_WITH_WORDS, FOUND_CUSTOMERS, KEEP_WORDS
from service.customers.records import Asset, Contact, Customer, FoundCustomer, NewAsset, NewContact, NewCustomer, NewSite, Site
from service.kit.verbs import Work

GROUPS = 5
"""Words that are looked for at once; the longest, where there are more."""
ENOUGH = 5
"""Found so many, nobody is looked for whose words are only like those."""
TELLING, WHOLE_NUMBER = 3, 6
"""So many words that all stand as they were said, or so long a number, mean whom they fit and nobody else: each further look is another question to the database."""
SHORTEST_SLIP, SHORTEST_BEGINNING = 4, 2
MOST_FOUND = 20
MOST_COUNTED, FEW_COUNTED = 3000, 100
"""As far as it is counted how many have a word that was said, and one that is only like it: enough to begin with the rarest."""


async def keep_words_of_customer(work: Work, customer_id: UUID, customer: Customer | NewCustomer) -> None:
    """Has them found by name, reference and billing address, as those stand now."""
    words = words_of(customer.name, customer.street, customer.city, customer.postcode)
    await _keep(work, customer_id, customer_id, words | {squeezed(customer.reference or "")})


async def keep_words_of_contact(work: Work, customer_id: UUID, contact_id: UUID, contact: Contact | NewContact) -> None:
    """Has them found by who is reached, and how."""
    match contact.channel:
        case "phone" | "sms":
            way = {phone_word(contact.address)}
        case "email":
            way = words_of(contact.address.partition("@")[0]) | {squeezed(contact.address)}
        case _:
            way = words_of(contact.address)
    await _keep(work, customer_id, contact_id, words_of(contact.name) | way)


async def keep_words_of_site(work: Work, customer_id: UUID, site_id: UUID, site: Site | NewSite) -> None:
    """Has them found by where they are served."""
    await _keep(work, customer_id, site_id, words_of(site.address))


async def keep_words_of_asset(work: Work, customer_id: UUID, asset_id: UUID, asset: Asset | NewAsset) -> None:
    """Has them found by what stands there, its serial number and its plate."""
    await _keep(work, customer_id, asset_id, words_of(asset.name) | {squeezed(asset.serial or ""), squeezed(asset.plate or "")})


async def find_by_words(work: Work, *, said: str) -> list[UUID]:
    """Whoever all words fit: as they stand; then the last one begun; then with one slip in a word that nobody has; then in any."""
    groups = _groups_of(said)
    number = _as_number(said)
    if not groups:
        return []
    rows = await _counted(work, number.union(*groups), most=MOST_COUNTED)
    exact = [group & rows.keys() for group in groups]
    found = await _with(work, [number & rows.keys()], rows)
    if found and max(map(len, number)) >= WHOLE_NUMBER:
        return list(dict.fromkeys(found))[:MOST_FOUND]
    found += await _with(work, exact, rows)
    enough = 1 if len(groups) >= TELLING and all(exact) else ENOUGH
    if len(set(found)) < enough:
        rows |= (begun := await _beginning(work, max(groups[-1], key=len)))
        exact[-1] |= begun.keys()
        found += await _with(work, exact, rows)
    if len(set(found)) < enough and not all(exact):
        found += await _with(work, [one or await _slipped(work, group, rows) for one, group in zip(exact, groups, strict=True)], rows)
    if not found:
        found = await _with(work, [one | await _slipped(work, group, rows) for one, group in zip(exact, groups, strict=True)], rows)
    return list(dict.fromkeys(found))[:MOST_FOUND]


async def list_contacts_by_mail(work: Work, *, address: str) -> list[Contact]:
    """The contacts with that mail address, however it is written in capitals; the first of each customer's."""
    first = {one.customer_id: one for one in reversed(await list_contacts_at(work, said=address))}
    return list(first.values())


async def list_contacts_at(work: Work, *, said: str) -> list[Contact]:
    """Everybody who is written to at that mail address or number, however it is written."""
    if "@" in said:
        contacts = await work.all(CONTACTS_WITH_WORD, word=squeezed(said), channels=["email"])
        return [one for one in contacts if one.address.lower() == said.lower()]
    contacts = await work.all(CONTACTS_WITH_WORD, word=phone_word(said), channels=["sms", "chat"])
    return [one for one in contacts if phone_word(one.address) == phone_word(said)]


async def list_contacts_by_number(work: Work, *, channel: Literal["sms", "chat"], number: str) -> list[Contact]:
    """The contacts with that telephone number, however it is written, or that name in a chat; the first of each customer's, who texts before who calls."""
    if channel == "sms":
        contacts = await work.all(CONTACTS_WITH_WORD, word=phone_word(number), channels=["sms", "phone"])
        contacts = [one for one in contacts if same_number(one.address, number)]
    else:
        contacts = await work.all(CONTACTS_WITH_WORD, word=min(words_of(number), default=""), channels=["chat"])
        contacts = [one for one in contacts if one.address.lower() == number.lower()]
    first = {one.customer_id: one for one in sorted(contacts, key=lambda one: one.channel == channel)}
    return list(first.values())


async def tell_found(work: Work, *, customer_ids: list[UUID]) -> list[FoundCustomer]:
    """Each with what tells two of a name apart, in that order, at most 20."""
    ids = customer_ids[:MOST_FOUND]
    told = {one.id: one for one in await work.all(FOUND_CUSTOMERS, customer_ids=ids)}
    return [told[one] for one in ids]


async def _keep(work: Work, customer_id: UUID, source_id: UUID, words: set[str]) -> None:
    await work.part().run(KEEP_WORDS, customer_id=customer_id, source_id=source_id, words=sorted(words - {""}))


def _groups_of(said: str) -> list[set[str]]:
    """Each word said, and what else it may be written like; the longest, in the order they were said."""
    if "@" in said:
        return [{squeezed(said)}]
    words: dict[str, set[str]] = {}
    for part in said.split():
        for plain in sorted(words_of(part, spelled_out=False)):
            words.setdefault(plain, words_of(plain) | {plain})
    longest = sorted(words, key=len, reverse=True)[:GROUPS]
    return [group for plain, group in words.items() if plain in longest]


def _as_number(said: str) -> set[str]:
    """All of it as one number: a telephone's, a serial, a reference."""
    if not any(one.isdecimal() for one in said):
        return set()
    return {squeezed(said)} if any(one.isalpha() for one in said) else {squeezed(said), phone_word(said)}


async def _counted(work: Work, words: set[str], *, most: int) -> dict[str, int]:
    return {one.word: one.rows for one in await work.all(COUNT_WORDS, words=sorted(words), most=most)}


async def _beginning(work: Work, word: str) -> dict[str, int]:
    if len(word) < SHORTEST_BEGINNING:
        return {}
    counted = await work.all(COUNT_BEGINNINGS, first=word, behind=word + "\U0010ffff", most=FEW_COUNTED)
    return {one.word: one.rows for one in counted}


async def _slipped(work: Work, group: set[str], rows: dict[str, int]) -> set[str]:
    """The words that somebody has and that one slip makes of these; counted into `rows`."""
    slips = {slip for word in group if len(word) >= SHORTEST_SLIP for slip in one_slip_from(word)}
    rows |= (known := await _counted(work, slips, most=FEW_COUNTED) if slips else {})
    return set(known)


async def _with(work: Work, groups: list[set[str]], rows: dict[str, int]) -> list[UUID]:
    """Whoever has a word of each group; nobody, where a group has none. The rarest is looked up, and the others in what it gives."""
    if not all(groups):
        return []
    rarest = sorted((sorted(group) for group in groups), key=lambda group: sum(rows[word] for word in group))
    return await work.all(
        CUSTOMERS_WITH_WORDS, **{f"words_{number}": rarest[number] if number < len(rarest) else [] for number in range(GROUPS)}
    )
