"""Words by which logs call what a mapping names, in English and German: patterns -> how sure.

The names of columns are matched whole, in small words (`Profile.words`). The states are those of
MTConnect (Execution), PackML, OPC UA for machines and ISO 22400, and what shops write by hand.
"""

from __future__ import annotations

import re

from twin.recordings.mapping import StateName

NUMBER = r"( (id|no|nr|number|code|key|name|nummer))?"
NAMES: dict[str, tuple[tuple[str, float], ...]] = {
    "part": (
        ("case id|case concept name|part id|piece id|serial( number| no)?|workpiece( id)?", 1.0),
        (f"case{NUMBER}|part( no| nr| number)?|piece|workpiece|werkstück|teil|unit id|sn", 0.9),
        (f"(job|lot|batch|charge|los|trace|item|parts|pieces|bracket|board){NUMBER}", 0.7),
    ),
    "order": (
        (f"(work |production |manufacturing |sales )?order{NUMBER}|auftrag{NUMBER}", 1.0),
        ("auftrags(nummer|nr)|fertigungsauftrag|wo|orders", 0.9),
    ),
    "product": (
        (f"product{NUMBER}|produkt{NUMBER}|part (type|name|description)|article{NUMBER}", 1.0),
        (f"artikel{NUMBER}|artikelnummer|material{NUMBER}|sku|item (code|type)", 0.9),
        (f"variant|variante|process model{NUMBER}|recipe|rezept|model{NUMBER}|type|typ", 0.6),
    ),
    "quantity": (("(order |planned |target )?(quantity|qty)|menge|stückzahl|sollmenge", 1.0),),
    "due": (("due( date| time| at)?|deadline|liefertermin|termin|promised( date)?", 1.0),),
    "worker": (
        (f"(worker|operator|employee|werker|bediener|mitarbeiter|personal){NUMBER}", 1.0),
        (f"(user|staff|person|personnel){NUMBER}", 0.8),
    ),
    "resource": (
        (f"(org )?resource{NUMBER}|machine{NUMBER}|maschine{NUMBER}|station{NUMBER}", 1.0),
        (f"work ?station{NUMBER}|work ?cent(er|re){NUMBER}|equipment{NUMBER}|asset{NUMBER}", 1.0),
        ("arbeitsplatz|anlage|betriebsmittel|maschinen(nummer|nr)", 1.0),
        (f"(device|unit|cell|line|linie|tool|equipments|machines|stations){NUMBER}", 0.6),
    ),
    "activity": (
        (f"activity{NUMBER}|concept name|ocel activity|operation{NUMBER}|vorgang|arbeitsgang", 1.0),
        (f"(task|process step|step|event){NUMBER}|event type|action|process|prozess|schritt", 0.8),
        ("(current|main) task|job (name|type)|tätigkeit", 0.5),
    ),
    "start": (
        ("(actual )?(start|begin|started|beginn)( time| date| timestamp| at| datetime)?", 1.0),
        ("time start|start ?zeit|startzeitpunkt|anfang|from( time)?|von|start complete", 0.8),
    ),
    "end": (
        ("(actual |real )?(end|finish|stop|complete|ende|finished|completed|ended)"
         "( time| date| timestamp| at| datetime)?", 1.0),
        ("time end|end ?zeit|endzeitpunkt|to( time)?|until|bis|(operation )?end time", 0.7),
    ),
    "time": (
        ("time ?stamp|time timestamp|ocel timestamp|ts|time|date ?time|zeit(stempel)?", 1.0),
        ("(event|log|record|recorded|created|measured)( time| at| timestamp)|date|datum|utc", 0.8),
    ),
    "duration": (
        ("duration( s| min| h)?|dauer|elapsed( time)?|processing time|bearbeitungszeit", 1.0),
        ("(cycle|service|operation) time|run ?time|laufzeit", 0.6),
    ),
    "transition": (("(lifecycle )?transition|lifecycle|event( type)?|status|phase", 1.0),),
    "instance": (
        ("identifier id|concept instance|(event |activity |step )?instance( id)?", 1.0),
        ("(activity|step|operation) id", 0.6),
    ),
    "state": (
        ("state|status|(machine|equipment|asset|device) (state|status)|zustand|execution", 1.0),
        ("mode|condition|(operating |controller )?mode|betriebszustand|maschinenstatus", 0.7),
    ),
    "counter": (
        ("(part|cycle|piece|unit|parts)? ?(counter|count|cycles|zähler)|cycle|takt", 1.0),
        ("(cycle|shot) (id|no|nr|number)|stückzähler", 0.8),
    ),
    "outcome": (
        ("outcome|result|lifecycle state|verdict|ergebnis|pass fail|disposition", 1.0),
        ("quality|qualität|ok nok|inspection", 0.8),
    ),
    "reason": (
        ("reason( code)?|cause|(stör)?grund|(error|fault|failure|alarm|stop)( code| text)?", 1.0),
        ("(response )?status code|downtime reason|message|bemerkung", 0.7),
    ),
    "carrier": (("carrier|vehicle|agv|amr|transporter|robot|fahrzeug|forklift", 1.0),),
    "origin": (("from( station| location| place)?|source|origin|von|quelle", 1.0),),
    "target": (("to( station| location| place)?|destination|target|nach|ziel|sink", 1.0),),
}  # fmt: skip

