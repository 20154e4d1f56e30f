"""Write the golden files that the codec's and the viewer's tests read: python make_golden.py."""

from __future__ import annotations

from tests.view import films, test_same_findings
from tests.view.test_codec import GOLDEN, golden_text
from twin.view import codec

if __name__ == "__main__":
    timeline, programs = films.small()
    blob = codec.encode(timeline, programs=programs)
    GOLDEN.mkdir(exist_ok=True)
    (GOLDEN / "small.twin").write_bytes(blob)
    (GOLDEN / "shift.twin").write_bytes(codec.encode(films.shift(60, stations=4, arms=1)))
    (GOLDEN / "small.json").write_text(golden_text(codec.decode(blob)))
    (GOLDEN / "floors.json").write_text(test_same_findings.golden_text())
