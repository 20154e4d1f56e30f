"""Recorded MQTT sessions of a fischertechnik Agile Production Simulation 24V -> Timeline.

One clock: the recorder's. Every message has its receive time, a few hundredths of a second after
what it tells; the clocks of the sources differ from it and from each other by days (a board of
sensors), by 44 s (a vehicle after its start) or by a tenth of a second (the control unit, whose
times of orders are shifted by its median lag). A source's own time only tells a repeated snapshot,
which a broker hands to who connects late, from news: it lies far behind its source's usual lag.

One state from several voices: modules with a gateway are heard twice, and messages repeat. An
action is known by its id and moves only forward, through waiting and running to its end; what
comes late on the other topic changes nothing. The id of some actions is always "0": such an action
begins anew where the topic that told its end tells a beginning.

What is inferred says so in its quality: a module that keeps a part after its work is BLOCKED, one
that keeps it between two actions HELD; a docked vehicle is STARVED until it is given a part and
BLOCKED until it is relieved of one. Charging is MAINTENANCE. Where a module has not spoken since
the start or the last gap, the control unit's word for it counts ("READY", "BUSY", "BLOCKED").

A vehicle that the layout does not have (there is a second one in the dock) is left out.
"""

from twin.recordings.mqtt_aps.session import read_session

__all__ = ["read_session"]
