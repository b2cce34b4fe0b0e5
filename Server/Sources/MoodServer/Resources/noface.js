// No face: the photo is still here, so all of it can be looked at.
import { $, make, text, toast } from "./dom.js";
import { find } from "./photos.js";
import { read } from "./read.js";

export async function open() {
  document.querySelector("h1").focus({ preventScroll: true });
  const photo = await find("noface");
  if (!photo) return;
  const place = $("photo");
  place.append(make("img", { class: "own", src: URL.createObjectURL(photo.blob), alt: place.dataset.alt }));
  $("anyway").addEventListener("click", async (event) => {
    event.preventDefault();
    if (event.target.getAttribute("aria-busy")) return;
    event.target.setAttribute("aria-busy", "true");
    toast(text("js_working"));
    try { location.assign(await read(photo, "whole")); } catch (error) { toast(error.message); }
    event.target.removeAttribute("aria-busy");
  });
}
