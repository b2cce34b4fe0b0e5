// What every view needs: elements, texts, and short messages.

export const $ = (id) => document.getElementById(id);

const table = JSON.parse($("texts")?.content.textContent || "{}");

/** A text in the page's language, with what stands in braces filled in. */
export function text(name, values = {}) {
  return Object.entries(values).reduce((all, [key, value]) => all.replaceAll(`{${key}}`, value), table[name] ?? name);
}

/** A new element: its attributes, then its children; a text becomes text and never HTML. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const drawing = "http://www.w3.org/2000/svg";

/** A new element of a drawing. */
export function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(drawing, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** One of the page's icons. */
export const icon = (name) => draw("svg", { class: "i", "aria-hidden": "true" }, draw("use", { href: `#i-${name}` }));

let leaving;

/** Says something at the window's foot for a while, with a button if there is something to do about it. */
export function toast(message, action, onAction) {
  const place = $("toast");
  clearTimeout(leaving);
  place.replaceChildren();
  if (!message) return;
  place.append(make("span", {}, message));
  if (action) place.append(make("button", { type: "button", onclick: () => { toast(""); onAction(); } }, action));
  leaving = setTimeout(function leave() {
    // Not from under somebody's fingers.
    if (place.contains(document.activeElement) || place.matches(":hover")) leaving = setTimeout(leave, 2000);
    else toast("");
  }, action ? 12000 : 5000);
}

/** Fetches; a server that is not there is told as an error with a sentence. */
export async function ask(address, options) {
  let answer;
  try { answer = await fetch(address, options); } catch { throw new Error(text("js_networkError")); }
  if (answer.ok) return answer;
  const error = new Error(), problem = await answer.json().catch(() => ({}));
  error.message = problem.detail || text("js_failed");
  error.code = problem.code;
  throw error;
}

/** Offers something as a file. */
export function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
