// The curve of the last seven days: each day's mean, from dark below to bright above.
import { draw, text } from "./dom.js";

/** The local day of a time, as a number that sorts. */
export const dayOf = (time) => { const date = new Date(time); return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime(); };

/** The last seven days, the oldest first, with the mean of their entries. */
export function week(entries, now = Date.now()) {
  const today = new Date(now);
  return [6, 5, 4, 3, 2, 1, 0].map((back) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
    const own = entries.filter((entry) => dayOf(entry.time) === day);
    return { day, mood: own[0]?.mood, valence: own.length ? own.reduce((sum, entry) => sum + entry.valence, 0) / own.length : null };
  });
}

/** What the week was like, in one sentence. */
export function verdict(days) {
  const values = days.map((day) => day.valence).filter((value) => value !== null);
  if (!values.length) return text("js_weekNone");
  const mean = values.reduce((a, b) => a + b) / values.length;
  return text(mean > 0.25 ? "js_weekBright" : mean < -0.25 ? "js_weekDark" : "js_weekEven");
}

/** The drawing, for a wide window or for a narrow one. */
export function drawing(days, language) {
  const [width, height, margin, radius] = innerWidth < 704 ? [350, 180, 22, 8] : [1080, 230, 40, 12];
  const x = (index) => margin + (width - 2 * margin) * index / 6, y = (value) => 20 + (1 - value) / 2 * (height - 84);
  const name = (day, style) => new Date(day).toLocaleDateString(language, { weekday: style });
  const kept = days.map((day, index) => ({ ...day, x: x(index), y: day.valence === null ? null : y(day.valence) })).filter((day) => day.y !== null);
  const list = kept.map((day) => `${name(day.day, "long")}: ${text(`mood_${day.mood}`)}`).join(", ");
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": text("js_weekAlt", { from: name(days[0].day, "long"), list }) });
  picture.append(draw("path", { class: "grid", d: `M0 ${height - 36}H${width}` }));
  if (kept.length > 1) picture.append(draw("path", { class: "line", d: smooth(kept) }));
  for (const day of kept) picture.append(draw("circle", { cx: day.x, cy: day.y, r: radius, "data-mood": day.mood }));
  days.forEach((day, index) => picture.append(draw("text", { x: x(index), y: height - 10, ...(index === 6 ? { class: "today" } : {}) }, index === 6 ? text("js_today") : name(day.day, "short"))));
  return picture;
}

function smooth(points) {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let index = 0; index + 1 < points.length; index++) {
    const [a, b, c, d] = [points[index - 1] ?? points[index], points[index], points[index + 1], points[index + 2] ?? points[index + 1]];
    path += `C${b.x + (c.x - a.x) / 6} ${b.y + (c.y - a.y) / 6} ${c.x - (d.x - b.x) / 6} ${c.y - (d.y - b.y) / 6} ${c.x} ${c.y}`;
  }
  return path;
}
