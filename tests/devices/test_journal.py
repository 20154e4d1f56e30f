"""The journal: what was appended is there after any end, once, in order."""

import math
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from twin.devices.journal import DUPLICATE, Gap, Journal, Raw
from twin.errors import DeviceError


def raw(number, key="", **more):
    return Raw(1000.0 + number, "shop/mill", f"{number}".encode(), key=key, **more)


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()


def test_what_is_appended_is_read_in_order(journal):
    first = raw(1, told=990.5, qos=1, retain=True, packet=7)
    journal.append("mqtt", [first, Gap(1001.0, 1004.0, 3), raw(5)])
    journal.append("other", [raw(6)])
    entries = journal.read()
    assert [entry.what for entry in entries[:2]] == [first, Gap(1001.0, 1004.0, 3)]
    assert [entry.what.body for entry in entries[2:]] == [b"5", b"6"]
    assert math.isnan(entries[2].what.told)
    assert [entry.source for entry in entries] == ["mqtt", "mqtt", "mqtt", "other"]
    assert [entry.position for entry in entries] == sorted(entry.position for entry in entries)
    assert journal.read(after=entries[2].position)[0].what.body == b"6"
    assert journal.sources() == ["mqtt", "other"]
    assert journal.last("mqtt")[0].what.body == b"5"
    assert journal.end() == entries[-1].position


def test_a_key_is_kept_once_and_the_repeat_counted(journal):
    assert journal.append("agent", [raw(1, "1:1"), raw(2, "1:2")], cursor="3") == 2
    assert journal.append("agent", [raw(2, "1:2"), raw(3, "1:3")], cursor="4") == 1
    assert journal.append("another", [raw(1, "1:1")]) == 1  # the key is each source's own
    assert [e.what.body for e in journal.read() if e.source == "agent"] == [b"1", b"2", b"3"]
    assert journal.counts("agent") == {DUPLICATE: 1}
    assert journal.cursor("agent") == "4"
    assert journal.cursor("another") is None
    assert journal.cursor("nobody") is None


def test_counts_add_up_and_stay(tmp_path):
    journal = Journal(tmp_path / "site.sqlite")
    journal.count("mqtt", "dropped", 2)
    journal.append("mqtt", [raw(1)], counts={"dropped": 3, "too large": 1})
    journal.close()
    again = Journal(tmp_path / "site.sqlite")
    assert again.counts("mqtt") == {"dropped": 5, "too large": 1}
    again.close()


def test_a_follower_waits_for_what_comes(journal):
    assert not journal.wait(0, 0.01)
    later = threading.Timer(0.05, journal.append, ("mqtt", [raw(1)]))
    later.start()
    assert journal.wait(0, 30.0)
    later.join()


def test_another_connection_reads_while_one_writes(journal):
    other = Journal(journal.path)
    journal.append("mqtt", [raw(1)])
    assert [entry.what.body for entry in other.read()] == [b"1"]
    other.append("mqtt", [raw(2)])
    assert [entry.what.body for entry in journal.read()] == [b"1", b"2"]
    other.close()


def test_files_that_are_no_journal_are_refused(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(DeviceError, match=r"notes\.txt: is not a journal"):
        Journal(text)
    foreign = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(DeviceError, match="another program's"):
        Journal(foreign)
    assert [file.name for file in tmp_path.glob("foreign*")] == ["foreign.sqlite"]  # untouched
    with pytest.raises(DeviceError, match="cannot be opened"):
        Journal(tmp_path)


WRITER = """
import sys
from pathlib import Path
from twin.devices.journal import Journal, Raw
journal, number = Journal(Path(sys.argv[1])), 0
while True:
    batch = [Raw(0.0, "t", b"x" * 200, key=str(n)) for n in range(number, number + 10)]
    journal.append("s", batch, cursor=str(number + 10))
    number += 10
    print(number, flush=True)  # what is acknowledged
"""


def test_what_was_acknowledged_outlives_a_kill(tmp_path):
    path = tmp_path / "site.sqlite"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout
    acknowledged = [int(next(writer.stdout)) for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout]
    writer.wait()
    writer.stdout.close()
    journal = Journal(path)
    keys = [int(entry.what.key) for entry in journal.read(most=10**6)]
    assert keys == list(range(len(keys)))
    assert len(keys) >= acknowledged[-1]
    assert journal.cursor("s") == str(len(keys))  # the cursor moves with the batch
    journal.close()


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


@pytest.mark.skipif(os.name != "posix", reason="a limit on files is POSIX's")
def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path):
    """A limit on the size of files stands for the disk: writing fails in the same way."""
    path = tmp_path / "site.sqlite"
    writer = subprocess.run(
        [sys.executable, "-c", WRITER, str(path)],
        capture_output=True,
        text=True,
        preexec_fn=limit_files,
    )
    acknowledged = [int(line) for line in writer.stdout.split()]
    assert acknowledged
    assert "the disk is full or cannot be written" in writer.stderr
    journal = Journal(path)
    assert len(journal.read(most=10**6)) == acknowledged[-1]
    assert journal.append("s", [raw(1, "new")]) == 1  # there is room again
    journal.close()
