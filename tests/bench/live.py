"""What it costs to follow a shop: python -m tests.bench.live (with mosquitto, and a browser).

A plant's messages at QoS 1, from a process of its own through a real broker into journal and
timeline, with nobody who looks and with a page open; and how long it takes from a message that says
that something has changed until it is on the screen.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tests.bench.page import READY
from tests.devices.brokers import Broker
from twin.devices.collector import Link
from twin.devices.following import Following
from twin.devices.sources import connect
from twin.layout.files import load
from twin.layout.folders import find_layout
from twin.view.live import Live
from twin.view.pages.planner import shelf
from twin.view.server import Background

LAYOUT = "aps_24v"
COUNT, WITH_PAGE = 40_000, 16_000  # messages
CHANGES = 30
MODULES = ("SVR4H76449", "SVR3QA2098", "SVR4H76530")  # drill, mill, quality check
# In a process of its own, as a shop is, and by hand: the packets of MQTT 3.1.1 as bytes, so that
# the processor is left to the broker and to the twin.
SHOP = """
import json, select, socket, struct, sys
from datetime import UTC, datetime

IN_FLIGHT = 2000  # messages that the broker has not acknowledged yet
port, count, serials = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")
line = socket.create_connection(("127.0.0.1", port))

def packet(kind, body):
    size, length = bytearray(), len(body)
    while True:
        length, seven = divmod(length, 128)
        size.append(seven | (128 if length else 0))
        if not length:
            return bytes([kind]) + size + body

def text(words):
    return struct.pack(">H", len(words)) + words.encode()

line.sendall(packet(0x10, text("MQTT") + bytes([4, 2, 0, 60]) + text("shop")))
assert line.recv(4)[3] == 0  # it is let in
said = thanked = 0
while thanked < 4 * count:  # four bytes each
    several = min(count - said, IN_FLIGHT - (said - thanked // 4), 100)
    if several > 0:
        packets = []
        for k in range(said, said + several):
            serial, turn = serials[k % len(serials)], k // len(serials)
            now = datetime.now(UTC).isoformat()
            action = {"id": f"{serial}-{turn // 50}", "command": "DRILL", "timestamp": now}
            action["state"] = "RUNNING" if turn % 50 < 49 else "FINISHED"
            told = {"serialNumber": serial, "timestamp": now, "orderId": "", "actionState": action}
            number = struct.pack(">H", k % 65535 + 1)
            body = text(f"module/v1/ff/{serial}/state") + number + json.dumps(told).encode()
            packets.append(packet(0x32, body))
        line.sendall(b"".join(packets))
        said += several
    if select.select([line], [], [], 0.0 if several > 0 else 1.0)[0]:
        thanked += len(line.recv(65536))
line.sendall(packet(0xE0, b""))
"""


def said(broker: Broker, shop: Following, count: int) -> float:
    """Messages a second from the first that is said until the timeline has heard all."""
    before = shop.status()[0].received
    begun = time.perf_counter()
    arguments = [sys.executable, "-c", SHOP, str(broker.port), str(count), ",".join(MODULES)]
    with subprocess.Popen(arguments) as process:
        while shop.status()[0].received < before + count:
            if time.perf_counter() - begun > 300:
                raise SystemExit("messages are lost")
            time.sleep(0.02)
        shop.heard()
        rate = count / (time.perf_counter() - begun)
        process.wait()
    return rate


def changes(broker: Broker, page: Page) -> list[float]:
    """From a message to the screen [s], for some changes one after the other."""
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    times = []
    viewer = page.locator(READY)
    for k in range(CHANGES):
        state = "RUNNING" if k % 2 == 0 else "FINISHED"
        action = {"id": f"seen-{k // 2}", "command": "MILL", "state": state}
        wanted = "PROCESSING" if k % 2 == 0 else "IDLE"
        told = {"serialNumber": MODULES[1], "orderId": "", "actionState": action}
        begun = time.perf_counter()
        client.publish(f"module/v1/ff/{MODULES[1]}/state", json.dumps(told), qos=1)
        page.wait_for_function(SHOWN, arg=[viewer.element_handle(), "mill", wanted], polling="raf")
        times.append(time.perf_counter() - begun)
        time.sleep(0.37)
    client.disconnect()
    client.loop_stop()
    return times


SHOWN = """([view, name, wanted]) => {
  const { stage, layout } = view.twin;
  const machine = layout.machines.findIndex((one) => one.name === name);
  const state = stage.timeline.states[stage.machineState[machine]];
  return wanted === "IDLE" ? state !== "PROCESSING" : state === wanted;
}"""


def measure(browser: str) -> dict[str, float]:
    """The figures; each key says what and in which unit."""
    program = shutil.which("mosquitto", path="/usr/bin:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise SystemExit("there is no mosquitto")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        broker = Broker(program, folder)
        broker.start()
        stack.callback(broker.stop)
        layout = load(find_layout(LAYOUT))
        shop = stack.enter_context(connect(layout, broker.url, folder / "shop.sqlite"))
        while shop.status()[0].link is not Link.CONNECTED:
            time.sleep(0.02)
        alone = said(broker, shop, COUNT)
        live = Live(shop)
        stack.callback(live.close)
        server = stack.enter_context(Background(shelf(LAYOUT, live=live)))
        playwright = stack.enter_context(sync_playwright())
        started = playwright.chromium.launch(executable_path=browser, args=list(chromium.FLAGS))
        page = started.new_page(viewport={"width": 1280, "height": 800})
        page.goto(server.url)
        page.wait_for_selector(READY, timeout=120_000)
        seen = said(broker, shop, WITH_PAGE)
        time.sleep(3.0)
        times = changes(broker, page)
        started.close()
    return {
        "MQTT QoS 1 into journal and timeline: messages a second": alone,
        "the same with a page open": seen,
        "from a message to the screen: median [s]": statistics.median(times),
        "the same: 95 % [s]": sorted(times)[int(0.95 * (len(times) - 1))],
    }


def main() -> None:
    """Prints the figures as JSON."""
    json.dump({"A live shop": measure(chromium.required())}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
