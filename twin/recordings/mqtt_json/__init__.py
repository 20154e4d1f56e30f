"""Any shop whose MQTT topics carry JSON -> Timeline, by a mapping of its topics."""

from twin.recordings.mqtt_json.follower import Follower, read_file
from twin.recordings.mqtt_json.mapping import Mapping, read_mapping
from twin.recordings.mqtt_json.telling import mapping_of, messages_of

__all__ = ["Follower", "Mapping", "mapping_of", "messages_of", "read_file", "read_mapping"]
