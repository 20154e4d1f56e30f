"""Sparkplug B: nodes and devices that tell named metrics over MQTT -> Timeline."""

from twin.recordings.sparkplug.follower import SPACE, Follower, read_file
from twin.recordings.sparkplug.payload import Metric, Payload, decode, encode, rebirth

__all__ = ["SPACE", "Follower", "Metric", "Payload", "decode", "encode", "read_file", "rebirth"]
