/** The interface's words, colours and shapes: states, times, utilisation. */

// Colour, words, and a shape in a 10 x 10 box, so that no state is told by colour alone.
export const STATES = {
  PROCESSING: { colour: "#0d915f", words: "processing", shape: "M2 1 L9 5 L2 9Z" },
  SETUP: { colour: "#835ccb", words: "being set up", shape: "M5 0.5 L9.5 5 L5 9.5 L0.5 5Z" },
  STARVED: { colour: "#98b3d4", words: "waits for parts", shape: "M1 1H9V9H1Z M3 3V7H7V3Z" },
  BLOCKED: { colour: "#e8b55d", words: "blocked", shape: "M1 1H9V9H1Z" },
  WAITING_CREW: { colour: "#fd7090", words: "waits for a person", shape: "M5 0.5 A2 2 0 1 1 4.99 0.5Z M1.5 9.5 A3.5 4.2 0 0 1 8.5 9.5Z" },
  DOWN: { colour: "#cf211b", words: "down", shape: "M1 2.4 2.4 1 5 3.6 7.6 1 9 2.4 6.4 5 9 7.6 7.6 9 5 6.4 2.4 9 1 7.6 3.6 5Z" },
  HELD: { colour: "#b8a032", words: "held", shape: "M1.5 1H4V9H1.5Z M6 1H8.5V9H6Z", hatched: true },
  MAINTENANCE: { colour: "#906e61", words: "maintenance", shape: "M3.7 1H6.3V3.7H9V6.3H6.3V9H3.7V6.3H1V3.7H3.7Z", hatched: true },
  IDLE: { colour: "#d2d3d2", words: "idle", shape: "M5 1 A4 4 0 1 1 4.99 1Z M5 3 A2 2 0 1 0 5.01 3Z" },
  OFF: { colour: "#5d6675", words: "off shift", shape: "M1 4H9V6H1Z" },
  UNAVAILABLE: { colour: "#a2a6ae", words: "no data", shape: "M1 9 9 1 M1 5 5 1 M5 9 9 5", hatched: true, stroked: true },
};

// Which state speaks for a machine of several places, the most telling first.
export const TELLING = [
  "DOWN", "MAINTENANCE", "HELD", "PROCESSING", "SETUP", "WAITING_CREW", "BLOCKED", "STARVED",
  "IDLE", "OFF", "UNAVAILABLE",
];

// Cividis at 0, 1/8, ... 1 (Nunez, Anderton, Renslow 2018, doi:10.1371/journal.pone.0199239).
const CIVIDIS = [
  [0, 32, 77], [0, 52, 110], [52, 70, 108], [84, 88, 108], [112, 108, 112],
  [141, 130, 117], [173, 153, 111], [210, 180, 95], [255, 233, 69],
].map((rgb) => rgb.map((c) => c / 255));

/** Cividis at a share 0..1 as sRGB components 0..1, written into out. */
export function cividis(share, out = [0, 0, 0]) {
  const x = Math.min(1, Math.max(0, share)) * (CIVIDIS.length - 1);
  const i = Math.min(CIVIDIS.length - 2, Math.floor(x));
  for (let c = 0; c < 3; c++) out[c] = CIVIDIS[i][c] + (CIVIDIS[i + 1][c] - CIVIDIS[i][c]) * (x - i);
  return out;
}

/** "#rrggbb" as sRGB components 0..1. */
export function rgb(hex) {
  const number = Number.parseInt(hex.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number) => String(number).padStart(2, "0");

/** "Mon 07:42" for seconds from an epoch [ms]; with seconds where they matter. */
export function timeText(epoch, t, seconds = false) {
  const date = new Date(epoch + t * 1000);
  const tail = seconds ? `:${two(date.getUTCSeconds())}` : "";
  return `${DAYS[date.getUTCDay()]} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${tail}`;
}

/** "Monday's" date: "5 Jan 2026". */
export function dateText(epoch, t) {
  const date = new Date(epoch + t * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** The midnights inside a clock: [{t, text}]. */
export function dayMarks(epoch, start, end) {
  const day = 86400;
  const offset = (((epoch / 1000) % day) + day) % day;
  const marks = [];
  for (let k = Math.ceil((start + offset) / day); k * day - offset < end; k++) {
    const t = k * day - offset;
    marks.push({ t, text: DAYS[new Date(epoch + t * 1000).getUTCDay()] });
  }
  return marks;
}

/** What is seen: the badge's words for a timeline's origin, and of a live one for where its clock is. */
export function badge(origin, { clock, epoch, heard = true } = {}) {
  if (origin === "live") {
    if (!clock || clock.following) {
      if (!heard) return { text: "NOT CONNECTED", kind: "behind", hint: "Nothing is heard of the shop now" };
      return { text: "LIVE", kind: "live", hint: "What happens now, as it is heard" };
    }
    const text = clock.playing ? "BEHIND LIVE" : `PAUSED AT ${timeText(epoch, clock.t, true)}`;
    return { text, kind: "behind", hint: "What has happened; Catch up leads back to now" };
  }
  const words = {
    simulated: { text: "PREDICTED", kind: "predicted", hint: "Simulated from the layout" },
    recorded: { text: "REPLAY", kind: "replay", hint: "Recorded in a real factory" },
    synthetic: {
      text: "REPLAY · synthetic recording",
      kind: "synthetic",
      hint: "A simulated shift, shipped as a recording",
    },
    validated: { text: "PHYSICS", kind: "predicted", hint: "Ways of the arm that physics has found to be free" },
    unknown: { text: "NO DATA", kind: "unknown", hint: "Nothing is known of what happens here" },
  };
  return words[origin] ?? { text: String(origin).toUpperCase(), kind: "replay", hint: "" };
}
