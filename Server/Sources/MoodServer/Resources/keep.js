// "Keep in journal": opt-in, at the first time it asks.
import { text, toast } from "./dom.js";
import { StorageFailure, entryNow, load, store } from "./journalStore.js";

let last = "";

/** Keeps an answer; once a page. */
export function keepAnswer(values) {
  const entries = load(), name = JSON.stringify(values);
  if (entries === null) {
    toast(text("js_keepFirst"), text("journalStart"), () => { if (attempt(() => store([]))) keepAnswer(values); });
    return;
  }
  if (name === last) { toast(text("js_keptAlready")); return; }
  const entry = entryNow(values);
  if (!attempt(() => store([entry, ...entries]))) return;
  last = name;
  toast(text("js_kept"), text("js_undo"), () => {
    if (attempt(() => store((load() ?? []).filter((other) => other.id !== entry.id)))) last = "";
  });
}

function attempt(work) {
  try { work(); return true; } catch (error) {
    toast(text(error instanceof StorageFailure ? error.message : "js_failed"));
    return false;
  }
}
