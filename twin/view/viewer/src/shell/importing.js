/** The dialog that brings a log: file, columns, stations and states, preview. Python reads, this asks. */

import { h } from "./elements.js";
import { capacityOf, markOf, nameOf, ROLES, roleOf, rowsAre, unitOf, verdict, withCapacity, withField, withMark, withRole, withStation, withUnit, withWord, wordOf } from "./mapping.js";
import { preview } from "./preview.js";

const STEPS = ["File", "Columns", "Stations and states", "Preview"];
const KINDS = ".csv,.tsv,.txt,.gz,.parquet,.xlsx,.xlsm,.xes,.json,.jsonocel,.sqlite,.sqlocel";
const LARGEST = 500e6; // bytes, as Python takes them (twin/view/uploads.py)
const PIECE = 384 * 1024; // bytes of a file that are sent at a time
const FLAGS = [["DOWN", "Down while true"], ["PROCESSING", "Processing while true"], ["SETUP", "Set-up while true"], ["MAINTENANCE", "Maintenance while true"]];
const SEPARATORS = [[",", "comma ,"], [";", "semicolon ;"], ["\t", "tab"], ["|", "bar |"]];
const ENCODINGS = [["utf-8", "UTF-8"], ["latin-1", "Latin-1 (Western)"], ["utf-16", "UTF-16"]];

export function importDialog(ui) {
  return new Importer(ui).box;
}

/** One dialog; what it knows is `look`, `fields`, `words`, `told`, and all of it is drawn from that. */
class Importer {
  constructor(ui) {
    this.ui = ui;
    this.head = h("ol", { class: "steps", "aria-label": "Steps" });
    this.body = h("div", { class: "body", tabindex: 0, role: "group", "aria-label": "Step" });
    this.error = h("p", { class: "refused", role: "alert" });
    this.foot = h("div", { class: "foot" });
    this.box = h("dialog", { class: "import", "aria-label": "Import a recording" },
      h("h2", {}, "Import a recording"), this.head, this.body, this.error, this.foot);
    this.box.addEventListener("close", () => this.#end());
    this.box.prepareToShow = () => this.#begin();
    this.box.hear = (message) => this.#hear(message);
  }

  #begin() {
    Object.assign(this, { step: 0, file: null, got: 0, look: null, fields: {}, words: null, told: null, busy: "", name: "" });
    this.error.textContent = "";
    this.#draw();
  }

