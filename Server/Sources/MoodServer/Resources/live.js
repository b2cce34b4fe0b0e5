// Live mode: one frame at a time, the next when the last is answered; the curve of the last minute, and songs that change calmly.
import { $, text } from "./dom.js";
import { isOn } from "./camera.js";
import { frame } from "./shrink.js";
import { classify } from "./read.js";
import { connect } from "./songs.js";

const share = 0.3; // of a new frame in the running mean
const minute = 60000, calm = 20000; // songs stay at least so long
let running = null;

export const isRunning = () => !!running;

/** Stops it; the camera stays as it is. */
export function end() {
  running?.abort.abort();
  running = null;
  $("live").setAttribute("aria-pressed", "false");
  $("cam").classList.remove("living");
  for (const id of ["liveWord", "curve", "liveBox"]) $(id).hidden = true;
  $("camStatus").textContent = "";
}

/** Runs until it is stopped or the camera is off. */
export async function run() {
  const mine = (running = { points: [], mean: null, shown: null, since: -Infinity, abort: new AbortController() });
  $("live").setAttribute("aria-pressed", "true");
  $("cam").classList.add("living");
  while (running === mine && isOn()) {
    const began = performance.now();
    try {
      const photo = await frame($("video"), 640);
      const reading = await classify(photo.blob, "faces", mine.abort.signal);
      if (running !== mine) return;
      $("camStatus").textContent = "";
      take(mine, reading);
    } catch (error) {
      if (running !== mine) return;
      $("liveBox").hidden = true;
      $("camStatus").textContent = error.code === "no_face" ? text("js_noFaceLive") : error.message;
      if (error.code !== "no_face") await pause(1500);
    }
    await pause(Math.max(60, 160 - (performance.now() - began)));
  }
  if (running === mine) end();
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

/** Takes one answer into the mean, and shows it. */
function take(mine, reading) {
  const mix = (old, now) => (old === undefined ? now : old + share * (now - old)), old = mine.mean;
  const face = reading.faces[0], now = performance.now();
  mine.mean = {
    valence: mix(old?.valence, face.valence),
    moods: Object.fromEntries(Object.entries(face.probabilities).map(([mood, value]) => [mood, mix(old?.moods[mood], value)])),
  };
  mine.points = [...mine.points, { time: now, value: mine.mean.valence }].filter((point) => now - point.time < minute);
  const mood = Object.entries(mine.mean.moods).sort((a, b) => b[1] - a[1])[0][0];
  document.documentElement.dataset.mood = mood;
  document.documentElement.classList.remove("all-moods");
  $("liveWord").hidden = $("curve").hidden = false;
  if ($("liveWord").textContent !== text(`mood_${mood}`)) $("liveWord").textContent = text(`mood_${mood}`);
  curve(mine.points, now);
  frameFace(face.box || face.crop, reading);
  if (mood !== mine.shown && now - mine.since > calm && mine.points.length > 5) songs(mine, mood, now);
}

function curve(points, now) {
  const places = points.map(({ time, value }) => `${(300 - (now - time) / minute * 300).toFixed(1)} ${(50 - 46 * value).toFixed(1)}`);
  $("curvePath").setAttribute("d", places.length ? `M${places.join("L")}` : "");
}

/** The box where the mirrored picture, which fills its place, has the face. */
function frameFace(box, { width, height }) {
  const place = $("cam").getBoundingClientRect(), scale = Math.max(place.width / width, place.height / height);
  const left = (place.width - width * scale) / 2, top = (place.height - height * scale) / 2, mark = $("liveBox");
  mark.style.left = `${place.width - (left + (box.x + box.width) * scale)}px`;
  mark.style.top = `${top + box.y * scale}px`;
  mark.style.width = `${box.width * scale}px`;
  mark.style.height = `${box.height * scale}px`;
  mark.hidden = false;
}

/** Songs for the mood that has held for a while. */
async function songs(mine, mood, now) {
  [mine.shown, mine.since] = [mood, now];
  try {
    const answer = await fetch(`/mood?mood=${mood}&goal=match`, { headers: { "X-Fragment": "1" }, signal: mine.abort.signal });
    if (!answer.ok || running !== mine) return;
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".songs");
    const place = $("liveSongs");
    place.hidden = false;
    place.querySelector(".songs").replaceChildren(...(list?.children ?? []));
    connect(place);
  } catch { /* the next frame says it if the server is gone */ }
}
