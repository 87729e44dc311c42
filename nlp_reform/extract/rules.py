"""Types a sentence by rules: chains of its signs, strongest first."""

from __future__ import annotations

from nlp_reform.extract.signs import Shown
from nlp_reform.model import StatementKind


def by_rule(item: Shown) -> StatementKind:  # noqa: PLR0911 (a chain of rules, one a line)
    """Type a sentence by a chain of signs, strongest first."""
    signs = item.signs
    if goes_for(item) or states(item):
        return "prescriptive" if goes_for(item) else _stated(signs)
    if item.spoken:
        return _in_speech(signs)
    if item.part == "review":
        return _in_review(signs)
    past = "past" in signs and "done" in signs
    future = bool(signs & {"future", "plan_actor"})
    if "asked" in signs or ("charged" in signs and not past):
        return "prescriptive"
    if "definite" in signs and "firm" not in signs:
        return "context"
    if "aim" in signs or (signs & {"verb_first", "cue_first"} and not past):
        return "prescriptive"
    if past and "firm" not in signs and not future:
        return "reported"
    if "firm" in signs:
        return "prescriptive"
    if "context" in signs and not (future and "done" not in signs):
        return "context"
    if future or signs & {"hedge", "soft"}:
        return "prescriptive"
    if "done" in signs and item.part != "plan":
        return "reported"
    return "prescriptive" if item.part == "plan" else "context"


_LAYS_DOWN = frozenset({"firm", "asked", "plan_actor"})


def states(item: Shown) -> bool:
    """Tell whether a sentence lays nothing down: without a firm cue a formal clause (本办法适用于…) or a state."""
    return ("formal" in item.signs or item.part == "state") and not item.signs & _LAYS_DOWN


def goes_for(item: Shown) -> bool:
    """Tell whether a sentence stands among goals and neither reports, reasons nor begins with a year gone by."""
    return item.part == "goal" and not item.signs & {"behind", "context", "definite"}


def sure(item: Shown) -> bool:  # noqa: PLR0911 (a chain of rules, one a line)
    """Tell whether the rules leave no doubt: an aim or an opening cue, and no sign of a report or a reason."""
    if goes_for(item):
        return True
    if "asked" in item.signs:
        return item.part != "review"
    if item.part == "review" and "results" in item.signs:
        return not item.signs & {"future", "plan_actor", "context", "definite"} and not item.spoken
    plain = not item.signs & {"past", "done", "definite", "context"}
    if item.spoken and "will" in item.signs:
        return plain and not item.signs & {"forecast", "feeling", "cited", "turn"}
    if item.part == "plan" and item.signs >= {"verb_first", "bound"}:
        return not item.signs & {"past", "definite", "context", "results"}
    if plain and item.signs & {"firm", "soft"} and not item.spoken:
        return item.part != "review"
    if "charged" in item.signs and not item.spoken:
        return item.part != "review" and not item.signs & {"past", "done"}
    return plain and item.part != "review" and bool(item.signs & {"aim", "cue_first"})


def _in_speech(signs: frozenset[str]) -> StatementKind:  # noqa: PLR0911 (a chain of rules, one a line)
    """Type a sentence of an address or budget speech: without a sign it argues, where a plan would prescribe."""
    acts, told = "plan_actor" in signs, {"cited", "means", "definite"}
    if signs & {"asked", "aim"}:
        return "prescriptive"
    if not acts and (signs & told or ("feeling" in signs and "firm" not in signs)):
        return "context"
    if "will" in signs and not signs & {"forecast", "feeling"}:
        return "prescriptive"
    if "outturn" in signs:
        return "reported"
    if acts and not ("once" in signs and "future" not in signs):
        return "prescriptive"
    if signs & {"past", "once", "done", "behind"} and "firm" not in signs:
        return "reported"
    if "firm" in signs or ("estimate" in signs and "forecast" not in signs):
        return "prescriptive"
    if signs & {"forecast", "helps", "turn"}:
        return "context"
    if "future" in signs:
        return "prescriptive"
    if "context" in signs:
        return "context"
    if "running" in signs:
        return "reported"
    return "prescriptive" if signs & {"verb_first", "cue_first"} else "context"


def _stated(signs: frozenset[str]) -> StatementKind:
    return "reported" if signs & {"past", "done"} and "formal" not in signs else "context"


def _in_review(signs: frozenset[str]) -> StatementKind:
    if signs & {"context", "definite"} and "done" not in signs:
        return "context"
    if "firm" in signs and not signs & {"past", "done", "results"}:
        return "prescriptive"
    return "reported"