  #end() {
    if (this.file) this.#ask("cancel");
    this.file = null;
  }

  #ask(what, detail = {}) {
    this.ui.send("import", { do: what, ...detail });
  }

  // --- what Python says ------------------------------------------------------------------------

  #hear(message) {
    if (!this.box.open) return;
    this.error.textContent = message.error ?? "";
    if (message.error) {
      this.busy = "";
      if (!this.look) this.#end();
    } else if (message.got !== undefined) {
      this.got = message.got;
      this.#sendPiece();
      return this.#progress();
    } else if (message.columns) {
      this.#take(message.columns);
    } else if (message.words) {
      this.#takeWords(message.words);
    } else if (message.preview) {
      this.told = message.preview;
      this.busy = "";
    } else if (message.kept || message.drawn) {
      this.file = null;
      this.box.close();
      this.ui.say(message.kept
        ? `${message.kept} is kept with its mapping, and is replayed now.`
        : `${message.drawn} is a first layout of the shop, and the log is replayed on it. What is measured and what is guessed stands in its file.`);
      return;
    }
    this.#draw();
  }

  #take(look) {
    const first = !this.look;
    this.look = look;
    this.busy = "";
    this.draft = first ? look.drafts[0]?.name ?? "" : this.draft;
    if (first) this.name = nameOf(this.file.name);
    this.#start();
    this.step = 1;
  }

  /** Begin with a mapping of the user's own, or with what is guessed. */
  #start() {
    const { look, draft } = this;
    const own = look.drafts.find(({ name }) => name === draft);
    this.fields = structuredClone(own?.fields ?? look.guess);
    // Times that name no zone are mostly those of the shop that this computer stands in.
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own && !look.zoned && look.zones.includes(here)) this.fields = withField(this.fields, "time/zone", here);
  }

  #takeWords(words) {
    this.words = words;
    this.busy = "";
    for (const table of ["stations", "states"]) {
      for (const { word, to } of words[table]) this.fields = withWord(this.fields, table, word, to);
    }
  }

  // --- the file --------------------------------------------------------------------------------

  #choose(file) {
    if (!file) return;
    this.#end();
    this.look = null;
    if (file.size > LARGEST) {
      this.error.textContent = `${file.name}: larger than ${LARGEST / 1e6} MB; read it where it lies, with twin import`;
      return;
    }
    Object.assign(this, { file, got: 0, busy: "Sending …" });
    this.error.textContent = "";
    this.#ask("begin", { name: file.name, size: file.size });
    this.#draw();
  }

  #sendPiece() {
    const { file, got } = this;
    if (!file || got >= file.size) return;
    const reader = new FileReader();
    reader.onerror = () => {
      this.#end();
      this.busy = "";
      this.error.textContent = `${file.name} cannot be read.`;
      this.#draw();
    };
    reader.onload = () => {
      if (this.file !== file) return;
      if (got + PIECE >= file.size) this.busy = "Looking at it …";
      this.#ask("piece", { content: reader.result.slice(reader.result.indexOf(",") + 1) });
      this.#progress();
    };
    reader.readAsDataURL(file.slice(got, got + PIECE));
  }

  #progress() {
    const bar = this.body.querySelector("progress");
    if (bar && this.file) bar.value = Math.min((this.got + PIECE) / this.file.size, 1);
    const text = this.body.querySelector(".busy");
    if (text) text.textContent = this.busy;
  }

  // --- drawing ---------------------------------------------------------------------------------

  #draw() {
    this.head.replaceChildren(...STEPS.map((words, index) =>
      h("li", { "aria-current": index === this.step ? "step" : null, class: index < this.step ? "done" : "" }, `${index + 1} ${words}`)));
    const focused = this.box.getRootNode().activeElement?.dataset?.key;
    const top = this.drawn === this.step ? this.body.scrollTop : 0;
    const parts = [() => this.#fileStep(), () => this.#columnStep(), () => this.#wordStep(), () => this.#previewStep()];
    this.body.replaceChildren(...parts[this.step]().flat(Infinity).filter(Boolean));
    this.body.setAttribute("aria-label", STEPS[this.step]);
    this.body.setAttribute("aria-busy", String(Boolean(this.busy)));
    this.body.scrollTop = top;
    this.#drawFoot();
    if (this.drawn !== this.step) this.body.focus();
    else if (focused) this.box.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.drawn = this.step;
  }

  #drawFoot() {
    const { step } = this;
    const ready = !this.busy && (step === 0 ? Boolean(this.look) : step === 1 ? verdict(this.fields).complete : true);
    const last = step === STEPS.length - 1;
    const name = last ? h("label", {}, "Name ", h("input", {
      type: "text", "data-key": "name", value: this.name, maxlength: 60, oninput: (event) => (this.name = event.target.value),
      onkeydown: (event) => event.key === "Enter" && this.foot.querySelector(".main").click(),
    })) : null;
    this.foot.replaceChildren(...[
      this.look ? h("span", { class: "hint what" }, this.file?.name ?? "") : null, h("span", { class: "spring" }), name,
      h("button", { type: "button", onclick: () => this.box.close() }, "Cancel"),
      step > 0 ? h("button", { type: "button", disabled: Boolean(this.busy), onclick: () => this.#go(step - 1) }, "Back") : null,
      !last ? h("button", { type: "button", class: "main", disabled: !ready, onclick: () => this.#go(step + 1) }, "Next") : null,
      last ? h("button", { type: "button", disabled: Boolean(this.busy || !this.told), title: "A first layout with the stations, routes, times and people that the log tells of", onclick: () => this.#drawUp() }, "Make a layout of it") : null,
      last ? h("button", { type: "button", class: "main", disabled: Boolean(this.busy || !this.told || this.told.problem), onclick: () => this.#keep() }, "Save and replay") : null,
    ].filter(Boolean));
  }

  #go(step) {
    this.error.textContent = "";
    this.step = step;
    if (step === 2) {
      Object.assign(this, { words: null, busy: "Counting its words …" });
      this.#ask("words", { fields: this.fields });
    } else if (step === 3) {
      Object.assign(this, { told: null, busy: "Reading all of it …" });
      this.#ask("preview", { fields: this.fields });
    }
    this.#draw();
  }

  #keep() {
    this.busy = "Keeping it …";
    this.error.textContent = "";
    this.#ask("keep", { name: this.name, fields: this.fields });
    this.#draw();
  }

  #drawUp() {
    this.busy = "Drawing up a layout …";
    this.error.textContent = "";
    this.#ask("draw", { name: this.name, fields: this.fields });
    this.#draw();
  }

  #change(fields) {
    this.fields = fields;
    this.#draw();
  }

  #select(key, label, options, value, act, title = null) {
    return h("select", { "data-key": key, "aria-label": label, title, onchange: (event) => act(event.target.value) },
      options.map(([option, words]) => h("option", { value: option, selected: option === value }, words)));
  }

  #field(label, control, hint = "") {
    return h("div", { class: "field" }, h("span", { "aria-hidden": "true" }, label), control, hint ? h("small", { class: "hint" }, hint) : null);
  }

  #set(path) {
    return (value) => this.#change(withField(this.fields, path, value));
  }

  // --- 1: the file -----------------------------------------------------------------------------

  #fileStep() {
    const input = h("input", { type: "file", id: "log-file", accept: KINDS, disabled: Boolean(this.busy), onchange: (event) => this.#choose(event.target.files[0]) });
    const drop = h("div", { class: "drop",
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => {
        event.preventDefault();
        if (!this.busy) this.#choose(event.dataTransfer.files[0]);
      } },
    h("label", { for: "log-file" }, "A log of your shop"), input,
    h("p", { class: "hint" }, "What your MES, your machines or your spreadsheet has noted: CSV (also .gz), Excel, Parquet, XES or OCEL, up to 500 MB. It goes to the server of this page and no further, and nothing is kept before you save."));
    return [drop, this.busy ? [h("progress", { max: 1, value: 0, "aria-label": "Sent" }), h("p", { class: "hint busy", role: "status" }, this.busy)] : null];
  }

  // --- 2: columns ------------------------------------------------------------------------------

  #columnStep() {
    const { look, fields } = this;
    const said = verdict(fields);
    const roles = [["", "\u2013"], ...Object.entries(ROLES).map(([key, [words]]) => [key, words]), ["measured", "Measured value"], ...FLAGS.map(([state, words]) => [`flag:${state}`, words])];
    const row = (column, index) => {
      const role = roleOf(fields, column.name);
      const shown = column.samples.length ? column.samples.join("  \u00b7  ") : "";
      const unit = role === "measured" ? h("input", {
        type: "text", class: "unit", "data-key": `unit/${index}`, "aria-label": `${column.name}: unit`, placeholder: "unit", maxlength: 20, value: unitOf(fields, column.name),
        onchange: (event) => this.#change(withUnit(fields, column.name, event.target.value.trim())),
      }) : null;
      return h("tr", { class: role ? "used" : "" },
        h("th", { scope: "row" }, column.name),
        h("td", { class: "samples" }, shown || h("i", {}, "empty"), column.empty > 0.005 && shown ? h("small", {}, ` ${Math.round(column.empty * 100) || "<1"} % empty`) : null),
        h("td", { class: "seems" }, column.seems),
        h("td", { class: "role" }, this.#select(`role/${index}`, `${column.name}: what it is`, roles, role, (value) => this.#change(withRole(fields, column, value)), ROLES[role]?.[1]), unit));
    };
    return [
      this.#drafts(),
      h("div", { class: "fields" }, this.#clock(), this.#rows()),
      h("p", { class: said.complete ? "said" : "said open", role: "status" }, said.text),
      look.doubts.map((text) => h("p", { class: "doubt" }, text)),
      h("table", { class: "columns" },
        h("caption", { class: "hint" }, `${look.columns.length} columns; the first ${look.rows.toLocaleString("en")} rows were looked at.`),
        h("thead", {}, h("tr", {}, ["Column", "First values", "They are", "It is"].map((words) => h("th", { scope: "col" }, words)))),
        h("tbody", {}, look.columns.map(row))),
      this.#writing(),
    ];
  }

  #drafts() {
    const { look } = this;
    if (!look.drafts.length) return h("p", { class: "hint" }, "This is what it seems to mean, from names and values. Change what is wrong.");
    const options = [...look.drafts.map(({ name }) => [name, `as in ${name}`]), ["", "as it seems"]];
    return h("div", { class: "fields" }, this.#field("Mapping", this.#select("draft", "Mapping", options, this.draft, (name) => {
      this.draft = name;
      this.#start();
      this.#draw();
    }), "You have mapped a log with these columns before."));
  }

  #clock() {
    const { look, fields } = this;
    const form = fields.time?.format ?? "";
    const shown = look.formats.filter(({ value, fits }) => fits || value === form);
    const forms = (shown.length ? shown : look.formats).map(({ value, label, reads }) => [value, reads ? `${label}, so ${reads}` : label]);
    const zones = [["", "UTC"], ...look.zones.filter((zone) => zone !== "UTC").map((zone) => [zone, zone])];
    return [
      this.#field("Times are written", this.#select("format", "How times are written", forms, form, this.#set("time/format"))),
      look.zoned ? null : this.#field("Clock of", this.#select("zone", "Zone of its clock", zones, fields.time?.zone ?? "", this.#set("time/zone")), "Its times name no zone."),
    ];
  }

  #rows() {
    const { look, fields } = this;
    const of = fields.columns?.resource ? null : this.#field("Whose log it is", this.#select("whose", "Station of all rows",
      [["", "\u2013"], ...look.places.map(({ name, label }) => [name, label === name ? name : `${label} (${name})`])], fields.resource ?? "", this.#set("resource")));
    if (rowsAre(fields) !== "states") return of;
    const reach = h("input", {
      type: "text", "data-key": "reach", "aria-label": "How long a row holds at most", placeholder: "until the next", maxlength: 20,
      value: typeof fields.reach === "number" ? `${fields.reach} s` : fields.reach ?? "", onchange: (event) => this.#set("reach")(event.target.value.trim()),
    });
    return [of, this.#field("A row holds for", reach, "At most; then nothing is known."),
      this.#field("Its time is when the state", this.#select("stamped", "Its time is when the state", [["", "begins"], ["end", "has ended"]], fields.stamped === "end" ? "end" : "", this.#set("stamped")))];
  }

  #writing() {
    const { look, fields } = this;
    const log = fields.log ?? {};
    const set = (key) => (value) => {
      const told = { ...look.guess.log, ...log, [key]: value };
      this.busy = "Looking at it …";
      this.#ask("look", { log: told });
      this.#draw();
    };
    const header = h("input", { type: "number", min: 1, max: 100, value: log.header ?? 1, "data-key": "header", "aria-label": "Line of the names", onchange: (event) => set("header")(Number(event.target.value)) });
    const csv = look.format === "csv", book = look.format === "xlsx";
    if (!csv && !book) return null;
    return h("details", { open: this.writing, ontoggle: (event) => (this.writing = event.target.open) }, h("summary", {}, "How the file is written"), h("div", { class: "fields" },
      csv ? this.#field("Between columns", this.#select("separator", "Between columns", SEPARATORS, log.separator ?? ",", set("separator"))) : null,
      csv ? this.#field("Decimals", this.#select("decimal", "Decimals", [[".", "0.5"], [",", "0,5"]], log.decimal ?? ".", set("decimal"))) : null,
      csv ? this.#field("Letters", this.#select("encoding", "Letters", ENCODINGS, log.encoding ?? "utf-8", set("encoding"))) : null,
      book ? this.#field("Sheet", this.#select("sheet", "Sheet", look.sheets.map((name) => [name, name]), log.sheet ?? look.sheets[0], set("sheet"))) : null,
      this.#field("Names stand in line", header)));
  }

  // --- 3: stations and states ------------------------------------------------------------------

  #wordStep() {
    const { words, fields } = this;
    if (!words) return [h("p", { class: "hint busy", role: "status" }, this.busy)];
    const places = [["", "keeps its name"], ...words.places.map(({ name, label }) => [name, label === name ? name : `${label} (${name})`])];
    const meanings = [["", "\u2013 not known"], ...words.meanings.map(({ name, label }) => [name, label])];
    const marks = [["", "\u2013"], ["begins", "begins an order"], ["ends", "ends an order"]];
    const table = (title, head, rows, row) => h("section", {}, h("h3", {}, title), h("table", { class: "words" },
      h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows.map(({ word, count }, index) => {
        const { meaning, cells } = row(word, index);
        return h("tr", { class: meaning ? "used" : "" }, h("th", { scope: "row" }, word), h("td", { class: "count" }, count.toLocaleString("en")), cells);
      }))));
    const station = (word, index) => {
      const meaning = wordOf(fields, "stations", word);
      return { meaning, cells: [
        h("td", {}, this.#select(`stations/${index}`, `${word}: what it is`, places, meaning, (value) => this.#change(withStation(this.fields, word, value)))),
        h("td", { class: "most" }, h("input", {
          type: "number", min: 1, max: 10000, "data-key": `most/${index}`, "aria-label": `${word}: parts at once`, placeholder: several.checked ? "any" : "1",
          value: capacityOf(fields, word), oninput: (event) => (this.fields = withCapacity(this.fields, word, event.target.value)), // nothing else hangs on it
        })),
      ] };
    };
    const state = (word, index) => {
      const meaning = wordOf(fields, "states", word);
      const colour = words.meanings.find(({ name }) => name === meaning)?.colour;
      return { meaning, cells: h("td", {}, h("i", { class: colour ? "dot" : "dot none", style: { "--colour": colour || "none" } }),
        this.#select(`states/${index}`, `${word}: what it is`, meanings, meaning, (value) => this.#change(withWord(this.fields, "states", word, value)))) };
    };
    const step = (word, index) => {
      const meaning = markOf(fields, word);
      return { meaning, cells: h("td", {}, this.#select(`steps/${index}`, `${word}: begins or ends an order`, marks, meaning, (value) => this.#change(withMark(this.fields, word, value)))) };
    };
    const several = h("input", {
      type: "checkbox", "data-key": "several", checked: wordOf(fields, "capacity", "*") === "any",
      onchange: (event) => this.#change(withWord(this.fields, "capacity", "*", event.target.checked ? "any" : "")),
    });
    return [
      words.stations.length
        ? table("Stations", ["In the log", "Rows", "Is", "Parts at once"], words.stations, station)
        : h("p", { class: "said" }, fields.resource ? `All rows are of ${fields.resource}.` : "The log names no stations."),
      h("label", { class: "check" }, several, " All other stations take as many parts at once as the log says"),
      words.states.length ? table("States", ["In the log", "Rows", "Is"], words.states, state) : null,
      words.steps.length ? [
        table("Steps", ["In the log", "Rows", "An order"], words.steps, step),
        h("p", { class: "hint" }, "Orders that begin or end otherwise were cut by the log: they are still open, or began before it."),
      ] : null,
    ];
  }

  // --- 4: preview ------------------------------------------------------------------------------

  #previewStep() {
    return this.told ? preview(this.told) : [h("p", { class: "hint busy", role: "status" }, this.busy)];
  }
}
