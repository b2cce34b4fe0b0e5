// The mood card as a picture: the server's drawing, made a PNG by the browser, with the photo only if that is asked for.
import { $, save, text, toast, draw } from "./dom.js";
import { find } from "./photos.js";

let drawing = null, photo = null, shown = null;

export async function open() {
  document.querySelector("h1").focus({ preventScroll: true });
  photo = await find(new URLSearchParams(location.search).get("p"));
  if (photo) $("cardPhotoRow").hidden = false;
  $("cardPhoto").addEventListener("change", () => show());
  $("cardSave").addEventListener("click", async () => {
    const blob = await png();
    if (blob) { save(blob, $("cardSave").dataset.name); toast(text("js_saved")); }
  });
  const share = $("cardShare");
  const sample = new File([new Blob(["x"], { type: "image/png" })], "mood.png", { type: "image/png" });
  if (navigator.canShare?.({ files: [sample] })) share.hidden = false;
  share.addEventListener("click", async () => {
    const blob = await png();
    if (!blob) return;
    const file = new File([blob], $("cardSave").dataset.name, { type: "image/png" });
    try { await navigator.share({ files: [file], title: document.title }); } catch (error) { if (error.name !== "AbortError") toast(text("js_failed")); }
  });
}

/** The drawing as it is wanted: with the photo, or without. */
async function wanted() {
  const address = $("cardImage").dataset.svg || ($("cardImage").dataset.svg = $("cardImage").getAttribute("src"));
  const withPhoto = $("cardPhoto").checked && photo;
  const answer = await fetch(address + (withPhoto ? "&photo=1" : ""));
  if (!answer.ok) throw new Error();
  drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  const place = drawing.querySelector("#photo");
  if (withPhoto && place) {
    const name = (key) => place.getAttribute(key) || 0;
    const image = draw("image", { href: await square(photo, Number(name("width")), Number(name("height"))), x: name("x"), y: name("y"), width: name("width"), height: name("height") });
    if (place.getAttribute("rx")) image.style.clipPath = `inset(0 round ${place.getAttribute("rx")}px)`;
    place.replaceWith(image);
  }
  return new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" });
}

/** The part of the photo around the first face, as a data address. */
async function square({ blob, faces }, width, height) {
  const picture = await createImageBitmap(blob), canvas = document.createElement("canvas"), box = faces[0]?.box;
  const side = Math.min(picture.width, picture.height, box ? Math.max(box.width * picture.width, box.height * picture.height) * 1.9 : Infinity);
  const across = Math.min(picture.width, side * width / height), down = across * height / width;
  const middle = box ? [(box.x + box.width / 2) * picture.width, (box.y + box.height / 2) * picture.height] : [picture.width / 2, picture.height / 2];
  const x = Math.max(0, Math.min(picture.width - across, middle[0] - across / 2)), y = Math.max(0, Math.min(picture.height - down, middle[1] - down / 2));
  [canvas.width, canvas.height] = [Math.round(width), Math.round(height)];
  canvas.getContext("2d").drawImage(picture, x, y, across, down, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.9);
}

async function show() {
  try {
    const source = URL.createObjectURL(await wanted());
    $("cardImage").src = source;
    if (shown) URL.revokeObjectURL(shown);
    shown = source;
  } catch { toast(text("js_cardFailed")); }
}

/** The picture; says so where the browser cannot make it. */
async function png() {
  try {
    const source = URL.createObjectURL(await wanted()), image = new Image();
    [image.width, image.height] = ["width", "height"].map((key) => Number(drawing.getAttribute(key)));
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(source);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail()), "image/png"));
  } catch { toast(text("js_cardFailed")); return null; }
}
