// The journal's page: the week's curve, the days, correction, export and import.
import { $, icon, make, save, text, toast } from "./dom.js";
import { StorageFailure, load, moods, removeAll, store } from "./journalStore.js";
import { parse, toCSV, toJSON } from "./journalFiles.js";
import { dayOf, drawing, verdict, week } from "./week.js";

const language = document.documentElement.lang;

export function open() {
  show();
  addEventListener("storage", () => { if (!document.querySelector(".note")) show(); }); // another tab changed it
}

/** Does something to the journal; says why if the browser does not. */
function attempt(work) {
  try { work(); return true; } catch (error) {
    toast(text(error instanceof StorageFailure ? error.message : "js_failed"));
    return false;
  }
}

function show(focus) {
  const entries = load(), place = $("journal");
  place.replaceChildren($(entries ? "journalPage" : "journalEmpty").content.cloneNode(true));
  for (const button of place.querySelectorAll("[data-do]")) {
    button.addEventListener(button.type === "file" ? "change" : "click", (event) => { if (button.type !== "file") event.preventDefault(); actions[button.dataset.do](button); });
  }
  if (entries) {
    const days = week(entries), title = verdict(days), newest = entries[0]?.mood;
    place.querySelector("h1").textContent = title;
    place.querySelector("[data-none]").hidden = entries.length > 0;
    place.querySelector(".week").append(drawing(days, language));
    place.querySelector(".days").append(...entries.map(row));
    document.documentElement.classList.toggle("all-moods", !newest);
    document.documentElement.dataset.mood = newest ?? "neutral";
  }
  (place.querySelector(focus ?? "h1") ?? place.querySelector("h1")).focus({ preventScroll: true });
}

const actions = {
  start: () => { if (attempt(() => store([]))) show(); },
  csv: () => save(new Blob(["\uFEFF", toCSV(load() ?? [])], { type: "text/csv" }), "mood-journal.csv"),
  json: () => save(new Blob([toJSON(load() ?? [])], { type: "application/json" }), "mood-journal.json"),
  import: async (field) => {
    const file = field.files[0];
    if (!file) return;
    try {
      const known = load() ?? [], ids = new Set(known.map((entry) => entry.id)), found = parse(await file.text());
      const fresh = found.filter((entry) => !ids.has(entry.id) && ids.add(entry.id));
      store([...fresh, ...known]);
      show();
      toast(text("js_imported", { count: fresh.length, known: found.length - fresh.length }));
    } catch (error) {
      toast(error instanceof StorageFailure ? text(error.message) : text("js_badImport", { reason: error.message }));
    }
    field.value = "";
  },
  stop: () => toast(text("js_deleteAll"), text("js_deleteAllYes"), () => {
    if (attempt(removeAll)) { show(); toast(text("js_deleted")); }
  }),
};

/** A day in the visitor's words. */
function names(time) {
  const date = new Date(time), isToday = dayOf(time) === dayOf(Date.now());
  return {
    day: isToday ? text("js_today") : date.toLocaleDateString(language, { weekday: "short" }),
    date: date.toLocaleDateString(language, { day: "numeric", month: "short", ...(date.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" }) }),
    time: date.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" }),
  };
}

function row(entry) {
  const { day, date, time } = names(entry.time), full = `${day}, ${date}, ${time}`;
  const song = make("p", { class: "song-line" });
  if (entry.song) song.append(entry.link ? make("a", { href: entry.link, target: "_blank", rel: "noopener noreferrer" }, entry.song) : make("b", {}, entry.song), entry.artist ? ` · ${entry.artist}` : "");
  const rest = make("div", { class: "rest" }, song);
  rest.append(entry.note ? make("p", { class: "written" }, entry.note) : make("button", { class: "btn text", type: "button", "aria-label": `${text("js_addNote")}: ${full}`, onclick: () => edit(item, entry) }, text("js_addNote")));
  const item = make("li", { "data-mood": entry.mood, "data-id": entry.id },
    make("time", { datetime: entry.time }, make("b", {}, day), date, make("br"), time),
    make("h2", {}, text(`mood_${entry.mood}`)), rest,
    make("div", { class: "acts" },
      make("button", { class: "ib", type: "button", "aria-label": text("js_correct", { day: full }), onclick: () => edit(item, entry) }, icon("pen")),
      make("button", { class: "ib", type: "button", "aria-label": text("js_deleteDay", { day: full }), onclick: () => remove(entry) }, icon("bin"))));
  return item;
}

function remove(entry) {
  if (!attempt(() => store(load().filter((other) => other.id !== entry.id)))) return;
  show();
  toast(text("js_deleted"), text("js_undo"), () => { if (attempt(() => store([entry, ...(load() ?? [])]))) show(); });
}

/** Mood and note, to be changed in the row. */
function edit(item, entry) {
  const places = JSON.parse(document.querySelector("[data-points]").dataset.points);
  const mood = make("select", { "aria-label": text("mood") }, ...moods.map((name) => make("option", { value: name, selected: name === entry.mood }, text(`mood_${name}`))));
  const note = make("input", { value: entry.note, maxlength: 2000, "aria-label": text("js_note"), placeholder: text("js_note") });
  const self = `[data-id="${CSS.escape(entry.id)}"] .ib`;
  const form = make("form", {
    class: "note", onsubmit: (event) => {
      event.preventDefault();
      const [valence, arousal] = mood.value === entry.mood ? [entry.valence, entry.arousal] : places[mood.value];
      const changed = { ...entry, mood: mood.value, valence, arousal, note: note.value.trim() };
      if (attempt(() => store(load().map((other) => (other.id === entry.id ? changed : other))))) show(self);
    },
  }, mood, note, make("div", { class: "row" }, make("button", { class: "btn primary" }, text("js_done")), make("button", { class: "btn", type: "button", onclick: () => show(self) }, text("js_cancel"))));
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") show(self); });
  item.replaceChildren(item.querySelector("time"), form);
  note.focus();
}
