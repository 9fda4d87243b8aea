"""What happens is followed in commit order, and people are told of it where a rule names channels for it: nothing that does it has to know."""

from typing import Final

from service.kit.verbs import Work, verb
from service.notices.queries import FOLLOW_FACTS
from service.notices.records import Kind
from service.notices.rules import rules_in_force

TOLD_OF: Final[tuple[Kind, ...]] = ("visit_booked", "visit_moved", "visit_cancelled")
"""Facts of which people are told by a notice of the same name."""
AT_ONCE: Final = 1_000


@verb()
async def follow_facts(work: Work) -> bool:
    """Has people told of what happened since it was looked at last, so many facts at a time; the first time of what happens next. Whether there is more."""
    told = {rule.kind for rule in (await rules_in_force(work)).rules if rule.channels}
    followed = await work.run(FOLLOW_FACTS, kinds=sorted(told & set(TOLD_OF)), limit=AT_ONCE)
    return followed.read > 0
