"""Mark outside documents by hand: numbered sentences out, stand-off gold in.

    gold_sheet.py prepare DOCUMENT START END [--wrapped] -o SHEET.txt    numbered sentences to read
    gold_sheet.py compile DOCUMENT SHEET.txt MARKS.txt --labeller NAME -o GOLD.json

DOCUMENT is a text of the shared folder. The gold holds offsets, labels, short spans and the text's
sha256, never a sentence. A marks file has one mark a line, the sentence number first:

    12 P                         statement kind: P prescriptive, R reported, C context
    13 C-                        the same, not scored (noun heading, page furniture, broken fragment)
    14 J 16                      sentences 14 to 16 are one (hard wraps); mark it as 14
    15 X 措施包括                  sentence 15 ends before this text; the rest has the number 15b
    12 q 2.38万亿元 | 2380000000000 | 元 | = | target | ind=…; dir=increase; chg=by; dl=到2025年; base=…
    (more slots: dle= deadline elsewhere, scope=, bind=binding or expected)
    12 q 6%-6.5% | 6..6.5 | % | range | target | ind=…
    12 c 必须 | obligation 5 | bearer=…; cond=…; exc=…
    12 a 教育部 | lead            responsible unit: lead, responsible, support
    12 i （一） | 1 | 2 | D | 健全制度    item: label, number, level, D directive or S section, heading

A span is the first place of its text in the sentence; `text #2` is the second. `# …` is a remark.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
KINDS = {"P": "prescriptive", "R": "reported", "C": "context"}
SLOTS = {"ind": "indicator", "dir": "direction", "chg": "change", "dl": "deadline", "base": "baseline",
         "scope": "scope", "bind": "binding", "bearer": "bearer", "cond": "condition", "exc": "exception",
         "dle": "deadline_elsewhere"}
SENTENCE = re.compile(r"[^。！？]*?[。！？]+[”’」』）)]*|[^。！？]+\Z", re.DOTALL)
LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d+\s*[.．、]|——|[①-⑳•●])"
)


@dataclass
class Sentence:
    """One numbered sentence: half-open code-point offsets into the document."""

    start: int
    end: int
    kind: str | None = None
    scored: bool = True


def read(document: Path) -> str:
    """Return the text exactly as decoded, line ends kept."""
    return document.read_bytes().decode("utf-8")


def paragraphs(text: str, start: int, end: int, wrapped: bool) -> Iterator[tuple[int, int]]:
    """Yield paragraph spans; with `wrapped`, lines are joined until one looks like a paragraph's last."""
    lines = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\r\n]+", text[start:end])]
    if not wrapped:
        yield from lines
        return
    full = statistics.median(b - a for a, b in lines) * 0.85
    open_at: int | None = None
    for (a, b), following in zip(lines, [*lines[1:], (end, end)], strict=True):
        open_at = a if open_at is None else open_at
        blank = text[b:following[0]].count("\n") > 1
        if blank or b - a < full or LABEL.match(text, following[0]):
            yield open_at, b
            open_at = None
    if open_at is not None:
        yield open_at, lines[-1][1]


def split(text: str, start: int, end: int, wrapped: bool) -> list[Sentence]:
    """Cut a passage into sentences with their outer white space trimmed."""
    found = []
    for a, b in paragraphs(text, start, end, wrapped):
        for match in SENTENCE.finditer(text, a, b):
            piece = match.group()
            s = match.start() + len(piece) - len(piece.lstrip())
            e = match.end() - (len(piece) - len(piece.rstrip()))
            if s < e:
                found.append(Sentence(s, e))
    return found


def prepare(args: argparse.Namespace) -> None:
    """Write the numbered sentences of a passage; the first line says how they were cut."""
    text = read(args.document)
    rows = split(text, args.start, args.end, args.wrapped)
    lines = [f"#{args.start} {args.end} {int(args.wrapped)}"]
    lines += [f"{n} {text[s.start:s.end]!r}"[:2000] for n, s in enumerate(rows, 1)]
    args.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


def slots(text: str) -> dict[str, str]:
    """Read `key=value; key=value` with the short slot names of the sheet."""
    pairs = [part.split("=", 1) for part in text.split(";") if part.strip()]
    return {SLOTS[key.strip()]: value.strip() for key, value in pairs}


def place(text: str, sentence: Sentence, printed: str) -> dict[str, Any]:
    """Find a printed span (line breaks inside it allowed) in its sentence."""
    wanted, _, nth = printed.partition(" #")
    pattern = r"\s*".join(re.escape(c) for c in wanted.strip() if not c.isspace())
    hits = list(re.finditer(pattern, text[sentence.start:sentence.end]))
    hit = hits[int(nth or 1) - 1] if len(hits) >= int(nth or 1) else None
    if hit is None:
        raise ValueError(f"no such text in its sentence: {printed!r}")
    start, end = sentence.start + hit.start(), sentence.start + hit.end()
    return {"start": start, "end": end, "text": text[start:end]}


