"""What is handed on, in Firefox: another engine, and here without any graphics in 3D."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.view.plants import plant
from twin.bottlenecks import find_bottlenecks
from twin.cells.factory import validate
from twin.forecast import predict
from twin.view.exports import formats, handout

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


@pytest.mark.skipif(FIREFOX is None, reason="there is no Firefox")
def test_the_hand_out_opens_in_firefox_from_disk(tmp_path: Path) -> None:
    factory = validate(plant().layout)
    made = handout.of_forecast(factory, predict(factory), find_bottlenecks(factory))
    page, picture = tmp_path / "shift.html", tmp_path / "shift.png"
    formats.write(made, page)
    (tmp_path / "profile").mkdir()
    own = ["--headless", "--no-remote", "--profile", str(tmp_path / "profile")]
    asked = ["--window-size=1280,800", f"--screenshot={picture}", page.as_uri()]
    subprocess.run([str(FIREFOX), *own, *asked], capture_output=True, timeout=300, check=True)
    pixels = np.asarray(Image.open(picture).convert("L"))
    assert pixels.shape == (800, 1280)
    # Dark words on light ground: in the headline, in the figures below and in the list beside.
    for rows, columns in (
        (slice(0, 72), slice(0, 900)),
        (slice(580, 800), slice(0, 900)),
        (slice(80, 500), slice(930, 1280)),
    ):
        region = pixels[rows, columns]
        assert 0.01 < np.mean(region < 110) < 0.3, "no words there"
        assert np.mean(region > 200) > 0.5
