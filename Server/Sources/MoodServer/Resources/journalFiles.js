// The journal as a file: JSON, or a table (RFC 4180) that spreadsheets open. Both can be read again.
import { checked } from "./journalStore.js";

const columns = ["time", "mood", "valence", "arousal", "song", "artist", "link", "note", "id"];

export const toJSON = (entries) => JSON.stringify({ format: "mood-journal", version: 1, entries }, null, 1) + "\n";

export function toCSV(entries) {
  // An apostrophe before what a spreadsheet would take for a formula.
  const cell = (value) => {
    const text = typeof value === "string" && /^['=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...entries.map((entry) => columns.map((name) => entry[name]))].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** The entries of a file; throws, with what is wrong, if it is no journal. */
export function parse(text) {
  const body = text.replace(/^\uFEFF/, "");
  if (/^\s*[[{]/.test(body)) {
    let value;
    try { value = JSON.parse(body); } catch { throw new Error("JSON"); }
    const entries = Array.isArray(value) ? value : value.entries;
    if (!Array.isArray(entries)) throw new Error("entries");
    return entries.map(checked);
  }
  const [head, ...rows] = table(body);
  if (!head?.includes("time") || !head.includes("mood")) throw new Error("time, mood");
  return rows.filter((row) => row.some(Boolean)).map((row) => checked(Object.fromEntries(head.map((name, index) => [name, (row[index] ?? "").replace(/^'(?=['=+\-@\t\r])/, "")]))));
}

/** Rows of cells. */
function table(text) {
  const rows = [[]];
  let cell = "", isQuoted = false;
  const end = () => { rows.at(-1).push(cell); cell = ""; };
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[index + 1] === '"') { cell += '"'; index++; } else isQuoted = false;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === ",") end();
    else if (sign === "\n") { end(); rows.push([]); } else if (sign !== "\r") cell += sign;
  }
  end();
  return rows;
}
