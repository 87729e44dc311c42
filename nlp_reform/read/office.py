"""Old Word, WPS, OpenDocument and RTF files: LibreOffice, where installed, converts them for the Word reader."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path, PurePath

from nlp_reform.errors import ReadError
from nlp_reform.model import Note
from nlp_reform.read import docx, limits
from nlp_reform.read.reading import Reading

_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
             r"C:\Program Files\LibreOffice\program\soffice.exe")
_HINT = ("install LibreOffice (apt install libreoffice-writer, brew install --cask libreoffice, or from "
         "libreoffice.org), or save the file as .docx")
_MEDIA = {".doc": "application/msword", ".wps": "application/vnd.ms-works", ".rtf": "application/rtf",
          ".odt": "application/vnd.oasis.opendocument.text"}


def program() -> str | None:
    """Return the path of LibreOffice, None when it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def read(data: bytes, name: str) -> Reading:
    """Read a file through LibreOffice, which converts it with a profile and a folder of its own, in limited time.

    Macros are not run and links not followed (a fresh profile asks first, and nobody answers). Raises `ReadError` when
    LibreOffice is missing, fails, or takes longer than `limits.OFFICE_SECONDS`.
    """
    office = program()
    suffix = _suffix(data, name)
    if office is None:
        raise ReadError(f"{name}: a {suffix} file needs LibreOffice to be read; {_HINT}")
    with tempfile.TemporaryDirectory(prefix="nlp-reform-", ignore_cleanup_errors=True) as folder:
        source, out = Path(folder) / f"document{suffix}", Path(folder) / "out"
        source.write_bytes(data)
        _convert(office, source, out, name)
        made = out / "document.docx"
        if not made.is_file():
            raise ReadError(
                f"{name}: LibreOffice could not read it: damaged, encrypted, or LibreOffice has no Writer; {_HINT}"
            )
        limits.check_size(made.stat().st_size, name)
        reading = docx.read(made.read_bytes(), name)
    note = Note("converted", "info", None, None, "read through LibreOffice, which made a Word file of it")
    return reading._replace(media_type=_MEDIA[suffix], notes=(*reading.notes, note))


def _suffix(data: bytes, name: str) -> str:
    """Return the extension by the content, by the name where the content allows two."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        return ".odt"
    return ".wps" if PurePath(name).suffix.lower() == ".wps" else ".doc"


def _convert(office: str, source: Path, out: Path, name: str) -> None:
    """Run LibreOffice in a process group of its own and end all of it when the time is over."""
    profile = (source.parent / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
               "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source)]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix", cwd=source.parent,
    )
    try:
        process.wait(limits.OFFICE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"{name}: LibreOffice took more than {limits.OFFICE_SECONDS:.0f} seconds; save the file as .docx"
        ) from error
    finally:
        if process.poll() is None:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
