"""What a text says: statements, obligations, quantities, targets, responsible units, references."""

from nlp_reform.extract.assignments import find_assignments
from nlp_reform.extract.obligations import find_obligations
from nlp_reform.extract.quantities import find_quantities, find_slots, find_targets
from nlp_reform.extract.references import find_references
from nlp_reform.extract.statements import find_statements

__all__ = [
    "find_assignments", "find_obligations", "find_quantities", "find_references", "find_slots", "find_statements",
    "find_targets",
]
