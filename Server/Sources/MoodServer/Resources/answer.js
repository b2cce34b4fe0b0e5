// The answer: its photo, and changes that redraw it in place, each with an address of its own.
import { $, ask, make, text, toast } from "./dom.js";
import { find } from "./photos.js";
import { connect } from "./songs.js";

let photo = null, picture = null, newest = 0;

export async function open() {
  connectAll();
  if (performance.getEntriesByType("navigation")[0]?.type !== "reload") $("word").focus({ preventScroll: true });
  addEventListener("popstate", () => follow(location.href, { isOld: true }));
  photo = await find(new URLSearchParams(location.search).get("p"));
  if (photo) { picture = URL.createObjectURL(photo.blob); showPhoto(); }
}

function connectAll() {
  const main = document.querySelector("main");
  connect(main, redraw);
  for (const link of main.querySelectorAll("a.redraw, .redraw a")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      follow(link.href, { label: link.textContent.trim(), tells: link.matches(".foot a, .goals a") });
    });
  }
  for (const form of main.querySelectorAll("form.tune, form.redrawForm")) {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      const fields = [...new FormData(form)].filter(([, value]) => value !== "");
      follow(`/mood?${new URLSearchParams(fields)}`, { focus: `[name="${event.target.name}"]:not([type="hidden"])`, tells: true });
    });
  }
  $("keep")?.addEventListener("click", async () => (await import("./keep.js")).keepAnswer(entry()));
  $("why")?.addEventListener("toggle", () => { if ($("why").open) heat(); });
  if ($("why")?.open) heat();
}

/** What the journal keeps of this answer. */
const entry = () => JSON.parse(document.querySelector("[data-entry]").dataset.entry);

/** Redraws; what fails is said. */
const follow = (address, options) => redraw(address, options).catch(() => {});

/** Brings another answer into this page; the photo is not sent again. */
async function redraw(address, { focus, label, isOld, tells } = {}) {
  const mine = ++newest, main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  $("songs")?.classList.add("leaving");
  try {
    const answer = await ask(address, { headers: { "X-Fragment": "1", Accept: "text/html, application/problem+json" } });
    const html = await answer.text();
    if (mine !== newest) return;
    const open = [...main.querySelectorAll("details[open]")].map((part) => part.className);
    main.innerHTML = html; // our own server's escaped page
    for (const part of main.querySelectorAll("details")) if (open.includes(part.className) && !part.matches(".links *")) part.open = true;
    const { light, title, view } = main.querySelector("[data-light]").dataset;
    document.documentElement.dataset.mood = light;
    document.title = title;
    main.dataset.view = view;
    main.classList.toggle("a-page", view === "answer");
    if (!isOld) history.pushState(null, "", answer.url);
    const [before, after] = [address, answer.url].map((one) => new URL(one, location.href).searchParams.get("p"));
    if (after !== before) photo = picture = null;
    connectAll();
    showPhoto();
    const next = (focus && main.querySelector(focus)) || (label && [...main.querySelectorAll("a, button, summary")].find((one) => one.textContent.trim() === label)) || $("word");
    next.focus({ preventScroll: next.id !== "word" });
    if (tells) say(text("js_songs", { songs: [...main.querySelectorAll("#songs li")].map((row) => row.dataset.title).join(", ") }));
  } catch (error) {
    $("songs")?.classList.remove("leaving");
    toast(error.message);
    throw error;
  } finally { if (mine === newest) main.removeAttribute("aria-busy"); }
}

/** Says something to those who hear the page. */
function say(message) { $("spoken").textContent = message; }

/** The photo over the landscape, with the face in the middle and a box around it. */
function showPhoto() {
  const place = $("photo");
  if (!place || !photo || place.querySelector(".own")) return;
  const face = faceOf(photo), image = make("img", { class: "own", src: picture, alt: place.dataset.alt });
  place.append(image);
  if (!face || photo.whole) return;
  const { width, height } = photo, { box } = face;
  // The square around the face, as far as the photo has one: twice as wide as the face.
  const side = Math.min(width, height, Math.max(box.width * width, box.height * height) * 1.7);
  const x = clamp((box.x + box.width / 2) * width - side / 2, 0, width - side);
  const y = clamp((box.y + box.height / 2) * height - side / 2, 0, height - side);
  Object.assign(image.style, { inset: "auto", width: `${100 * width / side}%`, height: `${100 * height / side}%`, left: `${-100 * x / side}%`, top: `${-100 * y / side}%`, objectFit: "fill", maxWidth: "none" });
  const mark = make("span", { class: "box" });
  Object.assign(mark.style, {
    left: `${100 * (box.x * width - x) / side}%`, top: `${100 * (box.y * height - y) / side}%`, width: `${100 * box.width * width / side}%`, height: `${100 * box.height * height / side}%`,
  });
  place.append(mark);
}

const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/** The face that counts, by the address; none for all of them. */
function faceOf(photo) {
  const which = new URLSearchParams(location.search).get("face") ?? "1";
  return which === "all" ? null : photo.faces[Number(which) - 1];
}

/** Where the network looked: the photo is sent once more, when this is opened. */
async function heat() {
  const place = $("heat"), face = photo && faceOf(photo), caption = place?.querySelector("figcaption");
  if (!place || !photo || place.querySelector(".photo") || place.dataset.asked) return;
  place.dataset.asked = "1";
  caption.textContent = text("js_heatWorking");
  const { width, height } = photo, box = face?.box;
  const region = photo.whole || !box ? "whole" : [box.x * width, box.y * height, box.width * width, box.height * height].map(Math.round).join(",");
  try {
    const answer = await ask(`/api/v1/explain?region=${region}`, { method: "POST", body: photo.blob, headers: { "Content-Type": "image/jpeg", Accept: "image/png, application/problem+json" } });
    const source = URL.createObjectURL(await answer.blob());
    caption.before(make("div", { class: "photo" }, make("img", { src: source, alt: place.dataset.alt })));
    caption.textContent = caption.dataset.hint;
  } catch (error) { caption.textContent = error.message; }
}
