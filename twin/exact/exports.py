"""The documents of a case as files."""

from __future__ import annotations

import io
import re
from pathlib import Path

from twin.cache import write_whole
from twin.errors import TwinError
from twin.exact.cases import Case
from twin.exact.documents import Unsupported, documents_of


def write_documents(case: Case, folder: Path) -> list[Path]:
    """Writes the documents of a case as files of YAML; none where it is Unsupported.

    Raises TwinError where they cannot be written.
    """
    from ruamel.yaml import YAML

    try:
        drawn = documents_of(case)
    except Unsupported:
        return []
    yaml = YAML()  # keeps the order of the fields
    yaml.representer.ignore_aliases = lambda _: True  # what stands twice is written twice
    paths = []
    for name, document in drawn.items():
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{case.id}-{name}" if name else case.id)
        paths.append(folder / f"{stem}.yaml")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = io.BytesIO()
            yaml.dump(document, text)
            write_whole(paths[-1], text.getvalue())
        except OSError as error:
            raise TwinError(f"{paths[-1]}: cannot be written: {error.strerror}") from error
    return paths
