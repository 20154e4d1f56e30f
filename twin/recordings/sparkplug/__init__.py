"""Sparkplug B: nodes and devices that tell named metrics over MQTT -> Timeline."""

from twin.recordings.sparkplug.follower import Follower, read_file
from twin.recordings.sparkplug.payload import Metric, Payload, decode, encode, rebirth

__all__ = ["Follower", "Metric", "Payload", "decode", "encode", "read_file", "rebirth"]
