"""Each of the operator's own templates is one that we know, and says what it is for and nothing that isn't there."""

from typing import Any

from service.cli._checks import Surroundings
from service.notices.template_faults import template_faults


async def find(_: Any, surroundings: Surroundings) -> list[tuple[None, str, str]]:
    """Each file that can't be used."""
    return [(None, *fault) for fault in template_faults(surroundings.settings.templates)]
