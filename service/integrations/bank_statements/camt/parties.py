"""Who paid and who was paid, in every version: <Nm> at once, in <Pty>, or of an agent."""

from service.integrations.bank_statements.camt.nodes import Node
from service.integrations.bank_statements.records import Party

_NAMES = (("Nm",), ("Pty", "Nm"), ("Agt", "FinInstnId", "Nm"))
_BANKS = (
    ("FinInstnId", "BICFI"), ("FinInstnId", "BIC"), ("FinInstnId", "ClrSysMmbId", "MmbId"), ("FinInstnId", "Othr", "Id"), ("FinInstnId", "Nm"),
)  # fmt: skip


def parties_of(node: Node) -> tuple[Party, Party]:
    """Debtor and creditor of one payment."""
    return _party(node, "Dbtr"), _party(node, "Cdtr")


def _party(node: Node, role: str) -> Party:
    parties, agents = node.one("RltdPties"), node.one("RltdAgts")
    person = parties.one(role) if parties else None
    ultimate = parties.one(f"Ultmt{role}") if parties else None
    account = parties.one(f"{role}Acct") if parties else None
    agent = agents.one(f"{role}Agt") if agents else None
    return Party(
        name=(person.first_said(*_NAMES) if person else None) or (account.said("Nm") if account else None),
        account=account_number(account) if account else None,
        bank=agent.first_said(*_BANKS) if agent else None,
        ultimate=ultimate.first_said(*_NAMES) if ultimate else None,
    )


def account_number(account: Node) -> str | None:
    """The IBAN without blanks, or another number as it is written."""
    iban = account.said("Id", "IBAN")
    return iban.replace(" ", "").upper() if iban else account.said("Id", "Othr", "Id")


def bank_of(servicer: Node | None) -> str | None:
    """A bank's BIC, else its clearing number, else its name."""
    return servicer.first_said(*_BANKS) if servicer else None


def party_references(node: Node) -> tuple[tuple[str, str], ...]:
    """The identifications of debtor and creditor, a direct debit's creditor identifier among them."""
    parties = node.one("RltdPties")
    if parties is None:
        return ()
    told: list[tuple[str, str]] = []
    for role, kind in (("Dbtr", "payer_id"), ("Cdtr", "payee_id")):
        person = parties.one(role)
        person = (person.one("Pty") or person) if person else None
        for sort in ("OrgId", "PrvtId"):
            holder = person.one("Id", sort) if person else None
            told += [(kind, text) for other in (holder.all("Othr") if holder else ()) if (text := other.said("Id"))]
    return tuple(told)
