"""The public records. All offsets are half-open code points of the text of record."""

from __future__ import annotations

from dataclasses import dataclass

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
    Severity,
    StatementKind,
    UnitRole,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A printed piece of evidence: `text == document.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from: file name, media type, encoding and the sha256 of its bytes."""

    name: str
    media_type: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class UsedCodebook:
    """A codebook that themes were given by: its name and the sha256 of its file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MadeWith:
    """By what a document was analysed: the version, and hashes of all that its layers depend on beside the text.

    `lexicons` is one sha256 over all lexicons with what plugins and the project add, `models` one over all models;
    `plugins` names the packages that bring plugins, with their versions.
    """

    program: str
    version: str
    lexicons: str
    models: str
    codebooks: tuple[UsedCodebook, ...]
    plugins: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it on one line, as outputs that have no fields carry it; hashes are cut to twelve digits."""
        books = (f"codebook {book.name} {book.sha256[:12]}" for book in self.codebooks)
        words = (f"lexicons {self.lexicons[:12]}", f"models {self.models[:12]}")
        return "; ".join((f"{self.program} {self.version}", *words, *books, *self.plugins))


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of document it is: a stable name (`notice`, `plan`, `work-report`) and its Chinese one (通知)."""

    name: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last year a document governs; None where it does not say."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment or enclosed document: its label (`附件1`, empty for an enclosed text), title and place."""

    label: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source, numbered from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or printed heading whose body is other items or prose; `duplicates` are where it is printed again."""

    id: str
    parent: str | None
    level: int
    label: str
    number: int | None
    heading: str
    start: int
    end: int
    duplicates: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Directive:
    """An item that tells somebody what to do; `path` holds the printed labels from the root down."""

    id: str
    section: str | None
    path: tuple[str, ...]
    label: str
    number: int | None
    numbering: Numbering
    heading: str
    start: int
    end: int
    duplicates: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the body and what it does."""

    id: str
    directive: str | None
    kind: StatementKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """One of those a bearer names, as printed, and its canonical Simplified name (发改委 is 国家发展和改革委员会)."""

    start: int
    end: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a clause lays down: modality, strength 1 (optional) to 5 (strict), who, what, when.

    `bearers` are the members of a coordinated bearer (各地区、各部门 gives two), `object` is the action without its
    verb, `polarity` is negative for prohibitions.
    """

    id: str
    directive: str | None
    statement: str
    modality: Modality
    strength: int
    cue: Mention | None
    bearer: Mention | None
    inherited: bool
    action: Mention | None
    condition: Mention | None
    exception: Mention | None
    rule: str = ""
    polarity: Polarity = "positive"
    object: Mention | None = None
    bearers: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit named as leading, responsible or supporting: canonical name, level and kind where they are known."""

    directive: str | None
    unit: Mention
    role: UnitRole
    canonical: str = ""
    level: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; 万 and 亿 are folded into `value`, `unit` is Simplified and without scale."""

    id: str
    directive: str | None
    start: int
    end: int
    text: str
    value: float
    upper: float | None
    unit: str
    comparator: Comparator
    role: Role
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: the printed words (offsets None when inherited) and the year they mean."""

    start: int | None
    end: int | None
    text: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a change starts from: the printed words, and the year or value they name."""

    start: int
    end: int
    text: str
    year: int | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity to be reached, with its slots; `quantity` is None when it is absent on purpose.

    `key` names the indicator comparably over years and bodies (`gdp_growth`), None when the schema lacks it.
    """

    id: str
    quantity: str | None
    directive: str | None
    indicator: Mention | None
    direction: Direction | None
    change: Change | None
    deadline: Deadline | None
    baseline: Baseline | None
    scope: Mention | None
    binding: Binding | None
    explicitly_absent: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or a named programme that the text refers to."""

    start: int
    end: int
    text: str
    title: str | None
    number: str | None
    kind: ReferenceKind


@dataclass(frozen=True, slots=True)
class Theme:
    """A code of a codebook given to a directive, with a score between 0 and 1."""

    directive: str
    codebook: str
    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Note:
    """A doubtful reading or an oddity, with its place when it has one."""

    code: str
    severity: Severity
    start: int | None
    end: int | None
    message: str
