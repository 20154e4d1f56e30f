"""A real shop followed at its own pace: `python -m tests.bench.sessions` (a quarter of an hour).

Each recorded session of the APS factory is published through a broker of its own as it was said,
all at once, and followed; the live timeline must be the one that is read from the file. SPEED in
the environment says it faster.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.devices.brokers import Broker
from tests.devices.test_mqtt import plain
from twin.devices.collector import Link
from twin.devices.mqtt import address
from twin.devices.mqtt_publisher import publish
from twin.devices.sources import connect
from twin.layout.files import load
from twin.recordings.messages import read_messages
from twin.recordings.mqtt_aps import read_session

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # s for what is still under way when all has been said


def follow(path: Path, folder: Path, speed: float) -> dict[str, float]:
    """What is lost of one session, and how late its messages are in the journal [s]."""
    folder.mkdir()
    broker = Broker(str(shutil.which("mosquitto") or "/usr/sbin/mosquitto"), folder)
    broker.start()
    plant = load(ROOT / "layouts" / "aps_24v.yaml")
    messages = read_messages(path)
    shop = connect(plant, broker.url, folder / "aps.sqlite")
    try:
        while shop.status()[0].link is not Link.CONNECTED:
            time.sleep(0.05)
        publish(messages, address(broker.url), speed=speed)
        end = time.monotonic() + PATIENCE
        while shop.status()[0].received < len(messages) and time.monotonic() < end:
            time.sleep(0.05)
        live, recorded = plain(shop.heard()), plain(read_session(path, plant))
        differ = sum(len(set(live[name]) ^ set(recorded[name])) for name in recorded)
        return {
            "messages": len(messages),
            "lost": len(messages) - shop.status()[0].received,
            "rows": sum(map(len, recorded.values())),
            "rows that differ": differ,
        }
    finally:
        shop.close()
        broker.stop()


def main() -> None:
    """Print what came of all sessions as JSON."""
    data = Path(os.environ.get("TWIN_DATA", ROOT.parent / "shared" / "data"))
    paths = sorted((data / "aps_mqtt_sessions" / "sessions").glob("*.log.gz"))
    speed = float(os.environ.get("SPEED", "1"))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(paths)) as pool:
        folders = [Path(folder) / str(k) for k in range(len(paths))]
        told = list(pool.map(partial(follow, speed=speed), paths, folders))
    print(json.dumps({path.name: one for path, one in zip(paths, told, strict=True)}, indent=1))


if __name__ == "__main__":
    main()
