"""Files of recorded messages: what is read, and what is refused with file and line."""

import gzip
import json

import pytest

from twin.errors import RecordingError
from twin.recordings import messages

META = json.dumps({"_kind": "session_meta", "sessionName": "x"})


def line(second, topic="t", payload="{}"):
    stamp = f"2026-08-07T09:04:{second:06.3f}Z"
    return json.dumps({"topic": topic, "payload": payload, "timestamp": stamp})


def written(folder, content, name="s.log"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_plain_and_gzip_give_the_same(tmp_path):
    text = "\n".join([META, line(1), "", line(2.5, "u")]) + "\n"
    plain = messages.read_messages(written(tmp_path, text))
    packed = messages.read_messages(written(tmp_path, gzip.compress(text.encode()), "s.log.gz"))
    unnamed = messages.read_messages(written(tmp_path, gzip.compress(text.encode()), "t.log"))
    assert plain == packed == unnamed
    assert [(m.line, m.topic) for m in plain] == [(2, "t"), (4, "u")]
    assert plain[1].time - plain[0].time == pytest.approx(1.5, abs=1e-6)


def test_a_last_line_without_an_end_is_whole_if_it_is_json(tmp_path):
    assert len(messages.read_messages(written(tmp_path, line(1) + "\n" + line(2)))) == 2


def test_lines_out_of_order_are_sorted_by_time(tmp_path):
    read = messages.read_messages(written(tmp_path, "\n".join([line(3, "late"), line(1, "early")])))
    assert [m.topic for m in read] == ["early", "late"]


def test_a_time_without_a_zone_is_utc():
    assert messages.seconds("1970-01-01T00:01:00") == 60.0
    assert messages.seconds("1970-01-01T02:01:00+02:00") == 60.0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no message"),
        (META, "holds no message"),
        (line(1) + "\n" + line(2)[:-20], "line 2: expected a JSON object .the line is cut off"),
        (line(1)[:-20] + "\n" + line(2), "line 1: expected a JSON object: "),
        ("[1, 2]", "line 1: expected a JSON object, not list"),
        ("not json at all", "line 1: expected a JSON object"),
        (b"\xff\xfe\x00", "line 1: expected a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"topic": "t", "payload": {}, "timestamp": "2026-08-07T09:04:01Z"}', "line 1: .*texts"),
        ('{"payload": "{}", "timestamp": "2026-08-07T09:04:01Z"}', "line 1: .*'topic'"),
        ('{"topic": "t", "payload": "{}"}', "line 1: 'timestamp'"),
        ('{"topic": "t", "payload": "{}", "timestamp": 12}', "line 1: 'timestamp': expected a tim"),
        ('{"topic": "t", "payload": "{}", "timestamp": "yesterday"}', "line 1: 'timestamp'"),
    ],
)
def test_what_is_not_recorded_messages_is_refused(tmp_path, content, says):
    path = written(tmp_path, content)
    with pytest.raises(RecordingError, match=says) as caught:
        messages.read_messages(path)
    assert str(path) in str(caught.value)


def test_named_gzip_but_is_not(tmp_path):
    with pytest.raises(RecordingError, match="is not a gzip file"):
        messages.read_messages(written(tmp_path, line(1), "s.log.gz"))


def test_a_gzip_stream_that_is_cut_off_or_damaged(tmp_path):
    text = "\n".join(line(s % 60, payload=str(s)) for s in range(500))
    packed = gzip.compress(text.encode())
    with pytest.raises(RecordingError, match="cut off or damaged"):
        messages.read_messages(written(tmp_path, packed[: len(packed) // 2], "s.log.gz"))
    damaged = packed[:200] + bytes(64) + packed[264:]
    with pytest.raises(RecordingError):
        messages.read_messages(written(tmp_path, damaged, "d.log.gz"))


def test_a_file_that_swells_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "MOST_BYTES", 2**20)
    bomb = gzip.compress(("\n".join([line(1)] * 20_000)).encode())
    assert len(bomb) < 2**17
    with pytest.raises(RecordingError, match="more than 1 MB"):
        messages.read_messages(written(tmp_path, bomb, "s.log.gz"))


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    with pytest.raises(RecordingError, match="cannot be read"):
        messages.read_messages(tmp_path / "none.log")
    with pytest.raises(RecordingError, match="cannot be read"):
        messages.read_messages(tmp_path)


def test_a_payload_that_is_no_text_stands_in_base64(tmp_path):
    path = tmp_path / "binary.jsonl"
    stamp = '"timestamp": "2026-11-02T06:00:00Z"'
    path.write_text(f'{{"topic": "a", "payload_base64": "CAH/", {stamp}}}\n')
    (message,) = messages.read_messages(path)
    assert (message.payload, message.body) == ("", b"\x08\x01\xff")
    path.write_text(f'{{"topic": "a", "payload_base64": "C*", {stamp}}}\n')
    with pytest.raises(RecordingError, match=r"line 1: 'payload_base64'"):
        messages.read_messages(path)