def mark(text: str, sentence: Sentence, code: str, rest: str, gold: dict[str, Any]) -> None:
    """Add one span mark to the gold."""
    cells = [cell.strip() for cell in rest.split("|")]
    item = place(text, sentence, cells[0])
    if code == "q":
        low, _, high = cells[1].partition("..")
        item["value"] = float(low)
        item |= {"upper": float(high)} if high else {}
        item |= {"unit": cells[2]} if cells[2] else {}
        item |= {"comparator": cells[3], "role": cells[4]} | slots(cells[5] if len(cells) > 5 else "")
        gold["quantities"].append(item)
    elif code == "c":
        modality, strength = cells[1].split()
        item |= {"modality": modality, "strength": int(strength)} | slots(cells[2] if len(cells) > 2 else "")
        gold["cues"].append(item)
    elif code == "a":
        gold["assignments"].append(item | {"role": cells[1]})
    else:
        gold["structure"]["items"].append({
            "label": item["text"], "number": int(cells[1]), "level": int(cells[2]), "start": item["start"],
            "heading": cells[4] if len(cells) > 4 else "", "directive": cells[3] == "D"})


def apply(line: str, text: str, sentences: dict[str, Sentence], gold: dict[str, Any]) -> None:
    """Carry out one line of the marks file."""
    number, code, rest = [*line.strip().split(" ", 2), ""][:3]
    sentence = sentences[number]
    if code[0] in KINDS and len(code) <= 2 and code not in ("c",):
        sentence.kind, sentence.scored = KINDS[code[0]], not code.endswith("-")
    elif code == "J":
        sentence.end = sentences[rest].end
        for n in range(int(number) + 1, int(rest) + 1):
            sentences.pop(str(n), None)
    elif code == "X":
        cut = place(text, sentence, rest)["start"]
        sentences[number + "b"] = Sentence(cut, sentence.end)
        trimmed = text[sentence.start:cut].rstrip()
        sentence.end = sentence.start + len(trimmed)
    elif code in ("q", "c", "a", "i"):
        mark(text, sentence, code, rest, gold)
    else:
        raise ValueError(f"unknown mark {code!r}")


def compile_gold(args: argparse.Namespace) -> None:
    """Turn a sheet and its marks into stand-off gold; every wrong line is named."""
    text = read(args.document)
    start, end, wrapped = args.sheet.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("#").split()
    sentences = {str(n): s for n, s in enumerate(split(text, int(start), int(end), wrapped == "1"), 1)}
    gold: dict[str, Any] = {"quantities": [], "cues": [], "assignments": [], "structure": {"items": []}}
    errors = 0
    for row, line in enumerate(args.marks.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            apply(line, text, sentences, gold)
        except (ValueError, KeyError, IndexError) as error:
            errors += 1
            print(f"{args.marks}:{row}: {error!r}: {line.strip()}", file=sys.stderr)
    missing = [n for n, s in sentences.items() if s.kind is None]
    if missing:
        print(f"{args.marks}: no kind for sentences {', '.join(missing)}", file=sys.stderr)
    if errors or missing:
        raise SystemExit(1)
    body = {
        "document": str(args.document.resolve().relative_to(SHARED)),
        "sha256": hashlib.sha256(args.document.read_bytes()).hexdigest(), "labeller": args.labeller,
        "passages": [[int(start), int(end)]],
        "statements": [{"start": s.start, "end": s.end, "kind": s.kind, "scored": s.scored}
                       for s in sorted(sentences.values(), key=lambda s: s.start)],
    }
    for key in ("quantities", "cues", "assignments"):
        body[key] = sorted(gold[key], key=lambda item: (item["start"], item["end"]))
    if gold["structure"]["items"]:
        body["structure"] = gold["structure"]
    args.output.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print({key: len(value) for key, value in body.items() if isinstance(value, list)})


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    sheet = verbs.add_parser("prepare")
    sheet.add_argument("document", type=Path)
    sheet.add_argument("start", type=int)
    sheet.add_argument("end", type=int)
    sheet.add_argument("--wrapped", action="store_true")
    sheet.set_defaults(run=prepare)
    build = verbs.add_parser("compile")
    build.add_argument("document", type=Path)
    build.add_argument("sheet", type=Path)
    build.add_argument("marks", type=Path)
    build.add_argument("--labeller", required=True)
    build.set_defaults(run=compile_gold)
    for verb in (sheet, build):
        verb.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
