"""How long it takes from place to place: as a road engine told, and where none did by a straight line with a detour. `travel_between` answers for many places."""

from service.dispatch.travel.matrix import Travel, travel_between
from service.dispatch.travel.straight import straight_travel

__all__ = ["Travel", "straight_travel", "travel_between"]
