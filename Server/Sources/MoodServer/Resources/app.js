// Everything here is a comfort: without this file the form still posts and the page still answers.
"use strict";
const $ = (id) => document.getElementById(id);
document.querySelectorAll(".js").forEach((e) => (e.hidden = false));
const texts = $("texts") ? JSON.parse($("texts").content.textContent) : {};
const say = (text) => { if ($("status")) $("status").textContent = text; };

// Feedback without leaving the page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.classList.contains("feedback")) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetch("/feedback", { method: "POST", body: data, headers: { "X-Fragment": "1" } });
    const note = form.querySelector("output") || form.appendChild(document.createElement("output"));
    note.textContent = answer.ok ? texts.thanks || "✓" : (await answer.json()).detail;
  } catch { say(texts.networkError); }
});

// The player comes from Spotify, so only a click brings it.
document.addEventListener("click", (event) => {
  const id = event.target.dataset && event.target.dataset.player;
  if (!id) return;
  const frame = document.createElement("iframe");
  frame.src = "https://open.spotify.com/embed/track/" + encodeURIComponent(id);
  frame.title = "Spotify";
  event.target.replaceWith(frame);
});

if ($("form")) page();

function page() {
  const form = $("form"), input = $("image"), canvas = $("preview"), video = $("video");
  let photo = null, picture = null, stream = null, live = null;
  let seen = null, asked = null; // what the server looked at, and what was sent for it

  // Choosing: file, drop, paste.
  async function choose(file) {
    if (!file || !/^image\/(jpeg|png)$/.test(file.type)) { say(texts.notImage); return; }
    photo = file;
    seen = null;
    try { picture = await createImageBitmap(file); } catch { say(texts.notImage); return; }
    $("crop").hidden = false;
    input.required = false;
    draw();
    say("");
  }
  input.addEventListener("change", () => { if (input.files[0]) choose(input.files[0]); });
  document.addEventListener("dragover", (e) => { e.preventDefault(); form.classList.add("over"); });
  document.addEventListener("dragleave", () => form.classList.remove("over"));
  document.addEventListener("drop", (e) => {
    e.preventDefault();
    form.classList.remove("over");
    choose(e.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (e) => {
    const file = [...e.clipboardData.files][0];
    if (file) { e.preventDefault(); choose(file); }
  });

  // The region that the network looks at.
  function square() {
    const side = Math.max(1, Math.round(Math.min(picture.width, picture.height) * $("cropSize").value / 100));
    return {
      x: Math.round((picture.width - side) * $("cropX").value / 100),
      y: Math.round((picture.height - side) * $("cropY").value / 100), side,
    };
  }
  function draw() {
    if (!picture) return;
    const scale = Math.min(1, 480 / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, picture.width * scale);
    canvas.height = Math.max(1, picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    $("region").value = "";
    if (!$("useCrop").checked) { if (seen) outline(pen, scale); return; }
    const s = square();
    $("region").value = [s.x, s.y, s.side, s.side].join(",");
    pen.fillStyle = "rgba(0,0,0,.55)";
    pen.beginPath();
    pen.rect(0, 0, canvas.width, canvas.height);
    pen.rect(s.x * scale, s.y * scale, s.side * scale, s.side * scale);
    pen.fill("evenodd");
  }
  function outline(pen, scale) {
    const [x, y, width, height] = seen.map((n) => n * scale);
    for (const [colour, line] of [["#000", 4], ["#fff", 2]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = line;
      pen.strokeRect(x, y, width, height);
    }
  }
  ["cropX", "cropY", "cropSize"].forEach((id) => $(id).addEventListener("input", () => { $("useCrop").checked = true; draw(); }));
  $("useCrop").addEventListener("change", draw);

  // Sending.
  async function send(file, button) {
    say(texts.working);
    const data = new FormData(form, button);
    data.set("image", file, "photo");
    try {
      const answer = await fetch("/upload", { method: "POST", body: data, headers: { Accept: "text/html", "X-Fragment": "1" } });
      if (!answer.ok) { say((await answer.json()).detail); return; }
      $("result").innerHTML = await answer.text(); // our own server's escaped page
      document.querySelectorAll("#result .js").forEach((e) => (e.hidden = false));
      asked = { file, region: data.get("region") };
      draw();
      say(answer.ok ? texts.done : texts.failure);
      $("result").focus();
    } catch { say(texts.networkError); }
  }
  form.addEventListener("submit", (event) => {
    if (!photo) return;
    event.preventDefault();
    send(photo, event.submitter);
  });

  // Why: the photo is still in this page, and is sent once more.
  document.addEventListener("click", async (event) => {
    if (!event.target.matches("[data-why]") || !asked) return;
    const place = $("why");
    say(texts.whyWorking);
    const data = new FormData();
    if (asked.region) data.set("region", asked.region);
    data.set("image", asked.file, "photo");
    try {
      const answer = await fetch("/api/v1/explain", { method: "POST", body: data });
      if (!answer.ok) { say((await answer.json()).detail); return; }
      const figure = document.createElement("figure"), image = figure.appendChild(new Image());
      image.alt = texts.heatImage;
      image.src = URL.createObjectURL(await answer.blob());
      image.onload = () => URL.revokeObjectURL(image.src);
      const caption = figure.appendChild(document.createElement("figcaption"));
      caption.className = "hint";
      caption.textContent = texts.heat;
      caption.tabIndex = -1;
      place.replaceChildren(figure);
      caption.focus({ preventScroll: true });
      say("");
    } catch { say(texts.networkError); }
  });

  // The camera: asked for on a click only.
  function frame(type = "image/jpeg") {
    const still = document.createElement("canvas");
    still.width = video.videoWidth;
    still.height = video.videoHeight;
    still.getContext("2d").drawImage(video, 0, 0);
    return new Promise((done) => still.toBlob(done, type, 0.9));
  }
  function stop() {
    if (stream) stream.getTracks().forEach((t) => t.stop());
    stream = null;
    endLive();
    video.hidden = $("take").hidden = $("live").hidden = true;
    $("camera").textContent = texts.camera;
    say(texts.cameraOff);
  }
  $("camera").addEventListener("click", async () => {
    if (stream) { stop(); return; }
    if (!window.isSecureContext || !navigator.mediaDevices) { say(texts.cameraInsecure); return; }
    say(texts.cameraWaiting);
    const patience = setTimeout(() => say(texts.cameraSilent), 15000);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 640 } }, audio: false });
    } catch (error) {
      say(error.name === "NotAllowedError" ? texts.cameraDenied : texts.cameraMissing);
      return;
    } finally { clearTimeout(patience); }
    stream.getTracks().forEach((t) => t.addEventListener("ended", stop));
    video.srcObject = stream;
    video.hidden = $("take").hidden = $("live").hidden = false;
    $("camera").textContent = texts.cameraStop;
    await video.play();
    say(texts.cameraOn);
  });
  $("take").addEventListener("click", async () => {
    const still = await frame();
    await choose(new File([still], "photo.jpg", { type: "image/jpeg" }));
    send(photo);
  });
  window.addEventListener("pagehide", () => { if (stream) stop(); });

  // Live mode: one frame at a time, the next when the last is answered; none is queued.
  function endLive() {
    live = null;
    $("live").setAttribute("aria-pressed", "false");
    $("livePanel").hidden = true;
  }
  $("live").addEventListener("click", async () => {
    if (live) { endLive(); return; }
    const mine = (live = { points: [], smooth: null });
    $("live").setAttribute("aria-pressed", "true");
    $("livePanel").hidden = false;
    while (live === mine && stream) {
      const began = performance.now();
      try {
        const answer = await fetch("/api/v1/classify", { method: "POST", body: await frame(), headers: { "Content-Type": "image/jpeg" } });
        if (live !== mine) break;
        if (answer.ok) curve(mine, await answer.json());
        else if (answer.status === 422) $("liveMood").textContent = texts.noFace;
      } catch { say(texts.networkError); }
      await new Promise((done) => setTimeout(done, Math.max(30, 100 - (performance.now() - began))));
    }
  });
  function curve(mine, answer) {
    const now = performance.now(), old = mine.smooth, share = 0.3;
    const mix = (a, b) => (old ? a + share * (b - a) : b);
    mine.smooth = {
      v: mix(old && old.v, answer.valence), a: mix(old && old.a, answer.arousal),
      p: Object.fromEntries(Object.entries(answer.probabilities).map(([k, v]) => [k, mix(old && old.p[k], v)])),
    };
    mine.points.push({ t: now, v: mine.smooth.v, a: mine.smooth.a });
    mine.points = mine.points.filter((p) => now - p.t < 60000);
    const line = (key) => mine.points.map((p) => `${(300 - (now - p.t) / 200).toFixed(1)},${(50 - 48 * p[key]).toFixed(1)}`).join(" ");
    $("pleasant").setAttribute("points", line("v"));
    $("excited").setAttribute("points", line("a"));
    const [mood, p] = Object.entries(mine.smooth.p).sort((a, b) => b[1] - a[1])[0];
    $("liveMood").textContent = `${texts["mood_" + mood] || mood} ${Math.round(100 * p)} %`;
  }
}
