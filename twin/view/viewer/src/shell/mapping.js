/** What the columns of a log mean, as fields of a mapping's file: asked and changed, never in place. */

/** Role -> [its words, what it is for]. */
export const ROLES = {
  part: ["Part or case", "Which piece, lot or case the row is about"],
  order: ["Order", "The order that the part belongs to"],
  product: ["Product", "What is made"],
  activity: ["Activity", "What is done: the step, the operation"],
  resource: ["Station", "Where it is done: the machine"],
  both: ["Activity, and station", "What is done, at a station of that name"],
  worker: ["Worker", "Who does it"],
  start: ["Start", "When the step begins"],
  end: ["End", "When the step ends"],
  time: ["Time", "When the row was written"],
  duration: ["Duration", "How long the step takes"],
  transition: ["Start or complete", "Whether the step is scheduled, started or completed"],
  instance: ["Number of the step", "Which rows belong to one step"],
  state: ["State", "What the station does from then on"],
  counter: ["Counter", "Rises with each part made"],
  outcome: ["Outcome", "Whether the step went well"],
  reason: ["Reason", "Why it stopped or failed"],
  quantity: ["Quantity", "How many pieces the order is for"],
  due: ["Due date", "When the order is due"],
  carrier: ["Carrier", "Who brings the part"],
  origin: ["From", "Where the part comes from"],
  target: ["To", "Where the part goes"],
};
const KINDS = { durations: "duration", "yes or no": "flag" };

/** What a column is: a role, "measured", "flag:DOWN", or "" if it is not used. */
export function roleOf(fields, column) {
  const { columns = {}, flags = {}, points = {} } = fields;
  if (columns.activity === column && columns.resource === column) return "both";
  const role = Object.keys(columns).find((key) => columns[key] === column);
  if (role) return role;
  if (Object.hasOwn(flags, column)) return `flag:${flags[column]}`;
  return Object.values(points).some((point) => point.column === column) ? "measured" : "";
}

/** The fields with a column in another role; who had that role before has none. */
export function withRole(fields, { name, seems }, role) {
  const columns = without(fields.columns ?? {}, (_, value) => value === name);
  let flags = without(fields.flags ?? {}, (key) => key === name);
  const old = Object.entries(fields.points ?? {}).find(([, point]) => point.column === name);
  const points = without(fields.points ?? {}, (_, point) => point.column === name);
  if (role === "both") columns.activity = columns.resource = name;
  else if (role === "measured") points[old?.[0] ?? pointName(name, points)] = old?.[1] ?? { column: name, ...(KINDS[seems] ? { kind: KINDS[seems] } : {}) };
  else if (role.startsWith("flag:")) flags = { ...flags, [name]: role.slice(5) };
  else if (role) columns[role] = name;
  return tidy({ ...fields, columns, flags, points });
}

/** The unit in which a measured column is. */
export function unitOf(fields, column) {
  return Object.values(fields.points ?? {}).find((point) => point.column === column)?.unit ?? "";
}

export function withUnit(fields, column, unit) {
  const points = Object.fromEntries(Object.entries(fields.points ?? {}).map(([key, point]) =>
    [key, point.column === column ? { ...point, unit } : point]));
  return { ...fields, points };
}

/** The fields with one more told; "" or undefined takes it away. A path is "time/zone". */
export function withField(fields, path, value) {
  const [key, ...rest] = path.split("/");
  if (!rest.length) return tidy({ ...fields, [key]: value });
  return tidy({ ...fields, [key]: { ...fields[key], [rest.join("/")]: value || undefined } });
}

/** What a word of the log means, in "stations" or "states"; "" where that is not told. */
export function wordOf(fields, table, word) {
  return Object.hasOwn(fields[table] ?? {}, word) ? fields[table][word] : "";
}

