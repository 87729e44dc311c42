"""What a document is made of: public records and the working layers between the stages."""

from nlp_reform.model.document import Document
from nlp_reform.model.layers import Block, BlockKind, Sentence, Table
from nlp_reform.model.records import (
    Actor,
    Assignment,
    Baseline,
    Deadline,
    Directive,
    Genre,
    MadeWith,
    Mention,
    Note,
    Obligation,
    Page,
    Part,
    Period,
    Quantity,
    Reference,
    Section,
    Source,
    Statement,
    Target,
    Theme,
    UsedCodebook,
)
from nlp_reform.model.terms import (
    Binding,
    Change,
    Comparator,
    Direction,
    Modality,
    Numbering,
    Polarity,
    ReferenceKind,
    Role,
    Script,
    Severity,
    StatementKind,
    UnitRole,
)

__all__ = [
    "Actor", "Assignment", "Baseline", "Binding", "Block", "BlockKind", "Change", "Comparator", "Deadline",
    "Direction", "Directive", "Document", "Genre", "MadeWith", "Mention", "Modality", "Note", "Numbering", "Obligation",
    "Page", "Part", "Period", "Polarity", "Quantity", "Reference", "ReferenceKind", "Role", "Script", "Section",
    "Sentence", "Severity", "Source", "Statement", "StatementKind", "Table", "Target", "Theme", "UnitRole",
    "UsedCodebook",
]
