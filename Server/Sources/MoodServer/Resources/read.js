// From a photo to the address of its answer.
import { ask } from "./dom.js";
import { keep } from "./photos.js";
import { turned } from "./shrink.js";

/** What the server reads off a JPEG; `region` is `faces`, or `whole` for all of it. */
export async function classify(blob, region = "faces", signal) {
  const answer = await ask(`/api/v1/classify?region=${region}`, {
    method: "POST", body: blob, headers: { "Content-Type": "image/jpeg", Accept: "application/json" }, signal,
  });
  return answer.json();
}

/** Reads a photo, keeps it in this browser, and returns where its answer stands. */
export async function read(photo, region) {
  const reading = await classify(photo.blob, region);
  const address = new URL(reading.address, location.href), p = address.searchParams.get("p");
  if (reading.turned) photo = await turned(photo.blob, reading.turned);
  const faces = reading.faces.map(({ box, crop }) => ({ box: part(box || crop, reading), crop }));
  await keep({ p, blob: photo.blob, width: photo.width, height: photo.height, faces, whole: reading.source === "whole" });
  address.searchParams.set("goal", "match");
  if (reading.faces.length > 1) address.pathname = "/faces";
  return address.pathname + address.search;
}

/** A box in parts of the photo. */
function part(box, { width, height }) {
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}