/** A word of the log that means something: in "stations" or "states"; "" takes it away. */
export function withWord(fields, table, word, meaning) {
  const others = without(fields[table] ?? {}, (key) => key === word);
  return tidy({ ...fields, [table]: meaning ? { ...others, [word]: meaning } : others });
}

/** What the layout calls a station of the log. */
const called = (fields, word) => wordOf(fields, "stations", word) || word;

/** How many parts a station takes at once, where that is told: a number as text, else "". */
export function capacityOf(fields, word) {
  return String(fields.capacity?.[called(fields, word)] ?? "");
}

/** A number; anything else takes it away. */
export function withCapacity(fields, word, text) {
  const most = Math.floor(Number(text));
  return withWord(fields, "capacity", called(fields, word), most >= 1 ? Math.min(most, 10_000) : "");
}

/** A station of the log that is one of the layout; how many parts it takes goes with it. */
export function withStation(fields, word, name) {
  const most = capacityOf(fields, word);
  return withCapacity(withWord(withCapacity(fields, word, ""), "stations", word, name), word, most);
}

/** Whether an order begins or ends with a step: "begins", "ends" or "". */
export function markOf({ begun_by: begun = [], finished_by: ended = [] }, step) {
  return begun.includes(step) ? "begins" : ended.includes(step) ? "ends" : "";
}

export function withMark(fields, step, mark) {
  const list = (key, is) => {
    const others = (fields[key] ?? []).filter((each) => each !== step);
    const all = is ? [...others, step] : others;
    return all.length ? all : undefined;
  };
  return tidy({ ...fields, begun_by: list("begun_by", mark === "begins"), finished_by: list("finished_by", mark === "ends") });
}

/** What a row of the log is, as Python reads it. */
export function rowsAre({ columns = {}, flags = {} }) {
  if (!columns.time) return "rows";
  if (columns.transition) return "transitions";
  return columns.state || columns.counter || Object.keys(flags).length ? "states" : "moments";
}

const SAID = {
  rows: "Each row is a step, from when to when.",
  transitions: "Each row is a moment in the life of a step: it is scheduled, started or completed.",
  states: "Each row says what a station does from then on.",
  moments: "Each row is an event at one moment; stations have no states, which a replay shows.",
};

/** What a row is in a sentence, or what is still to be told: {text, complete}. */
export function verdict(fields) {
  const { columns = {}, resource } = fields;
  const pair = ["start", "end", "duration"].filter((key) => columns[key]).length;
  if (!columns.time && pair < 2) return { complete: false, text: "Choose which column tells the time, or which two tell start, end or duration." };
  if (!columns.resource && !resource) return { complete: false, text: "Choose which column names the station, or whose log it is." };
  return { complete: true, text: SAID[rowsAre(fields)] };
}

/** A name for what is kept, made of a file's. */
export function nameOf(file) {
  const stem = file.replace(/(\.(csv|tsv|txt|parquet|xlsx|xlsm|xes|jsonocel|json|sqlite|sqlocel|gz))+$/i, "");
  const plain = stem.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[-_]+|[-_]+$/g, "");
  return plain.slice(0, 60) || "recording";
}

function pointName(column, points) {
  const plain = column.trim().toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, "_").replace(/^_+|_+$/g, "") || "value";
  let name = plain;
  for (let k = 2; Object.hasOwn(points, name); k += 1) name = `${plain}_${k}`;
  return name;
}

const without = (table, is) => Object.fromEntries(Object.entries(table).filter(([key, value]) => !is(key, value)));

/** Without what says nothing. */
function tidy(fields) {
  const told = (value) => value !== undefined && value !== "" && value !== null;
  const inner = (value) => (isTable(value) ? without(value, (_, each) => !told(each)) : value);
  const kept = Object.entries(fields).map(([key, value]) => [key, inner(value)]);
  return Object.fromEntries(kept.filter(([key, value]) => told(value) && (key === "columns" || !isTable(value) || Object.keys(value).length)));
}

const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
