"""How long it takes from place to place: as a road engine told, and where none did by a straight line with a detour. `travel_between` answers for many places, `seconds_of` for single ways."""

from service.dispatch.travel.matrix import Travel, seconds_of, travel_between
from service.dispatch.travel.straight import straight_travel

__all__ = ["Travel", "seconds_of", "straight_travel", "travel_between"]
