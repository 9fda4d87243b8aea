"""The price book: what may be offered, versioned by the day it takes effect."""

from service.catalogue.items import versions_in_force
from service.catalogue.records import ItemVersion

__all__ = ["ItemVersion", "versions_in_force"]
