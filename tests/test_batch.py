"""Batch: rows equal those of extract, whatever the workers; bad documents are recorded; interrupted runs complete."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest
from batch_examples import ROOT, command, deterministic, folder, left_over, manifest, read, run
from click.testing import CliRunner
from pandas.testing import assert_frame_equal

import nlp_reform
from nlp_reform.batch import plan
from nlp_reform.batch.similar import clusters, matrix, signature
from nlp_reform.cli.main import cli
from nlp_reform.tables import TABLES


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("in") / "notices", 12)


@pytest.fixture(scope="module")
def whole(notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of one uninterrupted run."""
    output = tmp_path_factory.mktemp("out") / "whole"
    nlp_reform.batch(notices, output, workers=2, codebook=["societies"])
    return output


def test_every_table_equals_the_frame_of_the_same_documents(notices: Path, whole: Path) -> None:
    documents = [nlp_reform.extract(path, ["societies"]) for path in sorted(notices.glob("*.txt"))]
    for table in TABLES:
        frame = nlp_reform.to_frame(documents, table)
        # Parquet keeps no vocabulary of a category in a table without rows.
        assert_frame_equal(pd.read_parquet(whole / table), frame, check_dtype=len(frame) > 0, check_categorical=len(frame) > 0)
    assert manifest(whole)["tables"]["documents"] == 12
    assert {one["status"] for one in manifest(whole)["documents"]} == {"done"}


def test_bytes_do_not_depend_on_workers_hash_seed_locale_or_time_zone(notices: Path, whole: Path, tmp_path: Path) -> None:
    worlds = (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8"},
    )
    for workers, world in enumerate(worlds, 1):
        output = tmp_path / f"w{workers}"
        done = run(notices, "-o", output, "--workers", workers * 2 - 1, "--codebook", "societies", **world)
        assert done.returncode == 0, done.stderr
        assert deterministic(output) == deterministic(whole)


def test_documents_that_fail_are_recorded_and_the_rest_is_delivered(notices: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    folder(source, 3)
    (source / "empty.txt").write_bytes(b"")
    (source / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (source / ".hidden").write_text("x")
    (source / "gone.txt").symlink_to(tmp_path / "nowhere")
    done = run(source, "-o", tmp_path / "out", "--codebook", "societies", "--workers", 1)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    failures = {row["name"]: row for row in read(tmp_path / "out", "failures").to_pylist()}
    assert set(failures) == {"empty.txt", "gone.txt", "picture.png"}
    assert all(row["kind"] == "read" and row["reason"].startswith(row["name"]) for row in failures.values())
    assert all(row["reason"] in done.stderr for row in failures.values())
    assert read(tmp_path / "out", "documents").num_rows == 3
    assert [one["status"] for one in manifest(tmp_path / "out")["documents"]].count("failed") == 3


def _pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Make the analysts of this test, and only them, misbehave on documents that say so."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import sys\nif 'nlp_reform.batch.analyst' in sys.orig_argv:\n"
        "    import nlp_reform.normalise as room\n    found = room.find\n"
        f"    def find(document):\n{body}        return found(document)\n    room.find = find\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")]))


def test_what_hangs_eats_memory_or_dies_is_ended_and_its_worker_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(tmp_path, monkeypatch, (
        "        if '悬停' in document.text:\n            import re; re.match('(a+)+$', 'a' * 60 + 'b')\n"
        "        if '吞食' in document.text:\n            big = [bytearray(1 << 20) for _ in range(100000)]\n"
        "        if '倒下' in document.text:\n            import os; os.kill(os.getpid(), 11)\n"
        "        if '出错' in document.text:\n            raise KeyError('made up')\n"))
    source = folder(tmp_path / "in", 5)
    for word in ("悬停", "吞食", "倒下", "出错"):
        (source / f"notice-002-{word}.txt").write_text(f"一、{word}。", encoding="utf-8")
    done = nlp_reform.batch(source, tmp_path / "out", workers=2, timeout=3, memory=300, codebook=["societies"])
    failures = {row["name"][11:13]: (row["kind"], row["reason"]) for row in read(tmp_path / "out", "failures").to_pylist()}
    assert {name: kind for name, (kind, _) in failures.items()} == {"悬停": "timeout", "吞食": "memory", "倒下": "crash", "出错": "fault"}
    assert "more than 3 seconds" in failures["悬停"][1] and "more than 300 MB" in failures["吞食"][1]
    assert "SIGSEGV" in failures["倒下"][1] and "KeyError" in failures["出错"][1]
    assert done.documents == 5 and len(done.failed) == 4
    assert not [one for one in psutil.Process().children(recursive=True) if "analyst" in " ".join(one.cmdline())]


