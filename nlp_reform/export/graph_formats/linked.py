"""Linked data: Turtle and JSON-LD with ELI for documents, SKOS for themes, PROV-O for provenance.

Own namespace `urn:nlp-reform:vocab#`: classes are the node kinds with a capital (`Directive`, `Obligation`,
`Target`, `Indicator`, `Actor`, ...), properties the attributes of nodes (`modality`, `strength`, `start`, ...) and the
edge kinds in camelCase (`hasTheme`, `similarTo`, ...). A node is `urn:nlp-reform:node:` with its id. An edge that
carries more than its two ends (a place of record, a score below 1) is also a `Link` (`urn:nlp-reform:edge:`)
with `from`, `to`, `kind` and its attributes. Beside them:

- a document is an `eli:LegalResource` with `eli:title`, `eli:date_document`, `eli:id_local`, `eli:passed_by`;
  sections and directives are `eli:LegalResourceSubdivision`, held together by `eli:has_part`; citations are
  `eli:cites`;
- a theme is a `skos:Concept` with `skos:prefLabel`, `skos:notation`, `skos:inScheme`; `has_theme` is also
  `dcterms:subject`;
- a document is `prov:wasDerivedFrom` its source file (`prov:Entity` with name and sha256); every node and link is
  `prov:wasAttributedTo` the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from json.encoder import encode_basestring
from urllib.parse import quote

from nlp_reform import __version__
from nlp_reform.graph import Flat
from nlp_reform.graph.flatten import Row, Scalar
from nlp_reform.prepared import compiled

_PREFIXES = {
    "nr": "urn:nlp-reform:vocab#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NODE, _EDGE, _SCHEME, _FILE = (f"urn:nlp-reform:{part}:" for part in ("node", "edge", "codebook", "file"))
_PROGRAM = f"urn:nlp-reform:program:{__version__}"
_ELI = {"document": "eli:LegalResource", "section": "eli:LegalResourceSubdivision",
        "directive": "eli:LegalResourceSubdivision", "reference": "eli:LegalResource", "theme": "skos:Concept"}
_DOCUMENT = {"text": "eli:title", "date": "eli:date_document", "number": "eli:id_local", "issuer": "eli:passed_by"}
_THEME = {"label": "skos:prefLabel", "code": "skos:notation"}
_BESIDE = {"contains": "eli:has_part", "cites": "eli:cites", "has_theme": "dcterms:subject"}
_DATATYPES = {str: "", bool: "xsd:boolean", int: "xsd:integer", float: "xsd:double"}
_NATIVE = frozenset(("xsd:boolean", "xsd:integer"))
"""Datatypes that JSON-LD gives to JSON's own truth values and whole numbers."""
_DATE = compiled(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

Object = tuple[str, Scalar]
"""A thing said: `("iri", …)`, `("name", prefixed name)`, or `(datatype, value)` with "" for a plain literal."""
Subject = tuple[str, list[tuple[str, Object]]]


def turtle(flat: Flat) -> str:
    """Return Turtle, one block a subject."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
    return head + "\n" + "\n".join(
        f"<{subject}> " + " ;\n  ".join(f"{predicate} {_turtle(thing)}" for predicate, thing in said) + " .\n"
        for subject, said in _subjects(flat)
    )


def json_ld(flat: Flat) -> str:
    """Return JSON-LD 1.1 with a context of its own; the same triples as the Turtle."""
    entries = ",\n".join(_entry(subject, said) for subject, said in _subjects(flat))
    context = json.dumps(_PREFIXES, separators=(",", ":"))
    return f'{{"@context":{context},"@graph":[\n{entries}\n]}}\n'


def _entry(subject: str, said: list[tuple[str, Object]]) -> str:
    """Return what is said of a subject as a JSON-LD object; a property said twice holds a list.

    Each value stands in the shortest form that says its triple: text, whole numbers and truth values as JSON has them.
    """
    shown: dict[str, str] = {}
    several: set[str] = set()
    for predicate, (kind, value) in said:
        key = predicate
        if kind == "iri":
            short = f'{{"@id":{encode_basestring(str(value))}}}'
        elif predicate == "rdf:type":
            key, short = "@type", encode_basestring(str(value))
        elif not kind:
            short = encode_basestring(value if type(value) is str else str(value))
        elif kind in _NATIVE:
            short = _printed(value)
        else:
            short = f'{{"@value":{encode_basestring(_printed(value))},"@type":"{kind}"}}'
        if key in shown:
            several.add(key)
            short = f"{shown[key]},{short}"
        shown[key] = short
    told = [f'"{key}":[{short}]' if key in several else f'"{key}":{short}' for key, short in shown.items()]
    return ",".join([f'{{"@id":{encode_basestring(subject)}', *told]) + "}"


def _subjects(flat: Flat) -> Iterator[Subject]:
    """Yield every subject once with all that is said of it."""
    yield _PROGRAM, [("rdf:type", ("name", "prov:SoftwareAgent")), ("rdfs:label", ("", f"nlp_reform {__version__}"))]
    leaving: dict[Scalar, list[tuple[str, Object]]] = {}
    for edge in flat.edges:
        target: Object = ("iri", node_iri(edge["target"]))
        said = leaving.setdefault(edge["source"], [])
        said.append((_relation(edge["kind"]), target))
        if edge["kind"] in _BESIDE:
            said.append((_BESIDE[str(edge["kind"])], target))
    schemes: dict[str, None] = {}
    for row in flat.nodes:
        if row["kind"] == "theme" and "codebook" in row:
            schemes[str(row["codebook"])] = None
        yield node_iri(row["id"]), list(dict.fromkeys(_node(row) + leaving.get(row["id"], [])))
        if "sha256" in row and row["kind"] == "document":
            yield _file(row), [("rdf:type", ("name", "prov:Entity")), ("nr:sha256", ("", row["sha256"])),
                               *([("rdfs:label", ("", row["file"]))] if "file" in row else ())]
    for scheme in schemes:
        yield _SCHEME + quote(scheme, safe=""), [("rdf:type", ("name", "skos:ConceptScheme")),
                                                ("skos:prefLabel", ("", scheme))]
    for edge in flat.edges:
        if "start" in edge or float(edge.get("score", 1.0)) != 1.0:
            yield _EDGE + quote(str(edge["id"]), safe=""), _link(edge)


def _node(row: Row) -> list[tuple[str, Object]]:
    kind = str(row["kind"])
    said: list[tuple[str, Object]] = [("rdf:type", _class(kind))]
    if kind in _ELI:
        said.append(("rdf:type", ("name", _ELI[kind])))
    said += [("rdfs:label", ("", row["label"])), _BY_PROGRAM]
    own = _DOCUMENT if kind == "document" else _THEME if kind == "theme" else {}
    for name, value in row.items():
        if name in own:
            dated = own[name] == "eli:date_document" and _DATE.fullmatch(str(value))
            said.append((own[name], ("xsd:date" if dated else "", value)))
        if name == "document":
            said.append(("nr:document", ("iri", node_iri(value))))
        elif name not in _SAID_OF_NODES:
            said.append((_property(name), (_DATATYPES[type(value)], value)))
    if kind == "theme" and "codebook" in row:
        said.append(("skos:inScheme", ("iri", _SCHEME + quote(str(row["codebook"]), safe=""))))
    if kind == "document" and "sha256" in row:
        said.append(("prov:wasDerivedFrom", ("iri", _file(row))))
    return said


def _link(edge: Row) -> list[tuple[str, Object]]:
    said: list[tuple[str, Object]] = [
        ("rdf:type", ("name", "nr:Link")), ("nr:from", ("iri", node_iri(edge["source"]))),
        ("nr:to", ("iri", node_iri(edge["target"]))), _BY_PROGRAM,
    ]
    for name, value in edge.items():
        if name == "document":
            said.append(("nr:document", ("iri", node_iri(value))))
        elif name not in _SAID_OF_EDGES:
            said.append((_property(name), (_DATATYPES[type(value)], value)))
    return said


_BY_PROGRAM: tuple[str, Object] = ("prov:wasAttributedTo", ("iri", _PROGRAM))
_SAID_OF_NODES = frozenset({"id", "kind", "label"})
_SAID_OF_EDGES = frozenset({"id", "source", "target", "label"})


def node_iri(name: Scalar) -> str:
    """Return the IRI of a node by its id; Chinese characters stay, as IRIs allow."""
    return _NODE + str(name)


def _file(row: Row) -> str:
    return _FILE + quote(str(row["sha256"]) or "unknown", safe="")


@lru_cache(maxsize=1024)
def _class(kind: str) -> Object:
    name = _camel(kind)
    return "name", f"nr:{name[:1].upper()}{name[1:]}"


@lru_cache(maxsize=1024)
def _relation(kind: object) -> str:
    return f"nr:{_camel(kind)}"


def _camel(kind: object) -> str:
    first, *rest = [part for part in re.split(r"\W+|_", str(kind)) if part] or ["edge"]
    return first + "".join(part.capitalize() for part in rest)


@lru_cache(maxsize=1024)
def _property(name: str) -> str:
    """Return the property of an attribute; a dot would end a prefixed name."""
    return "nr:" + re.sub(r"[^\w-]", "_", name).lstrip("-")


_SPECIAL = compiled('[\\\\"\n\r\t]')
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _turtle(thing: Object) -> str:
    kind, value = thing
    if kind == "iri":
        return f"<{value}>"
    if kind == "name":
        return str(value)
    printed = value if type(value) is str else _printed(value)
    if kind in _NATIVE:
        return printed
    quoted = f'"{printed.translate(_ESCAPED) if _SPECIAL.search(printed) else printed}"'
    return f"{quoted}^^{kind}" if kind else quoted


def _printed(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
