"""A case study file checked: the program of a child process, because anybody can make such a file.

It sets its own limits before it looks at the first byte, and looks at sizes and at the number of values before it
unpacks or parses. What it answers: `copdash.exchange.case_answers`.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import uuid
import zipfile
import zlib
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from copdash.errors import Invalid
from copdash.exchange import case_answers, case_contents, reading
from copdash.exchange.case_answers import CaseFile

VERSION, MINOR = 1, 0
"""A newer major version cannot be read here; a newer minor one only adds fields."""

LARGEST_FILE = 10 * 1024 * 1024
"""As much as the server takes: `maxUploadSize` in .streamlit/config.toml."""
LARGEST_CONTENT = 128 * 1024 * 1024
LARGEST_MANIFEST = 64 * 1024
MOST_VALUES = 4_000_000
"""Commas and brackets in the content. 10,000 stakeholders and 30,000 ties with their history have 1.6 million."""

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 30

_FOREIGN = (
    "This is not a case study file, or it is damaged. Choose a file that ends in .copdash, as "
    "«Download case study» makes it."
)


class _Version(BaseModel):
    format: Literal["copdash case study"]
    version: int = Field(ge=1)
    minor: int = Field(ge=0)


class Manifest(_Version):
    """What a file says of itself."""

    program: str = Field(max_length=200)
    case_study_id: uuid.UUID
    title: str
    exported_at: AwareDatetime
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


def checked(data: bytes) -> CaseFile:
    """The file, checked in this process. Raises `Invalid` for a foreign, damaged, oversized or newer one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            manifest, tolerant = _manifest(_member(packed, "manifest.json", LARGEST_MANIFEST))
            if not tolerant and len(packed.infolist()) > 2:
                raise Invalid("This file holds more than a case study; another program made it.")
            text = _member(packed, "content.json", LARGEST_CONTENT)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Invalid(_FOREIGN) from None
    if hashlib.sha256(text).hexdigest() != manifest.sha256:
        raise Invalid("This file was damaged or changed on its way. Ask for it again.")
    if sum(map(text.count, (b",", b"[", b"{"))) > MOST_VALUES:  # also those inside texts: a bound, not a count
        raise Invalid("There is more in this file than a case study can hold.")
    content = case_contents.read(text, manifest.case_study_id, tolerant=tolerant)
    title = content.rows["case_study"][content.case_study_id]["title"]
    return CaseFile(manifest.case_study_id, title, manifest.exported_at, manifest.program, content)


def _member(packed: zipfile.ZipFile, name: str, largest: int) -> bytes:
    found = [info for info in packed.infolist() if info.filename == name]
    if len(found) != 1 or found[0].flag_bits & 0x1:
        raise zipfile.BadZipFile
    if found[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    if found[0].file_size <= largest:
        with packed.open(found[0]) as member:
            text = member.read(largest + 1)
        if len(text) <= largest:
            return text
    raise Invalid("There is more in this file than a case study can hold.")


def _manifest(text: bytes) -> tuple[Manifest, bool]:
    """The manifest, and whether the file may hold fields that are not known here."""
    try:
        version = _Version.model_validate_json(text, extra="ignore")
        if version.version > VERSION:
            raise Invalid("A newer COPDash made this file. Update COPDash here, then open it again.")
        tolerant = version.minor > MINOR
        return Manifest.model_validate_json(text, extra="ignore" if tolerant else "forbid"), tolerant
    except ValidationError:
        raise Invalid("This is not a case study file, or another program made it.") from None


def main() -> int:
    """Reads a file from standard input; writes what it holds, or why it is refused, a JSON value a line."""
    reading.limit_myself(MEMORY_BYTES, CPU_SECONDS)
    out = sys.stdout.buffer
    try:
        found = checked(sys.stdin.buffer.read())
    except Invalid as refusal:
        out.write(json.dumps({"refused": str(refusal)}).encode() + b"\n")
    except BaseException:  # a native parser's panic is no Exception; whatever it was, a sentence goes out
        out.write(json.dumps({"refused": _FOREIGN}).encode() + b"\n")
    else:
        for line in case_answers.lines(found):
            out.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