def test_resume_keeps_what_is_done_by_content_and_does_the_rest(notices: Path, tmp_path: Path) -> None:
    source, output = folder(tmp_path / "in", 9), tmp_path / "out"
    first = nlp_reform.batch(source, output, workers=1, codebook=["societies"])
    assert (first.documents, first.kept) == (9, 0)
    assert nlp_reform.batch(source, output, workers=1, resume=True, codebook=["societies"]).kept == 9
    (source / "notice-004.txt").write_text("1.应当在3日内改正。", encoding="utf-8")
    (source / "aaa.txt").write_text("1.不得收取费用。", encoding="utf-8")
    (source / "notice-007.txt").unlink()
    again = nlp_reform.batch(source, output, workers=1, resume=True, codebook=["societies"])
    assert (again.documents, again.kept) == (9, 7)
    nlp_reform.batch(source, tmp_path / "fresh", workers=1, codebook=["societies"])
    assert deterministic(output) == deterministic(tmp_path / "fresh")
    assert nlp_reform.batch(source, output, workers=1, resume=True, codebook=["instruments"]).kept == 0


def test_a_failed_document_is_tried_again_and_the_others_of_its_shard_are_kept(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", 6)
    secret = source / "notice-003.txt"
    text = secret.read_text(encoding="utf-8")
    secret.write_bytes(b"")
    assert len(nlp_reform.batch(source, tmp_path / "out", workers=1, codebook=["societies"]).failed) == 1
    secret.write_text(text, encoding="utf-8")
    again = nlp_reform.batch(source, tmp_path / "out", workers=1, resume=True, codebook=["societies"])
    assert (again.documents, again.kept, again.failed) == (6, 5, ())


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A folder of longer notices and the bytes of an uninterrupted run over it."""
    place = tmp_path_factory.mktemp("long")
    source = folder(place / "in", 16, 40)
    nlp_reform.batch(source, place / "out", workers=2, codebook=["societies"])
    return source, deterministic(place / "out")


def _interruptible() -> None:
    """Heed an interrupt also where the tests themselves run in the background, which ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("how", ["interrupt", "kill", "worker"])
def test_interrupted_anywhere_a_rerun_gives_the_exact_same_data_set(
    how: str, long: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    source, output = long[0], tmp_path / "out"
    started = subprocess.Popen(command(source, "-o", output, "--codebook", "societies", "--workers", 2),
                               env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True,
                               preexec_fn=_interruptible)  # noqa: PLW1509  (no threads here)
    wait = time.monotonic() + 120
    while len(list((output / "documents").glob("part-*"))) < 1 and started.poll() is None and time.monotonic() < wait:
        time.sleep(0.01)
    analysts = [one for one in psutil.Process(started.pid).children() if "nlp_reform.batch.analyst" in one.cmdline()]
    if how == "worker":
        analysts[0].kill()
    else:
        started.send_signal(signal.SIGINT if how == "interrupt" else signal.SIGKILL)
    _, told = started.communicate(timeout=120)
    assert "Traceback" not in told
    assert psutil.wait_procs(analysts, timeout=30)[1] == []
    if how == "worker":  # what it was doing is done again by its successor
        assert started.returncode == 0
    else:
        assert manifest(output)["complete"] is False
        if how == "interrupt":
            assert started.returncode == 1 and "--resume" in told and left_over(output) == []
        again = run(source, "-o", output, "--codebook", "societies", "--resume", "--workers", 1)
        assert again.returncode == 0 and " kept" in again.stderr, again.stderr
    assert deterministic(output) == long[1]
    assert left_over(output) == []


def test_a_full_disk_stops_with_one_line_and_a_rerun_completes(long: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    source, output = long[0], tmp_path / "out"

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    full = subprocess.run(command(source, "-o", output, "--codebook", "societies", "--workers", 1), capture_output=True, text=True,
                          preexec_fn=no_room, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120)
    assert full.returncode == 1
    assert full.stderr.count("\n") == 1 and "cannot be written (" in full.stderr and "--resume" in full.stderr
    assert left_over(output) == []
    assert run(source, "-o", output, "--codebook", "societies", "--resume", "--workers", 1).returncode == 0
    assert deterministic(output) == long[1]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_manifest_gives_ids_years_and_issuers(suffix: str, tmp_path: Path) -> None:
    folder(tmp_path / "texts", 3)
    rows = [{"path": "texts/notice-000.txt", "id": "a/一号", "year": "2031", "issuer": "云岭省教育厅"},
            {"path": "texts/notice-001.txt", "id": "", "year": "", "issuer": ""},
            {"path": "texts/missing.txt", "id": "m", "year": "", "issuer": ""}]
    listed = tmp_path / f"list{suffix}"
    lines = [json.dumps(row) for row in rows] if suffix == ".jsonl" else [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    listed.write_text("\n".join(lines), encoding="utf-8")
    done = nlp_reform.batch(listed, tmp_path / "out", workers=1, codebook=["societies"])
    found = {row["document_id"]: row for row in read(tmp_path / "out", "documents").to_pylist()}
    assert (found["a-一号"]["year"], found["a-一号"]["issuer"]) == (2031, "云岭省教育厅")
    assert set(found) == {"a-一号", "texts-notice-001"}
    assert {row["year"] for row in read(tmp_path / "out", "directives").to_pylist() if row["document_id"] == "a-一号"} == {2031}
    assert [outcome.id for outcome in done.failed] == ["m"]


@pytest.mark.parametrize("text", ["id\n1\n", "path,year\nx.txt,soon\n", "path\n\"\"\n"])
def test_a_manifest_that_says_nothing_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(text)
    done = CliRunner().invoke(cli, ["batch", str(tmp_path / "list.csv"), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1 and done.stderr.count("\n") == 1 and "list.csv" in done.stderr
    assert not (tmp_path / "out").exists()


def test_names_of_documents_never_lead_out_of_the_output(tmp_path: Path) -> None:
    folder(tmp_path / "texts", 1)
    (tmp_path / "list.jsonl").write_text(json.dumps({"path": "texts/notice-000.txt", "id": "../../../etc/evil\0\n"}))
    nlp_reform.batch(tmp_path / "list.jsonl", tmp_path / "deep" / "out", workers=1, codebook=["societies"])
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "list.jsonl", "texts"}
    names = {path.name for path in (tmp_path / "deep" / "out").rglob("*.parquet")}
    assert names and all(name.startswith("part-0000") and len(name) == 36 for name in names)


def test_an_analyst_with_other_words_refuses(notices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nlp_reform.batch import manifest as room
    from nlp_reform.errors import ReformError

    monkeypatch.setattr(room, "words", lambda: "those of another version")
    with pytest.raises(ReformError, match="install the same everywhere"):
        nlp_reform.batch(notices, tmp_path / "out", workers=1, codebook=["societies"])
    assert left_over(tmp_path / "out") == []


def test_the_words_of_a_project_reach_the_analysts(tmp_path: Path) -> None:
    source = folder(tmp_path / "texts", 1)
    (tmp_path / "nlp-reform.toml").write_text('codebook = "societies"\n', encoding="utf-8")
    done = run(source, "-o", tmp_path / "out", "--workers", 1, "--config", tmp_path / "nlp-reform.toml")
    assert done.returncode == 0, done.stderr
    assert {row["codebook"] for row in read(tmp_path / "out", "themes").to_pylist()} <= {"societies"}
    assert manifest(tmp_path / "out")["settings"]["codebook"] == ["societies"]


def test_two_runs_do_not_write_to_one_folder(notices: Path, tmp_path: Path) -> None:
    from nlp_reform.batch.files import folder as held
    from nlp_reform.errors import ExportError

    with held(tmp_path / "out"), pytest.raises(ExportError, match="another run"):
        nlp_reform.batch(notices, tmp_path / "out")


def test_adding_a_document_leaves_most_shards_as_they_are() -> None:
    found = [plan.Item(f"d{n:05d}", f"d{n:05d}.txt", "") for n in range(2000)]
    one = {shard.items for shard in plan.shards(found, "s")}
    other = {shard.items for shard in plan.shards([*found[:700], plan.Item("d00699x", "d00699x.txt", ""), *found[700:]], "s")}
    assert len(one) > 20 and len(other - one) <= 2
    assert [item for shard in plan.shards(found, "s") for item in shard.items] == found


REPRINT = "".join(f"{n}.加强第{n}类科普场馆建设，应当在{n}月底前建立第{n}号工作台账，由第{n}处牵头负责落实到位。\n" for n in range(1, 40))


def test_reprints_are_found_across_scripts_and_small_changes(tmp_path: Path) -> None:
    import opencc

    source = folder(tmp_path / "in", 4, 20)
    (source / "reprint-a.txt").write_text(REPRINT, encoding="utf-8")
    (source / "reprint-b.txt").write_text("来源：某网站\n" + REPRINT.replace("场馆", "场所", 2), encoding="utf-8")
    (source / "reprint-c.txt").write_bytes(opencc.OpenCC("s2t").convert(REPRINT).encode("big5", "ignore"))
    nlp_reform.batch(source, tmp_path / "out", workers=1, codebook=["societies"])
    near = read(tmp_path / "out", "near_duplicates").to_pylist()
    assert [row["document_id"] for row in near] == ["reprint-a", "reprint-b", "reprint-c"]
    assert {row["cluster"] for row in near} == {"reprint-a"} and {row["size"] for row in near} == {3}
    assert [row["representative"] for row in near] == [True, False, False]

    done = nlp_reform.batch(source, tmp_path / "one", workers=1, codebook=["societies"], representatives=True)
    assert (done.documents, done.represented) == (5, 2)
    kept = read(tmp_path / "one", "documents")["document_id"].to_pylist()
    assert kept == ["notice-000", "notice-001", "notice-002", "notice-003", "reprint-a"]
    status = {one["id"]: (one["status"], one["reason"]) for one in manifest(tmp_path / "one")["documents"]}
    assert status["reprint-c"] == ("represented", "near-duplicate of reprint-a")
    assert nlp_reform.batch(source, tmp_path / "one", workers=1, codebook=["societies"], representatives=True, resume=True).kept == 5


def test_similarity_is_estimated_within_a_tenth() -> None:
    for share, near in ((0.5, False), (0.96, True)):
        same = "".join(chr(0x4E00 + n * 7 % 9000) for n in range(int(4000 * share)))
        one, other = (same + "".join(chr(start + n * 11 % 9000) for n in range(4000 - len(same))) for start in (0x5000, 0x6000))
        first, second = ({text[at:at + 5] for at in range(len(text) - 4)} for text in (one, other))
        signed = [signature(one), signature(other)]
        agree = sum(signed[0][at:at + 8] == signed[1][at:at + 8] for at in range(0, 1024, 8)) / 128
        assert abs(agree - len(first & second) / len(first | second)) < 0.1
        assert bool(clusters(["a", "b"], matrix(signed))) == near


def test_nothing_is_no_near_duplicate() -> None:
    assert clusters([], matrix([])) == []
    assert clusters(["a"], matrix([signature("")])) == []
