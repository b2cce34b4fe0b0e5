// Several faces: the photo with a box around each, to tap.
import { $, make } from "./dom.js";
import { find } from "./photos.js";

export async function open() {
  document.querySelector("h1").focus({ preventScroll: true });
  const photo = await find(new URLSearchParams(location.search).get("p")), place = $("group");
  if (!photo) return;
  const links = [...document.querySelectorAll(".facelist a")];
  const picture = make("img", { src: URL.createObjectURL(photo.blob), alt: place.dataset.alt, width: photo.width, height: photo.height });
  place.replaceChildren(picture);
  photo.faces.forEach(({ box }, index) => {
    if (!links[index]) return;
    const pick = make("a", { class: "pick", href: links[index].href, "aria-label": `${place.dataset.face.replace("{number}", index + 1)}, ${links[index].querySelector(".quiet").textContent}` }, make("b", {}, `${index + 1}`));
    for (const [side, value] of [["left", box.x], ["top", box.y], ["width", box.width], ["height", box.height]]) pick.style[side] = `${100 * value}%`;
    place.append(pick);
  });
}
