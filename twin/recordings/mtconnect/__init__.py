"""MTConnect, recorded and live -> Timeline.

SHDR lines of an adapter, documents of an agent (`/current`, `/sample`) and its device model, for
any number of machines and days. What is told is heard one after the other (`Follower`), whether it
comes from a file or from an agent, and gives the same timeline.

A machine's state follows from its availability, execution, controller mode, functional mode,
emergency stop and conditions, in this order: without execution it is UNAVAILABLE; an emergency stop
or a fault of its controller is DOWN; functional mode MAINTENANCE is that; a manual mode, or one to
enter data, is SETUP; else the execution counts. Traps of real recordings, and what is done:

- A daily file begins with how things stood, with times up to weeks old: they are no news. Where
  they tell of a change that nobody heard, there is a gap.
- An agent stamps what it says itself by its own clock. The order of the lines is the truth.
- A file may hold several recordings, one after the other, not in order of their time.
- A machine that runs, talks all the time and then says nothing for a minute has been lost.
- Counters that never move: the programs that ran to their end are counted instead, as inferred.
- An availability that was never told is not one that is missing.
"""

from twin.recordings.mtconnect.files import is_mtconnect, read_files
from twin.recordings.mtconnect.follower import Follower
from twin.recordings.mtconnect.mapping import Mapping, read_mapping

__all__ = ["Follower", "Mapping", "is_mtconnect", "read_files", "read_mapping"]
