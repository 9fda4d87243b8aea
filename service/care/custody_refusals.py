"""How what is asked of devices in custody is refused."""

from service.kit.refusals import Refusal


class HandsNeeded(Refusal):
    """Only people hold devices."""

    code, status, remedy = "HANDS_NEEDED", 403, "Sign in as whoever has it in hand; a key has no hands."


class DeviceUnknown(Refusal):
    """The customer of this job has no such device."""

    code, status, remedy = "DEVICE_UNKNOWN", 422, "Name an asset of `GET /v1/customers/{customer_id}/assets`, or add it first."
    constraints = ("care.custody_of_asset",)


class DeviceHere(Refusal):
    """This device is here already."""

    code, status, remedy = "DEVICE_HERE", 409, "Read where it is: `GET /v1/custodies?customer_id=…`."
    constraints = ("care.one_open_custody_a_device",)


class DeviceHandedBack(Refusal):
    """It isn't here any more: its owner has it again, or it was disposed of."""

    code, status, remedy = "DEVICE_HANDED_BACK", 409, "Take it in again if its owner brings it."
    constraints = ("care.lent_while_it_was_here", "care.one_custody_loan_a_number")


class DeviceDisposedOf(Refusal):
    """This device was disposed of."""

    code, status, remedy = "DEVICE_DISPOSED_OF", 409, "Add what is brought as a device of its own."


class DeviceHasMoved(Refusal):
    """Somebody else was faster: it is in another hand since."""

    code, status, remedy = (
        "DEVICE_MOVED",
        409,
        "Read who holds it now, and name that `step` as `after_step` if it is still to be handed over.",
    )
    constraints = ("care.one_hand_over_a_step", "care.handed_over_by_who_has_it", "care.one_hand_over_offer_a_number")


class NotTheHolder(Refusal):
    """You don't hold this device."""

    code, status, remedy = "NOT_THE_HOLDER", 403, "Take it first: from its place, or from the colleague who offers it to you."
    constraints = ("care.offered_by_its_holder", "care.offered_by_who_holds_it", "care.hand_over_signed_by_staff")


class NotOffered(Refusal):
    """Whoever holds it hasn't offered it to you."""

    code, status, remedy = "NOT_OFFERED", 403, "Have them offer it: `POST /v1/custodies/{custody_id}/offers` with your id."
    constraints = ("care.taken_over_as_offered", "care.colleagues_both_sign")


class ColleagueUnknown(Refusal):
    """No colleague is meant by that id."""

    code, status, remedy = "COLLEAGUE_UNKNOWN", 422, "Name somebody else of `GET /v1/staff` who is active."
    constraints = ("care.offered_to_staff", "care.offered_to_somebody_else")


class OfferedOften(Refusal):
    """It was offered a hundred times without being taken."""

    code, status, remedy = "OFFERED_OFTEN", 409, "Put it down at a place and let them take it from there."


class HolderActive(Refusal):
    """Whoever holds it works here and can give it themselves, or it lies at a place."""

    code, status, remedy = "HOLDER_ACTIVE", 409, "Have them offer it to you, or take it from its place."
    constraints = ("care.taken_over_from_a_colleague",)


class DisposalNotAgreed(Refusal):
    """What the customer authorised last isn't the disposal of this device."""

    code, status, remedy = (
        "DISPOSAL_NOT_AGREED",
        409,
        "Offer an item of the kind `disposal` whose description names the device or its serial number, and say `approved` under it once the customer has.",
    )
    constraints = ("care.scrapped_as_authorised",)


class BenchPlaceUnknown(Refusal):
    """There is no such place for devices."""

    code, status, remedy = "BENCH_PLACE_UNKNOWN", 422, "Name one of `GET /v1/bench-places`."
    constraints = ("care.handed_to_place",)


class BenchPlaceExists(Refusal):
    """A place has this name already."""

    code, status, remedy = "BENCH_PLACE_EXISTS", 409, "Use it, or name this one so that people tell them apart."
    constraints = ("care.one_bench_place_a_name",)


class DeviceBeingWorkedOn(Refusal):
    """It is open on the bench."""

    code, status, remedy = "DEVICE_BEING_WORKED_ON", 409, "Make it `ready` first, repaired or not; then hand it back."


class BenchMoveUnfit(Refusal):
    """That doesn't follow how the device stands."""

    code, status, remedy = (
        "BENCH_MOVE_UNFIT",
        409,
        "Read how it stands (`state`): it is diagnosed before it is offered, authorised before it is repaired, tested before it is ready.",
    )
    constraints = ("care.bench_moves_as_declared", "care.bench_step_follows")


class OfferElsewhere(Refusal):
    """That offer isn't one of this device's job."""

    code, status, remedy = "OFFER_ELSEWHERE", 422, "Make the offer in the job that the device was taken in for, and name it as `offer_id`."
    constraints = ("care.bench_offer_of_its_matter",)
