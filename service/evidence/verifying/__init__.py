"""Checks a receipt or an evidence pack with public keys alone: no database, no network, nothing of ours but this code."""

from collections.abc import Sequence

import msgspec

from service.evidence.records.packs import PackTold
from service.evidence.verifying import acts, archive, bills
from service.evidence.verifying.findings import Fault, Finding, Unreadable, finding
from service.evidence.verifying.photos import photos
from service.evidence.verifying.tellings import forecasts, notices, words
from service.kit.signatures import PublicKeys

__all__ = ["Fault", "Finding", "verify_pack", "verify_receipt"]

SAID = (
    "kind",
    "recorded_at",
    "offer_hash",
    "approved",
    "declined",
    "shortcoming",
    "flags",
    "added_minor",
    "revised_total_minor",
    "currency",
    "entry_hash",
)
"""What of a receipt is shown to who checks it."""


def verify_receipt(text: str, *, keys: PublicKeys) -> list[Finding]:
    """Whether a receipt is signed by one of the keys, and says what a receipt says."""
    try:
        told = acts.receipt_in(text, keys=keys)
    except Unreadable as error:
        return [Finding("the receipt is signed", [error.fault])]
    said = ", ".join(f"{name} {told[name]}" for name in SAID if told.get(name) not in (None, []))
    where = f"act {told['seq']} of {told['scope_id']} at organisation {told['organisation_id']}"
    return [Finding(f"the receipt is signed: {where}: {said}", [])]


def verify_pack(content: bytes, *, keys: PublicKeys, held: Sequence[str] = ()) -> list[Finding]:
    """Whether a pack is whole, signed by one of the keys, consistent in itself, and fits the receipts somebody `held`."""
    findings: list[Finding] = []
    try:
        version, members = archive.opened(content)
        findings.append(Finding("the archive is as it was written", []))
        manifest = archive.manifest_in(members, keys)
        findings += [Finding("the manifest is signed", []), finding("every file is as signed", archive.files(manifest, members, version))]
        if findings[-1].faults:
            return findings
        pack = archive.parsed(members)
    except Unreadable as error:
        return [*findings, Finding("the pack can be read", [error.fault])]
    scope = pack.scope
    left_out = pack.left_out
    without = (
        f"; left out are {left_out.offers} texts, {left_out.presentations} showings, {left_out.work} work records, {left_out.forecasts} forecasts"
        if any(msgspec.structs.astuple(left_out))
        else ""
    )
    whose = f"{scope.organisation} (organisation {scope.organisation_id}), scope {scope.scope_id}"
    findings += [
        finding("the explanation and the list of keys in it are ours", archive.enclosed(members, version)),
        finding(f"the pack is of the matter that was signed: {whose}{without}", archive.subject(pack, manifest)),
        *_of_acts(pack, keys),
        finding(f"{len(pack.photos)} photos are those that were shown and cited", photos(pack)),
        *_of_bills(pack),
        *(_of_tellings(pack) if version > 1 else []),
    ]
    if held:
        fitting = (fault for one in held for fault in acts.held(one, pack, keys))
        findings.append(finding(f"{len(held)} receipts held fit the acts", fitting))
    return findings


def _of_acts(pack: PackTold, keys: PublicKeys) -> list[Finding]:
    committed = sum(act.authoriser_commitment is not None or act.contact_point_commitment is not None for act in pack.acts)
    return [
        finding(f"{len(pack.offers)} texts are those that were hashed, under the policy that is told", acts.offers(pack)),
        finding(f"{len(pack.presentations)} showings are of these texts, and those answered are there", acts.presentations(pack)),
        finding(f"{len(pack.acts)} acts follow one another", acts.chain(pack)),
        finding("each act is told as its hashed content says, and answers a text of the pack", acts.acts(pack)),
        finding("each act is what its receipt says", acts.receipts(pack, keys)),
        finding(f"{len(pack.checkpoints)} checkpoints are signed", acts.checkpoints(pack, keys)),
        finding(f"{len(pack.persons)} of {committed} acts name their persons, and those are the ones committed to", acts.persons(pack)),
    ]


def _of_bills(pack: PackTold) -> list[Finding]:
    ratified = sum(one.ratified for one in pack.work)
    elsewhere = sum(line.scope_id not in (None, pack.scope.scope_id) for one in pack.invoices for line in one.lines)
    unjudged = f"; {elsewhere} lines of other matters aren't judged here" if elsewhere else ""
    return [
        finding(f"{len(pack.work)} work records are of items offered, and agreed to in time where billable ({ratified} only afterwards)", bills.work(pack)),
        finding(f"{len(pack.invoices)} invoices add up and passed the rule{unjudged}", bills.invoices(pack)),
        finding("what is billed of each item is within what was agreed to and done", bills.billed(pack)),
    ]  # fmt: skip


def _of_tellings(pack: PackTold) -> list[Finding]:
    told = sum(len(one.notices) for one in pack.forecasts)
    return [
        finding(f"{len(pack.forecasts)} forecasts are told against what the acts came to, {told} notices are of more than that", forecasts(pack)),
        finding(f"{len(pack.words)} explanations are of emergencies and forecasts that are told", words(pack)),
        finding(f"{len(pack.notices.told)} mails are about the acts and showings, to those whom they name", notices(pack)),
    ]  # fmt: skip
