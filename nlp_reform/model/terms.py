"""The closed vocabularies of the record, as literal types: their spelling is the output contract's."""

from __future__ import annotations

from typing import Literal

Script = Literal["hans", "hant", "mixed"]
"""Simplified, Traditional, or both in one text."""

Numbering = Literal["explicit", "inferred"]
"""Whether a directive carries a printed number or is a prescriptive paragraph of prose."""

StatementKind = Literal["prescriptive", "reported", "context"]
"""What a sentence does: lays down, reports, or explains."""

Modality = Literal["obligation", "prohibition", "permission", "encouragement", "aspiration"]
"""Deontic modality of a clause."""

Polarity = Literal["positive", "negative"]
"""Whether a clause wants something done or left undone."""

Comparator = Literal["=", ">=", ">", "<=", "<", "~", "range"]
"""How a quantity bounds what it measures; 以上 and 以下 include the number (Civil Code, art. 1259)."""

Role = Literal["target", "achieved", "condition", "baseline", "other"]
"""What a quantity is for."""

Direction = Literal["increase", "decrease", "hold"]
Change = Literal["by", "to", "level"]
Binding = Literal["binding", "expected"]
UnitRole = Literal["lead", "responsible", "support"]
ReferenceKind = Literal["document", "programme"]
Severity = Literal["info", "warning", "error"]
