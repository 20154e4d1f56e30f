"""The model behind a page: an edit leads to new figures, undo leads back, newer edits win."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.plants import ROOT
from tests.view.plants import plant
from twin.cells import process
from twin.cells.factory import Factory, validate
from twin.errors import TwinError
from twin.experiments import Cancelled
from twin.layout import files
from twin.layout.edits import AddMachine, MoveMachine, ResizeCrew
from twin.layout.schema import Layout
from twin.production import machine_code
from twin.production.run import simulate
from twin.recordings import parquet
from twin.timeline import State
from twin.view import codec, workbench
from twin.view.blobs import Blobs
from twin.view.workbench import Memory, Snapshot, Workbench, recordings_of, span, unknown


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def opened(blobs: Blobs, *changes: tuple[str, str]) -> Workbench:
    bench = Workbench(plant(*changes), blobs)
    bench.start()
    assert bench.wait(120)
    return bench


def content(blobs: Blobs, address: str) -> bytes:
    return (blobs.folder / address.removeprefix("blobs/").partition("?")[0]).read_bytes()


def test_opening_works_out_scene_timeline_forecast_and_proof(blobs: Blobs) -> None:
    shown = opened(blobs).shown
    assert (shown.stage, shown.problem, shown.findings) == ("", "", ())
    assert shown.floor and shown.timeline and shown.outlook and shown.proof
    assert content(blobs, shown.floor.glb)[:4] == b"glTF"
    scene = json.loads(content(blobs, shown.floor.scene))
    assert {m["name"] for m in scene["machines"]} == {"mill-1", "pack-1"}
    assert "mill-1|pack-1" in scene["paths"]
    # All ways that are taken, and no other: those of a hall would be megabytes.
    timeline = shown.timeline
    ends = {(m["origin"], m["target"]) for m in timeline.moves}
    ends = {pair for pair in ends if min(pair) >= 0}
    names = {tuple(sorted((timeline.name(a), timeline.name(b)))) for a, b in ends}
    homes = {pair for pair in names if any(name.startswith("home:") for name in pair)}
    assert homes
    assert {tuple(key.split("|")) for key in scene["paths"]} == {
        tuple(n if "#" in n else n.partition(".")[0] for n in pair) for pair in names
    }
    decoded = codec.decode(content(blobs, shown.floor.timeline))
    assert decoded.rows("intervals") == len(shown.timeline.intervals) > 0
    assert shown.timeline.start == 8 * 3600.0


def test_an_edit_changes_the_forecast_and_undo_brings_back_text_and_figures(blobs: Blobs) -> None:
    bench = opened(blobs)
    text, first = bench.log.text(), bench.shown.outlook
    assert first is not None
    bench.do(ResizeCrew("setter", 2))
    assert bench.wait(120)
    more = bench.shown.outlook
    assert more is not None and bench.shown.before == first
    assert more.forecast.output.low > first.forecast.output.high
    bench.undo()
    assert bench.wait(120)
    assert bench.log.text() == text
    assert bench.shown.outlook == first


def test_keep_makes_the_new_figures_the_ones_to_compare_with(blobs: Blobs) -> None:
    bench = opened(blobs)
    bench.do(ResizeCrew("setter", 2))
    assert bench.wait(120)
    bench.keep()
    assert bench.shown.before == bench.shown.outlook


def test_after_an_edit_the_forecast_comes_first_and_the_proof_row_by_row(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twin.view.workbench.PULSE", 0.0)  # each row is told, however quick
    bench = opened(blobs, ("replications: 6", "replications: 7"))  # nobody has asked that before
    before, floor = bench.shown.proof, bench.shown.floor
    seen: list[Snapshot] = []
    bench._changed = lambda: seen.append(bench.shown)
    bench.do(ResizeCrew("setter", 2))
    assert bench.wait(120)
    first = next(shown for shown in seen if not shown.stale_outlook)
    assert first.floor and floor
    assert first.floor.timeline == floor.timeline  # what the viewer plays is simulated after that
    assert bench.shown.floor and bench.shown.floor.timeline != floor.timeline
    assert bench.shown.is_proven and bench.shown.before_proof == before
    growing = [s.proof for s in seen if s.proof is not None and not s.stale_proof]
    assert growing[0].untried > 0 and growing[-1].untried == 0
    counts = [len(proof.gains) for proof in growing]
    assert counts == sorted(counts)
    final = {(g.kind, g.name, g.change): g.gain for g in growing[-1].gains}
    for proof in growing:
        assert all(final[g.kind, g.name, g.change] == g.gain for g in proof.gains)
    bench.keep()
    assert bench.shown.before_proof == bench.shown.proof


def test_another_layout_is_forecast_to_be_compared_with(blobs: Blobs) -> None:
    bench = opened(blobs)
    first = bench.shown.outlook
    version = plant(("people: 1", "people: 2")).layout
    bench.compare_with(version)
    assert bench.wait(120)
    before = bench.shown.before
    assert before is not None and before.layout == version and bench.shown.outlook == first
    bench.do(ResizeCrew("setter", 3))
    assert bench.wait(120)
    assert bench.shown.before == before
    bench.keep()
    assert bench.shown.before == bench.shown.outlook


def test_a_proof_before_is_of_the_layout_that_is_compared_with(blobs: Blobs) -> None:
    bench = opened(blobs)
    own = bench.shown.before_proof
    bench.compare_with(plant(("people: 1", "people: 2")).layout)
    assert bench.wait(120)
    other = opened(blobs, ("people: 1", "people: 2"))
    assert bench.shown.before_proof == other.shown.proof != own
    assert bench.shown.proof == own


def test_a_moved_machine_moves_in_the_scene_and_its_mesh_is_not_sent_again(blobs: Blobs) -> None:
    bench = opened(blobs)
    before = bench.shown.floor
    bench.do(MoveMachine("mill-1", (2.5, 2.5)))
    assert bench.wait(120)
    after = bench.shown.floor
    assert before and after and before.glb == after.glb and before.scene != after.scene
    scene = json.loads(content(blobs, after.scene))
    assert next(m["at"] for m in scene["machines"] if m["name"] == "mill-1") == [2.5, 2.5]


def test_an_overlap_refuses_the_forecast_and_shows_nothing_as_known(blobs: Blobs) -> None:
    bench = opened(blobs)
    bench.do(MoveMachine("mill-1", (6.0, 2.0)))
    assert bench.wait(120)
    shown = bench.shown
    assert shown.refused and shown.stale_outlook and shown.timeline is not None
    assert set(shown.timeline.intervals["state"]) == {State.UNAVAILABLE}


def test_a_newer_edit_ends_older_work(blobs: Blobs) -> None:
    bench = Workbench(plant(("replications: 6", "replications: 400")), blobs)
    bench.start()
    older = bench._thread
    bench.do(ResizeCrew("setter", 2))
    bench.do(ResizeCrew("setter", 3))
    assert older is not None
    older.join(60)
    assert not older.is_alive()
    assert bench.shown.layout.crews["setter"].people == 3
    bench.close()
    assert bench.wait(60)


def test_a_new_machine_is_on_the_floor_before_physics_has_looked(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = opened(blobs)
    first = bench.shown.floor
    go_on = threading.Event()
    judged = workbench.validated

    def slow(layout: Layout, cancelled: threading.Event | None = None) -> Factory:
        assert go_on.wait(60)
        return judged(layout, cancelled)

    monkeypatch.setattr(workbench, "validated", slow)
    bench.do(AddMachine("rack-1", "rack/tray_stand", (4.0, 1.0)))
    while bench.shown.floor == first:
        time.sleep(0.01)
    assert first and bench.shown.floor and not go_on.is_set()
    names = [m["name"] for m in json.loads(content(blobs, bench.shown.floor.scene))["machines"]]
    assert names == ["mill-1", "pack-1", "rack-1"]
    assert bench.shown.floor.timeline == first.timeline  # what is known of the others plays on
    go_on.set()
    assert bench.wait(120)


def test_what_is_stopped_stays_as_it_was_and_goes_on_when_asked(blobs: Blobs) -> None:
    bench = opened(blobs)
    first = bench.shown
    bench.do(ResizeCrew("setter", 2))
    bench.stop()
    assert bench.wait(120)
    assert bench.shown.stopped and bench.shown.stage == "" and bench.shown.problem == ""
    assert (bench.shown.outlook, bench.shown.proof) == (first.outlook, first.proof)
    assert bench.shown.stale_proof
    bench.start()
    assert bench.wait(120)
    assert not bench.shown.stopped and not bench.shown.stale_proof
    bench.stop()
    assert not bench.shown.stopped  # all is known: there is nothing to stop


def test_the_floor_is_there_while_the_engine_is_compiled(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(told: machine_code.Told, cancelled: threading.Event) -> None:
        told("optimising", 0.5)
        assert go_on.wait(60)

    monkeypatch.setattr(machine_code, "prepare", slow)
    bench = Workbench(plant(("name: Brackets", "name: Never seen")), blobs)
    bench.start()
    assert bench.wait_for_floor(60)
    shown = bench.shown
    assert shown.floor and shown.timeline and shown.timeline.origin == "unknown"
    assert set(shown.timeline.intervals["state"]) == {State.UNAVAILABLE}
    while not bench.shown.share:
        time.sleep(0.01)
    assert bench.shown.stage == f"{machine_code.COMPILING}: optimising" and bench.shown.checked
    go_on.set()
    assert bench.wait(120)
    assert bench.shown.timeline and bench.shown.timeline.origin == "simulated"
    assert bench.shown.proof


def test_a_process_is_made_ready_for_the_next_edit(blobs: Blobs) -> None:
    process.let_go()
    bench = Workbench(files.open_document(ROOT / "layouts/pcb_line.yaml"), blobs)
    bench.start()
    assert bench.wait(240) and len(process._servers) == process.FORKS
    bench.close()
    process.let_go()


def test_nothing_is_reported_once_closed(blobs: Blobs) -> None:
    calls: list[int] = []
    bench = Workbench(plant(), blobs, lambda: calls.append(1))
    bench.close()
    bench.start()
    bench.close()
    told = len(calls)
    assert bench.wait(120)
    assert len(calls) == told


def test_a_refused_edit_changes_nothing(blobs: Blobs) -> None:
    bench = opened(blobs)
    text, version = bench.log.text(), bench.log.version
    for command, seen in ((ResizeCrew("nobody", 2), None), (ResizeCrew("setter", 2), version - 1)):
        with pytest.raises(TwinError):
            bench.do(command, version=seen)
    assert (bench.log.text(), bench.log.version) == (text, version)


def test_save_as_writes_into_the_users_folder_once(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    bench = opened(blobs)
    bench.do(ResizeCrew("setter", 2))
    path = bench.save_as("mine")
    assert path == tmp_path / "home" / "layouts" / "mine.yaml"
    assert path.read_text() == bench.log.text() and "# by the window" in path.read_text()
    for name in ("mine", "../mine", "", "a b"):
        with pytest.raises(TwinError):
            bench.save_as(name)
    bench.close()


def test_a_recording_is_found_and_replayed_without_a_forecast(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    bench = opened(blobs)
    run = simulate(validate(bench.log.layout), "2 d", 7)
    parquet.write(replace(run, origin="synthetic"), tmp_path / "home" / "recordings" / "shift")
    (tmp_path / "home" / "recordings" / "notes.txt").write_text("not a recording")
    found = recordings_of(bench.log.layout)
    assert list(found) == ["shift"]
    bench.replay(found["shift"])
    assert bench.wait(60)
    shown = bench.shown
    assert shown.is_replay and shown.outlook is None and shown.proof is None
    assert shown.kpis is not None and shown.kpis.origin == "synthetic"
    done = run.orders["end"][~np.isnan(run.orders["end"])]
    assert shown.kpis.finished == len(done) > 0
    bench.predict()
    assert bench.wait(120)
    assert not bench.shown.is_replay and bench.shown.kpis is None and bench.shown.outlook


def test_a_layout_that_never_closes_is_shown_for_some_hours(blobs: Blobs) -> None:
    always = plant(("calendar: day\n", ""))
    assert span(always.layout) == (0.0, 8 * 3600.0)
    clock = unknown(always.layout)
    assert len(clock.intervals) == len(clock.resources) == 2


def test_who_asks_for_a_result_in_the_making_gets_the_same_one() -> None:
    memory, begun, end = Memory(2), threading.Event(), threading.Event()
    made: list[object] = []

    def slowly() -> object:
        begun.set()
        assert end.wait(10)
        return object()

    threads = [
        threading.Thread(target=lambda: made.append(memory.recall("k", slowly))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        memory.recall("k", object, cancelled)
    end.set()
    for thread in threads:
        thread.join(10)
    assert len(made) == 3 and len(set(map(id, made))) == 1


def test_memory_forgets_the_oldest_and_nothing_that_failed() -> None:
    memory = Memory(2)
    for key in "abc":
        memory.recall(key, lambda key=key: key)
    assert memory.recall("a", lambda: "anew") == "anew"
    with pytest.raises(ZeroDivisionError):
        memory.recall("bad", lambda: 1 // 0)
    assert memory.recall("bad", lambda: "good") == "good"
