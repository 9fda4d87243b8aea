"""What the customer was told of what it will come to, by which mails, and what staff wrote of it and of emergencies."""

from collections.abc import Iterator

from service.evidence.records.packs import PackTold
from service.evidence.verifying.findings import Fault

CLOCKS_US = 5 * 60 * 1_000_000
"""So far a device's clock may be ahead."""


def forecasts(pack: PackTold) -> Iterator[Fault]:
    """Each is told against what the acts before it came to; only of more than that a notice is due or given, and none before it was given."""
    totals = [0, *(act.revised_total_minor for act in pack.acts)]
    for one in pack.forecasts:
        if not 0 <= one.acts < len(totals) or totals[one.acts] != one.authorised_minor:
            yield Fault("LOG_INCONSISTENT", f"forecast {one.forecast_id} is told against another total than that of the acts before it")
        if (one.notice_due or one.notices) and one.projected_minor <= one.authorised_minor:
            yield Fault("LOG_INCONSISTENT", f"forecast {one.forecast_id} is of no overrun, and a notice of it is told to be due or given")
        if any(notice.told_us > notice.recorded_us + CLOCKS_US for notice in one.notices):
            yield Fault("LOG_INCONSISTENT", f"a notice of forecast {one.forecast_id} is told before it was given")


def notices(pack: PackTold) -> Iterator[Fault]:
    """Each is told once, ended after it was queued, and about an act that is there or a showing to the same person."""
    acts = {act.authorisation_id: act for act in pack.acts}
    shown = {one.presentation_id: one for one in pack.presentations}
    if len({one.notice_id for one in pack.notices.told}) < len(pack.notices.told):
        yield Fault("LOG_INCONSISTENT", "a mail is told twice")
    for one in pack.notices.told:
        name = f"mail {one.notice_id}"
        if one.state_us < one.queued_us:
            yield Fault("LOG_INCONSISTENT", f"{name} is told to have ended before it was queued")
        if one.kind in ("offer_link", "one_time_code"):
            showing = shown.get(one.about)
            if showing.contact_id != one.contact_id if showing else not pack.left_out.presentations:
                yield Fault("LOG_INCONSISTENT", f"{name} is about a showing to somebody else, or one that isn't there")
        if one.kind in ("consent_copy", "approval_held"):
            act = acts.get(one.about)
            if act is None or (one.kind == "approval_held" and act.shortcoming != "CONTACT_CHANGE_UNCONFIRMED"):
                yield Fault("LOG_INCONSISTENT", f"{name} is about an act that isn't there, or that was never held")


def words(pack: PackTold) -> Iterator[Fault]:
    """Each is of an emergency or a forecast that is there, once; work that nobody had agreed to in an emergency says which."""
    there = {("work_record", one.work_record_id) for one in pack.work if one.emergency}
    there |= {("forecast", one.forecast_id) for one in pack.forecasts}
    for one in pack.words:
        if (one.about, one.id) not in there:
            yield Fault("LOG_INCONSISTENT", f"words are told of {one.about} {one.id}, which isn't there or explains nothing")
        there.discard((one.about, one.id))
    for record in pack.work:
        if record.finding == "EMERGENCY_NO_STANDING_AUTH" and not record.emergency:
            yield Fault("LOG_INCONSISTENT", f"work record {record.work_record_id} was an emergency, and doesn't say which")
