// The camera as a mirror: on at a tap, one button for the photo, off when the page is left.
import { $, text } from "./dom.js";
import { frame } from "./shrink.js";

let stream = null, isAsking = false;
const say = (message) => { $("camStatus").textContent = message; };
const isAllowed = () => window.isSecureContext && !!navigator.mediaDevices;

/** Whether the camera is on. */
export const isOn = () => !!stream;

/** Connects the camera's buttons; `onPhoto` gets what was taken. */
export function openCamera(onPhoto) {
  const shutter = $("shutter");
  if (!isAllowed()) {
    // Where a page may not open the camera, the phone's own can be asked for.
    shutter.setAttribute("aria-label", shutter.dataset.selfie);
    $("live").hidden = true;
  }
  shutter.addEventListener("click", async () => {
    if (!isAllowed()) { $("selfie").click(); return; }
    if (!stream) { await start(); return; }
    const photo = await frame($("video"));
    stop();
    onPhoto(photo);
  });
  $("camOff").addEventListener("click", () => { stop(); say(text("js_cameraEnded")); shutter.focus(); });
  $("live").addEventListener("click", async () => {
    const live = await import("./live.js");
    if (live.isRunning()) { live.end(); return; }
    if (stream || await start()) live.run();
  });
  addEventListener("pagehide", () => stop());
  document.addEventListener("visibilitychange", () => { if (document.hidden && stream) stop(); });
}

/** Turns the camera on; says what to do where that fails. */
async function start() {
  if (isAsking) return false;
  isAsking = true;
  say(text("js_cameraWaiting"));
  const patience = setTimeout(() => say(text("js_cameraSilent")), 15000);
  try {
    const opened = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } }, audio: false,
    });
    if (document.hidden) { for (const track of opened.getTracks()) track.stop(); return false; }
    stream = opened;
    for (const track of stream.getTracks()) track.addEventListener("ended", () => { stop(); say(text("js_cameraEnded")); });
    const video = $("video");
    video.srcObject = stream;
    await video.play();
    video.hidden = false;
    $("cam").classList.add("on");
    $("camOff").hidden = false;
    $("shutter").setAttribute("aria-label", $("shutter").dataset.take);
    say("");
    return true;
  } catch (error) {
    const names = { NotAllowedError: "js_cameraDenied", NotReadableError: "js_cameraBusy" };
    say(text(names[error.name] || "js_cameraMissing"));
    return false;
  } finally { clearTimeout(patience); isAsking = false; }
}

/** Turns it off, and live mode with it. */
export function stop() {
  if (!stream) return;
  for (const track of stream.getTracks()) track.stop();
  stream = null;
  import("./live.js").then((live) => live.end());
  $("video").hidden = $("camOff").hidden = true;
  $("video").srcObject = null;
  $("cam").classList.remove("on");
  $("shutter").setAttribute("aria-label", $("shutter").dataset.on);
}
