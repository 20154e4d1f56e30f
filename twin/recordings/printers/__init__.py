"""Desktop printers: what Moonraker, OctoPrint and PrusaLink say, heard or kept -> Timeline.

A printer is a machine; each of its print jobs is an order for one part, whose product is named
after the file. Orders are numbered as they are heard. That a job heats before its first extrusion
is inferred from its time of printing (SETUP), which only Moonraker tells. What is polled began at
some time since the last answer, so that it is UNCERTAIN.
"""

from twin.recordings.printers.files import is_printers, read_file
from twin.recordings.printers.follower import Printers

__all__ = ["Printers", "is_printers", "read_file"]
