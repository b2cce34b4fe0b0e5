// The journal: entries in this browser alone, and only after its owner asked for it.

const key = "mood.journal";
export const moods = ["happy", "surprise", "neutral", "sad", "fear", "disgust", "angry"];
const longest = { song: 500, artist: 500, link: 2000, note: 2000, id: 64 };

/** A failure to keep something, by the name of the text that says so. */
export class StorageFailure extends Error {}

/** The entries, the newest first; null where no journal is kept. */
export function load() {
  let kept;
  try { kept = localStorage.getItem(key); } catch { return null; }
  if (kept === null) return null;
  try { return sorted(JSON.parse(kept).entries.map(checked)); } catch { return []; }
}

/** Keeps the entries; throws a StorageFailure if the browser does not. */
export function store(entries) {
  try { localStorage.setItem(key, JSON.stringify({ format: "mood-journal", version: 1, entries: sorted(entries) })); } catch (error) {
    throw new StorageFailure(error.name === "QuotaExceededError" ? "js_storageFull" : "js_storageBlocked");
  }
}

/** Ends the journal, with all that is in it. */
export function removeAll() {
  try { localStorage.removeItem(key); } catch { throw new StorageFailure("js_storageBlocked"); }
}

const sorted = (entries) => [...entries].sort((a, b) => b.time.localeCompare(a.time));

/** A new entry, of now. */
export function entryNow(values) {
  return checked({ ...values, time: new Date().toISOString(), id: Math.random().toString(36).slice(2, 12) + Date.now().toString(36) });
}

/** An entry of which every part is what it should be; throws, with what is wrong, if it cannot be one. */
export function checked(value) {
  if (!value || typeof value !== "object") throw new Error("no entry");
  if (!moods.includes(value.mood)) throw new Error(`mood ${String(value.mood).slice(0, 40)}`);
  const time = new Date(value.time);
  if (!value.time || Number.isNaN(time.getTime())) throw new Error(`time ${String(value.time).slice(0, 40)}`);
  const share = (name) => {
    const number = Number(value[name]);
    return Number.isFinite(number) ? Math.max(-1, Math.min(1, number)) : 0;
  };
  const line = (name) => (value[name] == null ? "" : String(value[name]).replace(/\s+/g, " ").trim().slice(0, longest[name]));
  const entry = { id: line("id"), time: time.toISOString(), mood: value.mood, valence: share("valence"), arousal: share("arousal") };
  for (const name of ["song", "artist", "link", "note"]) entry[name] = line(name);
  if (!entry.link.startsWith("https://")) entry.link = "";
  if (!entry.id) entry.id = `${entry.time}-${entry.mood}-${entry.song}`.slice(0, longest.id);
  return entry;
}
