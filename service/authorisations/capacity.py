"""What the chains answer when two happenings meet in spite of the locks; the verb runs again with fresh figures before anybody hears of it."""

from service.kit.refusals import Refusal


class CapacityMoved(Refusal):
    """Something else was agreed, done or billed here at the same moment."""

    code, status, remedy, retry_after = (
        "CAPACITY_MOVED",
        409,
        "Send the same request again: it is judged by the figures as they are then.",
        1,
    )
    constraints = (
        "authorisations.capacity_pkey",
        "authorisations.one_step_per_item",
        "authorisations.one_step_per_act",
        "authorisations.follows_in_scope",
        "authorisations.follows_in_item",
        "authorisations.follows_in_act",
        "authorisations.one_act_per_step",
        "authorisations.act_follows",
        "authorisations.scope_step_pkey",
        "authorisations.presentation_answered_once",
        "authorisations.capacity_item_pkey",
        "authorisations.work_performed_once",
        "billing.number_given_once",
        "billing.number_without_gap",
        "billing.credit_number_given_once",
        "billing.credit_number_without_gap",
        "billing.billed_work_pkey",
        "billing.credit_line_pkey",
    )
