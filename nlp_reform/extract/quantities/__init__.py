"""Quantities and targets: numerals → amounts → periods → roles → phrases → targets."""

from nlp_reform.extract.quantities.find import find_quantities
from nlp_reform.extract.quantities.targets import find_slots, find_targets

__all__ = ["find_quantities", "find_slots", "find_targets"]
