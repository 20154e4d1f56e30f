"""The plant: its serial numbers, nodes and words, as names of the layout and states of a timeline.

What is particular to one shop stands in this file alone.
"""

from __future__ import annotations

from twin.timeline import State

# Serial number -> name of the machine or vehicle in the layout.
SERIALS = {
    "SVR3QA0022": "hbw",
    "SVR4H76449": "drill",
    "SVR3QA2098": "mill",
    "SVR4H76530": "aiqs",
    "SVR4H73275": "dps",
    "CHRG0": "charger",
    "5iO4": "agv",
}
VEHICLES = frozenset({"agv"})
# Intersections of the plant -> nodes of the layout; a vehicle also stands at machines.
NODES = {str(n): f"crossing-{n}" for n in range(1, 5)} | SERIALS

# The states of an action in their order, a vendor's typing error among them.
WAITING, INITIALIZING, RUNNING = 0, 1, 2
STEPS = {
    "PENDING": WAITING,
    "WAITING": WAITING,
    "WAITIING": WAITING,
    "INITIALIZING": INITIALIZING,
    "RUNNING": RUNNING,
    "PAUSED": RUNNING,
}
ENDS = frozenset({"FINISHED", "FAILED"})

# After these a part waits for the vehicle; after others, for the module's next action.
LAST = frozenset({"MILL", "DRILL", "CHECK_QUALITY", "RGB_NFC"})
# Actions of the input, which happen before there is an order.
INPUT = frozenset({"INPUT_RGB", "RGB_NFC"})
# A PICK takes a part from the vehicle; these two, the store and the output, do not keep it.
SINKS = frozenset({"hbw", "dps"})

# What the control unit says of a module or vehicle.
AVAILABLE = {"READY": State.IDLE, "BUSY": State.PROCESSING, "BLOCKED": State.HELD}

# End of a topic -> (field of the payload, name, unit as in UCUM).
SENSORS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "/dht11-1/state": (("temperature", "temperature", "Cel"), ("humidity", "humidity", "%")),
    "/mq2-1/state": (("rawValue", "gas", "1"),),
    "/flame-1/state": (("rawValue", "flame", "1"),),
    "/mpu6050-1/state": (("magnitude", "vibration", "1"),),
    "/sw420-1/state": (("impulseCount", "impulses", "1"),),
    "/i/bme680": (
        ("t", "temperature", "Cel"),
        ("h", "humidity", "%"),
        ("p", "pressure", "hPa"),
        ("iaq", "air quality index", "1"),
    ),
    "/i/ldr": (("br", "brightness", "%"),),
}
