// The first page: a photo by camera, file, drop or paste; or words.
import { $, ask, text } from "./dom.js";
import { keep, tidy } from "./photos.js";
import { shrink } from "./shrink.js";
import { read } from "./read.js";
import { openCamera } from "./camera.js";

let isBusy = false;

export function open() {
  const form = $("photoForm"), input = $("image");
  input.required = false;
  input.value = "";
  const region = form.elements.region?.value;
  const take = (file) => send(() => shrink(file), region);
  for (const field of [input, $("selfie")]) field.addEventListener("change", () => { if (field.files[0]) take(field.files[0]); });
  form.addEventListener("submit", (event) => { event.preventDefault(); input.click(); });

  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files][0];
    if (file) { event.preventDefault(); take(file); }
  });

  $("exampleForm").addEventListener("submit", (event) => {
    event.preventDefault();
    send(async () => shrink(await (await ask(event.target.querySelector("img").src)).blob()));
  });
  $("sayForm").addEventListener("submit", (event) => { event.preventDefault(); say($("words").value.trim()); });
  openCamera((photo) => send(async () => photo));
  tidy();
  // Back to this page, perhaps from the browser's memory: it waits for nothing.
  addEventListener("pageshow", () => busy(false));
}

/** Shows that something is under way, where the eye is; until it ends, nothing else begins. */
function busy(state, message = "") {
  isBusy = state;
  const main = document.querySelector("main");
  main.classList.toggle("busy", state);
  main.setAttribute("aria-busy", state);
  for (const button of main.querySelectorAll("button.eg, button.go, .shutter")) button.disabled = state;
  if (message) $("camStatus").textContent = message;
  $("notice").textContent = message;
}

function failed(error) {
  busy(false);
  $("notice").textContent = error.message;
  $("notice").scrollIntoView({ block: "nearest" });
  $("camStatus").textContent = error.message;
}

/** Sends a photo once it is small, and goes where its answer is. */
async function send(make, region) {
  if (isBusy) return;
  busy(true, text("js_shrinking"));
  let photo;
  try { photo = await make(); } catch (error) { failed(typeof error.code === "string" || error.message === text("js_networkError") ? error : new Error(text("js_notImage"))); return; }
  busy(true, text("js_working"));
  try { location.assign(await read(photo, region)); } catch (error) {
    if (error.code !== "no_face") { failed(error); return; }
    await keep({ p: "noface", ...photo, faces: [] });
    location.assign("/noface");
  }
}

async function say(words) {
  if (isBusy) return;
  if (!words) { failed(new Error(text("js_noText"))); return; }
  busy(true, text("js_choosing"));
  try {
    const answer = await ask("/api/v1/text", {
      method: "POST", body: JSON.stringify({ text: words }), headers: { "Content-Type": "application/json" },
    });
    location.assign((await answer.json()).address + "&goal=match");
  } catch (error) { failed(error); }
}