STATES: tuple[tuple[str, StateName], ...] = (
    (r"(schedul|plan)\w* (down|maint|stop)\w*|maint\w*|service|wartung\w*|instandhaltung\w*|"
     r"clean\w*|reinigung\w*|calibrat\w*", "MAINTENANCE"),
    (r"(power |switched )?off( shift)?|shut ?down|aus|clos\w*|break|pause (shift)|no shift|"
     r"powered off|keine schicht|schichtende", "OFF"),
    (r"unavailable|offline|unknown|disconnect\w*|no data|undefined|n a", "UNAVAILABLE"),
    (r"set ?up\b.*|chang\w* ?over|rüst\w*|umrüst\w*|tool ?change|preparation|prepar\w*|warm ?up|"
     r"adjust\w*|manual|einricht\w*", "SETUP"),
    (r"wait\w* (for )?(the )?(operator|worker|crew|person\w*|bediener)|no operator|call\w*",
     "WAITING_CREW"),
    (r"starv\w*|wait\w* (for )?(material|parts?|input|infeed)|no (material|parts?)|suspended|"
     r"material fehlt|kein material|ready for (load|part)", "STARVED"),
    (r"block\w*|(output|outfeed|buffer) full|wait\w* (for )?(output|unload\w*)|stau|blockiert",
     "BLOCKED"),
    (r"hold\w*|held|paused?|pausing|interrupted|feed hold|program stopped|optional stop|stopped|"
     r"stop|halt\w*|angehalten|gestoppt|stopping|unterbrochen", "HELD"),
    (r"down( ?time)?|fail\w*|fault\w*|error\w*|alarm\w*|broken?( ?down)?|breakdown|abort\w*|"
     r"e ?stop|emergency( stop)?|crash\w*|defekt|stör\w*|ausfall|unscheduled down\w*|trouble|"
     r"repair\w*|protective stop", "DOWN"),
    (r"run\w*|active|auto(matic)?|produc\w*|process\w*|execut\w*|work\w*|busy|cutting|machining|"
     r"print\w*|in cycle|operating|on|complet\w*|bearbeit\w*|läuft|laufend|produktion|betrieb|"
     r"start\w*|in ?progress|loading|unloading", "PROCESSING"),
    (r"idle|ready|standby|stand by|waiting|wait|free|available|bereit|leerlauf|warte\w*|frei|"
     r"operational|power ?on|reset\w*|clear\w*", "IDLE"),
)  # fmt: skip

SETUP = re.compile(r"set[- ]?up\b|rüst|chang(e|ing)[- ]?over", re.IGNORECASE)
FLAGS: tuple[tuple[str, StateName], ...] = (
    (r"stop|fault|alarm|error|down|emergency|störung", "DOWN"),
    (r"maintenance|service|wartung", "MAINTENANCE"),
    (r"setup|set up|rüsten", "SETUP"),
    (r"run|running|busy|processing|producing|in cycle", "PROCESSING"),
)
FAILURES = frozenset(
    {"failure", "failed", "fail", "nok", "not ok", "scrap", "reject", "rejected", "bad", "error"}
)
PASSES = frozenset({"success", "ok", "pass", "passed", "good", "done", "accepted", "iO", "io"})

# What is measured and the unit where its column names none; "1": a count.
MEASURED: tuple[tuple[str, str], ...] = (
    (r"temp(erature)?|temperatur|celsius", "degC"),
    (r"current|strom|amps?", "A"),
    (r"voltage|spannung", "V"),
    (r"items|pieces|parts|count|good|scrap|stückzahl", "1"),
    (r"power|leistung|energy|energie|speed|drehzahl|pressure|druck|torque|force|vibration|load|"
     r"feed|humidity|flow|weight|position|level|utili[sz]ation|time|dauer", ""),
)  # fmt: skip
_UNITS = (
    "kWh", "Wh", "kW", "W", "mA", "A", "mV", "kV", "V", "degC", "°C", "K", "bar", "mbar", "Pa",
    "kPa", "N", "kN", "Nm", "mm/s", "m/s", "rad/s", "rpm", "Hz", "kg", "g", "mm", "m", "s", "ms",
    "min", "h", "l/min", "%", "J", "kJ",
)  # fmt: skip


def unit_in(name: str) -> str:
    """The unit that a column's name ends in, "power_kW" or "Power [kW]"; "" where there is none."""
    found = re.search(r"(?:[\[(]\s*([^\])]+?)\s*[\])]|[_ ]([A-Za-z°%/]+))\s*$", name)
    said = (found[1] or found[2]) if found else ""
    return "degC" if said in ("°C", "C") else said if said in _UNITS else ""


def sureness(role: str, words: str) -> float:
    """How sure a column's name alone says that it is of a role: 0 .. 1."""
    return max((sure for form, sure in NAMES[role] if re.fullmatch(form, words)), default=0.0)


def state_of(word: str) -> StateName | None:
    """What a shop's word of a state means, if that is known."""
    split = re.sub(r"([a-z])([A-Z])", r"\1 \2", word)
    plain = " ".join(re.findall(r"[^\W_]+", split.lower()))
    return next((state for form, state in STATES if re.fullmatch(form, plain)), None)


def flag_of(words: str) -> StateName | None:
    """The state in which something is while a column of this name says yes, if that is known."""
    return next((state for form, state in FLAGS if re.search(rf"\b({form})", words)), None)
