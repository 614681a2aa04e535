"""Other text documents (doc, wps, rtf, odt) -> docx by LibreOffice, where it is installed, in a process of its own.

The converter sees nothing but a folder made for the one document; reading the docx is docx/'s business.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from transforms.documents.docx.reader import read_docx
from transforms.documents.model import Document
from transforms.documents.refusals import refusal

SECONDS = 25.0
_GRACE = 1.0
_MEDIA_TYPES = {"doc": "application/msword", "rtf": "application/rtf", "odt": "application/vnd.oasis.opendocument.text"}
_TIMEOUT = "timeout"
_MOST_MEMORY = 2 << 30
_NAMES = ("soffice", "libreoffice")
_RESULT = "report.docx"
_FILTER = "docx:MS Word 2007 XML"
_SECURITY = '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{}</item>'
_SETTINGS = (("DisableMacrosExecution", "true"), ("MacroSecurityLevel", "3"), ("BlockUntrustedRefererLinks", "true"))
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)


def converter() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return next((path for name in _NAMES if (path := shutil.which(name)) is not None), None)


def read_doc(content: bytes) -> Document:
    """The document in the bytes of a Word file of the old kind (doc, wps). Raises Unreadable as to_docx does."""
    return _read(content, "doc")


def read_rtf(content: bytes) -> Document:
    """The document in the bytes of an RTF file. Raises Unreadable as to_docx does."""
    return _read(content, "rtf")


def read_odt(content: bytes) -> Document:
    """The document in the bytes of an OpenDocument text. Raises Unreadable as to_docx does."""
    return _read(content, "odt")


def _read(content: bytes, medium: str) -> Document:
    document = read_docx(to_docx(content, medium))
    document.media_type = _MEDIA_TYPES[medium]
    return document


def to_docx(content: bytes, medium: str, seconds: float = SECONDS) -> bytes:
    """The document as docx. Raises Unreadable with the reason ``medium`` (doc, rtf, odt) where no converter is
    installed, and when the converter fails or takes longer than ``seconds``. No macro is run, no link is followed."""
    program = converter()
    if program is None:
        raise refusal(medium, f"{len(content)} bytes, and LibreOffice is not installed")
    with TemporaryDirectory(prefix="jixiao-") as name:
        folder = Path(name)
        (folder / f"report.{medium}").write_bytes(content)
        _write_profile(folder / "profile" / "user")
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", _FILTER, "--outdir", str(folder / "out"), str(folder / f"report.{medium}"),
        ]  # fmt: skip
        said = _run(command, folder, seconds)
        result = folder / "out" / _RESULT
        if not result.exists():
            raise refusal("doc_unconverted", said)
        return result.read_bytes()


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    properties = "".join(
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>' for name, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(_PROFILE.format(_SECURITY.format(properties)), "utf-8")


def _run(command: Sequence[str], folder: Path, seconds: float) -> str:
    """Runs the converter with all that it starts in a group of its own, which ``timeout`` ends soon after the time
    limit even when this process, which ends it in time, has been killed before."""
    environment = {"HOME": str(folder), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [_TIMEOUT, "--signal=KILL", str(seconds + _GRACE), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_allow_memory,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"no result after {seconds} s"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return f"status {process.returncode}: {output[-500:].decode('utf-8', 'replace')}"


def _allow_memory() -> None:
    """The converter needs more than a reading process may have."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
