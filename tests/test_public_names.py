"""The contract of the public names: a change is made on purpose, with the version it asks for.

`python tests/test_public_names.py` writes the contract anew after such a change. A name taken away, a parameter taken
away or made obligatory, or a changed default needs a new major version (before 1.0: minor); a new name or a new optional
parameter a new minor one (before 1.0: patch).
"""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

CONTRACT = Path(__file__).with_name("public_names.json")
MODULES = ("nlp_reform", "nlp_reform.coding", "nlp_reform.extending", "nlp_reform.graph", "nlp_reform.model",
           "nlp_reform.spacy_bridge", "nlp_reform.tables")


def describe(thing: Any) -> Any:
    """Return what callers can rely on: a signature, a class's with its public members, a closed list of words."""
    if inspect.isclass(thing):
        ours = [base for base in reversed(thing.__mro__) if base.__module__.startswith("nlp_reform")]
        members = {name: member for base in ours for name, member in vars(base).items() if not name.startswith("_")}
        return {"()": signature(thing), **{name: describe_member(members[name]) for name in sorted(members)}}
    if get_origin(thing) is Literal:
        return list(get_args(thing))
    return signature(thing) if inspect.isfunction(thing) else type(thing).__name__


def describe_member(member: Any) -> str:
    """Return a method's signature, or `field` for what is read without calling."""
    if isinstance(member, (classmethod, staticmethod)):
        return f"{type(member).__name__} {signature(member.__func__)}"
    return signature(member) if inspect.isfunction(member) else "field"


def signature(thing: Any) -> str:
    try:
        return str(inspect.signature(thing))
    except (TypeError, ValueError):
        return "()"


def names(module: str) -> list[str]:
    """Return a module's public names: `__all__`, or the public functions and classes it defines itself."""
    room = importlib.import_module(module)
    own = [name for name, thing in vars(room).items() if getattr(thing, "__module__", "") == module]
    return sorted(getattr(room, "__all__", [name for name in own if not name.startswith("_")]))


def contract() -> dict[str, Any]:
    """Return the contract as it is now, module by module."""
    return {
        module: {name: describe(getattr(importlib.import_module(module), name)) for name in names(module)} for module in MODULES
    }


def test_public_names_are_as_promised() -> None:
    promised, found = json.loads(CONTRACT.read_text(encoding="utf-8")), contract()
    told = "read the head of tests/test_public_names.py"
    for module in MODULES:
        gone = set(promised[module]) - set(found[module])
        assert not gone, f"{module} lost public names; {told}"
        for name, what in promised[module].items():
            assert found[module][name] == what, f"{module}.{name} changed; {told}"
        assert set(found[module]) == set(promised[module]), f"{module} has new public names; {told}"


def test_every_public_name_says_what_it_is() -> None:
    for module in MODULES:
        room = importlib.import_module(module)
        for name in names(module):
            thing = getattr(room, name)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                assert len(inspect.getdoc(thing) or "") > 20, f"{module}.{name}"


def test_the_contract_notices_a_changed_default() -> None:
    def promised(source: str, top: int = 3) -> None: ...
    def changed(source: str, top: int = 5) -> None: ...
    assert describe(promised) != describe(changed)


if __name__ == "__main__":
    CONTRACT.write_text(json.dumps(contract(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
