"""INCEpTION: a UIMA CAS as XMI with its type system inside, by dkpro-cassis.

Each layer is an annotation type `reform.<Layer>` whose features are its attributes as strings; a link is a
`reform.Link` with the two annotations it joins. CAS offsets count UTF-16 units; cassis converts them. Carriage
returns, which XML would turn into line feeds, are written as character references by lxml.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.exchange.regions import LAYERS, Link, Marked, Region, check

if TYPE_CHECKING:
    from cassis import TypeSystem

_FEATURES = {
    "statements": ("kind", "scored"), "cues": ("modality", "strength"), "assignments": ("role",),
    "quantities": ("value", "upper", "unit", "comparator", "role", "direction", "change", "binding",
                   "deadline_elsewhere"),
    "items": ("number", "level", "directive", "heading", "themes"), "duplicates": (), "slots": ("name",),
    "absent": ("direction", "change", "binding", "deadline_elsewhere"),
}
_OWN = ("key", "labeller")
_PREFIX = "feature_"
"""Feature names are prefixed: some attributes (`value`, `type`) are names UIMA keeps for itself."""


def _types() -> TypeSystem:
    from cassis import TypeSystem

    system = TypeSystem()
    for layer in LAYERS:
        kind = system.create_type(name=f"reform.{layer.capitalize()}", supertypeName="uima.tcas.Annotation")
        for feature in (*_FEATURES[layer], *_OWN):
            system.create_feature(domainType=kind, name=_PREFIX + feature, rangeType="uima.cas.String")
    for name, features in (("Link", ("source", "target", "name")), ("Document", ("name", "sha256"))):
        kind = system.create_type(name=f"reform.{name}", supertypeName="uima.tcas.Annotation")
        for feature in features:
            system.create_feature(domainType=kind, name=_PREFIX + feature, rangeType="uima.cas.String")
    return system


def write(marked: Marked) -> bytes:
    """Return a zip archive with `document.xmi` and `TypeSystem.xml`, as INCEpTION imports and exports it."""
    from cassis import Cas

    system = _types()
    cas = Cas(typesystem=system)
    cas.sofa_string = marked.text
    cas.sofa_mime = "text/plain"
    cas.add(_make(system, "Document", 0, len(marked.text), {"name": marked.name, "sha256": marked.sha256}))
    for region in marked.regions:
        given = {**region.attributes, "key": region.id, "labeller": region.labeller}
        cas.add(_make(system, region.layer.capitalize(), region.start, region.end, given))
    places = {region.id: region for region in marked.regions}
    for link in marked.links:
        start = places[link.source].start
        cas.add(_make(system, "Link", start, places[link.source].end, link._asdict()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("document.xmi", cas.to_xmi()), ("TypeSystem.xml", system.to_xml())):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data.encode("utf-8"))
    return out.getvalue()


def _make(system: TypeSystem, name: str, begin: int, end: int, given: dict[str, str]) -> Any:
    features = {_PREFIX + key: value for key, value in given.items()}
    return system.get_type(f"reform.{name}")(begin=begin, end=end, **features)


def read(data: bytes, where: str) -> Marked:
    """Read a corrected archive back; raises `GoldError` naming what is malformed."""
    import cassis

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            xmi = next(name for name in names if name.endswith(".xmi"))
            if archive.getinfo(xmi).file_size > _LARGEST:
                raise ValueError(f"{xmi} is larger than {_LARGEST} bytes unpacked")
            system = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
            cas = cassis.load_cas_from_xmi(io.BytesIO(archive.read(xmi)), typesystem=system)
        text = cas.sofa_string
        about = next(iter(cas.select("reform.Document")))
        regions = [_region(found, layer, number) for layer in LAYERS
                   for number, found in enumerate(cas.select(f"reform.{layer.capitalize()}"))]
        links = tuple(_link(found) for found in cas.select("reform.Link"))
    except (zipfile.BadZipFile, StopIteration, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise GoldError(f"{where}: no INCEpTION archive of this project ({error!r})") from error
    regions.sort(key=lambda r: (r.start, -r.end, r.id))
    check(text, regions, where)
    return Marked(getattr(about, _PREFIX + "name"), text, getattr(about, _PREFIX + "sha256"), tuple(regions), links)


_LARGEST = 1 << 28
"""Bytes of an unpacked CAS above which an archive is refused."""


def _link(found: Any) -> Link:
    return Link(*(getattr(found, _PREFIX + key) for key in Link._fields))


def _region(found: Any, layer: str, number: int) -> Region:
    given = {name: value for name in _FEATURES[layer] if (value := getattr(found, _PREFIX + name, None)) is not None}
    key = getattr(found, _PREFIX + "key", None) or f"new-{layer}-{number}"
    return Region(key, layer, found.begin, found.end, given, getattr(found, _PREFIX + "labeller", None) or "annotator")
