"""What was left out, guessed or strange: said in the draft's own comment, and as findings."""

from __future__ import annotations

from twin.inference.evidence import Evidence
from twin.inference.openings import DAY, FEWEST_DAYS, SHORTEST
from twin.layout.rules.finding import Finding

LINE = 96  # columns of a comment
SHOWN = 5  # names of many
MANY = 0.05  # share of the steps from which on something is told
HEAD = (
    "A first layout from a log. What is measured says so, with how many observations; all else",
    "is guessed: where machines stand, what they look like, what they cost, how people walk.",
)


class Notes:
    """The notes of one draft, as they are made."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, rule: str, where: str, value: float, text: str) -> None:
        """A note with a number that says how many, or how much."""
        self._found.append(Finding(f"draft.{rule}", where, "warning", text, float(value)))

    def count(self, rule: str, where: str, count: int, text: str) -> None:
        """`count` of something; where there is none, nothing is said."""
        if count:
            self.add(rule, where, count, f"{count:,} {text}")

    def findings(self) -> tuple[Finding, ...]:
        """All notes so far, by rule and place."""
        return tuple(sorted(self._found, key=lambda note: (note.rule, note.where)))

    def comment(self) -> str:
        """All notes so far as the comment at the head of a file."""
        lines: list[str] = [*HEAD]
        for note in self.findings():
            line = ""
            for word in f"- {note.where}: {note.message}".split():
                if line and len(line) + 1 + len(word) > LINE:
                    lines.append(line)
                    line = " "
                line = f"{line} {word}" if line else word
            lines.append(line)
        printed = ("".join(c if c.isprintable() else "?" for c in line) for line in lines)
        return "".join(f"# {line}\n" for line in printed)


def some(names: list[str]) -> str:
    """The first of some names."""
    return f"{', '.join(names[:SHOWN])}{' ...' if len(names) > SHOWN else ''}"


def note_the_log(notes: Notes, seen: Evidence) -> None:
    """What the log as a whole does not tell, or tells strangely."""
    if seen.openings is None:
        least = f"{SHORTEST / DAY:g} days, {FEWEST_DAYS} of them with work"
        notes.add(
            "calendar", "calendars", seen.length / DAY,
            f"{seen.length / DAY:.3g} days of log are too little data to say when the shop is open "
            f"(it takes {least}): that it always is, is a guess",
        )  # fmt: skip
    elif seen.openings.outside > MANY:
        share = seen.openings.outside
        text = f"{100 * share:.0f} % of the beginnings and ends of steps lie outside the openings"
        notes.add("calendar", "calendars/open", share, text)
    if not seen.visits.told:
        text = "the log tells no activities: each step is named after its station"
        notes.add("activities", "products", 1, text)
    notes.count(
        "products", "products", seen.merged,
        "products have hardly a part more than two each: taken for one",
    )  # fmt: skip
    notes.count(
        "open", "orders", seen.open_parts,
        "parts are not seen from beginning to end: what they went through counts, not how long "
        "they were under way",
    )  # fmt: skip
    if seen.parallel > MANY:
        notes.add(
            "parallel", "products", seen.parallel,
            f"{100 * seen.parallel:.0f} % of the steps begin before the same part's last one ends: "
            "here they follow each other",
        )  # fmt: skip
    carriers = [seen.timeline.name(code) for code in seen.roles.carriers]
    text = f"resources carry parts, and are no stations here: {some(carriers)}"
    notes.count("carriers", "transport", len(carriers), text)
    overlaps = int(seen.points("overlap").sum())
    if overlaps > MANY * len(seen.visits):
        notes.count(
            "capacity", "machines", overlaps,
            "steps begin while their machine is busy; if it takes several parts, say so under "
            "'capacity' of the mapping",
        )  # fmt: skip
