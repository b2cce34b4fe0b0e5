// Without this the pages work all the same, but for camera, journal, and songs that change in place.

const view = document.querySelector("main")?.dataset.view;
const modules = {
  start: "./start.js", answer: "./answer.js", journey: "./answer.js", faces: "./faces.js", noface: "./noface.js",
  card: "./card.js", journal: "./journal.js",
};
if (modules[view]) import(modules[view]).then((module) => module.open());

// Who is forgotten here is forgotten by the browser too; the journal has a button of its own.
if (location.search === "?said=forgotten") indexedDB.deleteDatabase("mood");

// An opened menu closes by Escape, and by a click elsewhere.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
});

// Times as the visitor's clock has them.
for (const time of document.querySelectorAll(".said time")) {
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}
