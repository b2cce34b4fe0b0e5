// Songs: player in place, heart with undo, "not this".
import { ask, make, text, toast } from "./dom.js";

/** Connects the songs in a part of the page; `redraw` brings another address into it, where that is wanted. */
export function connect(place, redraw) {
  for (const link of place.querySelectorAll("a.play[data-player]")) {
    // A link to Spotify without this; a button that opens the player with it.
    const button = make("button", { class: "play", type: "button", "aria-expanded": "false", "aria-label": link.dataset.label, "data-player": link.dataset.player, onclick: () => player(button) }, ...link.childNodes);
    link.replaceWith(button);
  }
  for (const form of place.querySelectorAll("form[data-act]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter || form.querySelector("button");
      if (form.dataset.act === "like") like(form, button);
      else if (redraw) gone(form, button, redraw);
      else { tell(form, button.value).catch((error) => toast(error.message)); form.closest("li").remove(); }
    });
  }
}

/** Sends what a form says of a song. */
function tell(form, action) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("action", action);
  return ask("/feedback", { method: "POST", body: fields, headers: { "X-Fragment": "1" } });
}

const title = (form) => form.closest("li").dataset.title;

async function like(form, button) {
  if (button.disabled) return;
  const isLiked = button.getAttribute("aria-pressed") === "true", song = title(form);
  show(!isLiked);
  try {
    await tell(form, isLiked ? "undo" : "like");
    if (isLiked) toast(text("js_unliked"));
    else toast(text("js_liked"), text("js_undo"), () => like(form, button));
  } catch (error) { show(isLiked); toast(error.message); }
  function show(now) {
    button.setAttribute("aria-pressed", now);
    button.value = now ? "undo" : "like";
    button.setAttribute("aria-label", text(now ? "liked" : "like", { song }));
  }
}

/** Puts another song in the place of one that is not wanted. */
async function gone(form, button, redraw) {
  if (button.disabled) return;
  button.disabled = true;
  const row = form.closest("li"), index = [...row.parentElement.children].indexOf(row), before = location.href;
  row.classList.add("leaving");
  try {
    await tell(form, button.value);
    await redraw(form.elements.back.value, { focus: `#songs > li:nth-child(${index + 1}) .st a` });
    toast(text("js_gone"), text("js_undo"), async () => {
      try {
        await tell(form, "undo");
        await redraw(before, { focus: `#songs > li:nth-child(${index + 1}) .st a` });
      } catch (error) { toast(error.message); }
    });
  } catch (error) { row.classList.remove("leaving"); button.disabled = false; toast(error.message); }
}

/** Spotify's player, on a tap and never before, with the permissions of Spotify's own snippet. */
function player(button) {
  const row = button.closest("li"), isOpen = button.getAttribute("aria-expanded") === "true";
  for (const other of document.querySelectorAll('.play[aria-expanded="true"]')) {
    other.setAttribute("aria-expanded", "false");
    other.setAttribute("aria-label", text("play", { song: other.closest("li").dataset.title }));
    other.closest("li").querySelector(".player")?.remove();
  }
  if (isOpen) return;
  const song = row.dataset.title;
  button.setAttribute("aria-expanded", "true");
  button.setAttribute("aria-label", text("playing", { song }));
  row.append(make("div", { class: "player" }, make("iframe", {
    src: `https://open.spotify.com/embed/track/${encodeURIComponent(button.dataset.player)}?utm_source=generator`,
    title: text("js_player", { song }), allow: "autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture",
    allowfullscreen: true, loading: "lazy",
  })));
  const form = row.querySelector("form[data-act]");
  if (form) tell(form, "play").catch(() => {});
}
