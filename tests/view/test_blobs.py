"""Files named by their content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from twin.view.blobs import Blobs


def test_equal_content_has_one_file_named_by_its_hash(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    first, second = blobs.put(b"abc", "bin"), blobs.put(b"abc", "bin")
    assert first == second == f"blobs/{hashlib.sha256(b'abc').hexdigest()}.bin?v=1"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"abc"]


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.put(b"abcdef", "bin")
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"abc")
    blobs.put(b"abcdef", "bin")
    assert path.read_bytes() == b"abcdef"


def test_sweep_takes_the_old_and_what_there_is_no_room_for(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    for age, content in ((100, b"old"), (50, b"mid"), (0, b"new")):
        name = blobs.put(content, "bin").removeprefix("blobs/").partition("?")[0]
        moment = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (moment, moment))
    assert blobs.sweep(kept=75) == 1
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"mid", b"new"]
    assert blobs.sweep(room=4) == 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]
