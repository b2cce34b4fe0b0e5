"""What one look is enough for: keyboard, zoom, other formats, cameras, live mode, tokens, speed."""

import base64
import gzip
import pathlib
import time
import urllib.request

from harness import Count, Look, Server, all_of, axe, browser, check, evaluate, find, inside, press, quiet, shot, songs, tidy, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def keyboard(base, photos, out):
    d = browser(Look("desktop"))
    try:
        d.get(base)

        def tab_to(condition, most=60):
            for _ in range(most):
                ActionChains(d).send_keys(Keys.TAB).perform()
                if condition(d.switch_to.active_element):
                    return d.switch_to.active_element
            raise AssertionError("not reached")

        first = tab_to(lambda e: True, 1)
        check("the first stop skips to the content", "skip" in first.get_attribute("class"))
        order = []
        for _ in range(18):
            ActionChains(d).send_keys(Keys.TAB).perform()
            focus = d.switch_to.active_element
            order.append(focus.get_attribute("id") or focus.get_attribute("data-mood") or focus.text[:12] or focus.tag_name)
        check("the keyboard reaches every control of the first page", {"shutter", "live", "image", "words", "happy", "angry"} <= set(order), " → ".join(order))
        d.get(base)
        tab_to(lambda e: "eg" in (e.get_attribute("class") or "").split()).send_keys(Keys.ENTER)
        until(d, lambda: "/mood?" in d.current_url and songs(d))
        until(d, lambda: d.switch_to.active_element.get_attribute("id") == "word")
        check("Enter sends the example, and the word has the focus", True)
        before = songs(d)
        tab_to(lambda e: e.get_attribute("href") and "goal=calm" in e.get_attribute("href")).send_keys(Keys.ENTER)
        until(d, lambda: songs(d) != before)
        heart = tab_to(lambda e: e.get_attribute("name") == "action" and e.get_attribute("value") == "like")
        heart.send_keys(Keys.SPACE)
        until(d, lambda: heart.get_attribute("aria-pressed") == "true")
        check("goal and heart by keyboard", True)
        ring = evaluate(d, "getComputedStyle(document.activeElement).outlineWidth")
        check("the focus is seen", ring == "3px", ring)
        tab_to(lambda e: e.tag_name == "summary" and "primary" in e.get_attribute("class")).send_keys(Keys.ENTER)
        check("the menu of playlists opens", find(d, ".menu ul").is_displayed())
        shot(d, out, "keyboard-menu")
        ActionChains(d).send_keys(Keys.ESCAPE).perform()
        check("and closes by Escape", not find(d, ".menu ul").is_displayed() and d.switch_to.active_element.tag_name == "summary")
        quiet(d, base, "keyboard")
    finally:
        d.quit()


def zoom(base, photos, out):
    """200 % of a phone, a laptop; 320 px; forced colours; print; reduced motion."""
    for name, width, height in [("zoom-200-desktop", 720, 450), ("zoom-200-phone", 195, 422), ("narrow", 320, 640)]:
        d = browser(Look("phone", width=width, height=height))
        try:
            for page in ["/", "/journal", "/mood?mood=surprise&goal=match&lang=de", "/mood?mood=sad&journey=calm", "/noface"]:
                d.get(base + page)
                tidy(d, f"{name} {page}")
            d.get(base)
            find(d, "#image").send_keys(photos["face.jpg"])
            until(d, lambda: "/mood?" in d.current_url and all_of(d, "#photo .own"))
            tidy(d, name + " answer")
            axe(d, name)
            shot(d, out, name, whole=True)
        finally:
            d.quit()
    d = browser(Look("desktop"))
    try:
        d.get(base + "/mood?mood=happy&goal=match")
        d.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        check("in print there are the songs and no buttons", find(d, "#songs .st").is_displayed() and not find(d, ".foot").is_displayed())
        shot(d, out, "print")
        d.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
        check("who wants no motion has none", evaluate(d, "getComputedStyle(document.querySelector('main')).animationName") == "none")
        d.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [{"name": "forced-colors", "value": "active"}]})
        shot(d, out, "forced-colours")
    finally:
        d.quit()


def formats(base, photos, out):
    d = browser(Look("desktop"))
    try:
        for name in ["face.webp", "face.gif", "face.avif", "large.jpg"]:
            if name not in photos:
                print("left out:", name)
                continue
            d.get(base)
            find(d, "#image").send_keys(photos[name])
            until(d, lambda: "/mood?" in d.current_url and all_of(d, "#photo .own"))
            check(f"{name} has an answer", songs(d), find(d, "#word").text)
        d.get(base)
        find(d, "#image").send_keys(photos["no-photo.jpg"])
        until(d, lambda: find(d, "#notice").text and not all_of(d, "main.busy"))
        check("a file that is no photo is explained where the eye is", inside(d, "#notice")[0], find(d, "#notice").text)
        shot(d, out, "no-photo")
        for way in ["paste", "drop"]:
            d.get(base)
            data = base64.b64encode(pathlib.Path(photos["face.jpg"]).read_bytes()).decode()
            evaluate(d, f"""(() => {{ const bytes = Uint8Array.from(atob("{data}"), (c) => c.charCodeAt(0)), data = new DataTransfer();
              data.items.add(new File([bytes], "a.jpg", {{type: "image/jpeg"}}));
              document.dispatchEvent("{way}" === "paste" ? new ClipboardEvent("paste", {{clipboardData: data, bubbles: true, cancelable: true}})
                : new DragEvent("drop", {{dataTransfer: data, bubbles: true, cancelable: true}})); }})()""")
            until(d, lambda: "/mood?" in d.current_url and songs(d))
            check(way + " works", True)
        d.get(base)
        evaluate(d, "document.dispatchEvent(new DragEvent('dragover', {bubbles: true, cancelable: true}))")
        shot(d, out, "drop")
        d.get(base)
        evaluate(d, "window.sent = 0; const old = fetch; window.fetch = (...a) => { if (String(a[0]).includes('classify')) sent++; return old(...a).then((r) => new Promise((done) => setTimeout(() => done(r), 900))); }")
        evaluate(d, "document.querySelector('#exampleForm').requestSubmit(); document.querySelector('#exampleForm').requestSubmit()")
        time.sleep(0.6)
        check("progress is said where the eye is", inside(d, "#notice")[0] and find(d, "#notice").text, find(d, "#notice").text)
        shot(d, out, "working")
        press_twice = evaluate(d, "sent")
        check("a button works once", press_twice <= 1, f"{press_twice} sent")
    finally:
        d.quit()


def camera(base, photos, out):
    for size in ["phone", "desktop"]:
        d = browser(Look(size, dark=size == "phone", camera=photos["camera"]))
        try:
            d.get(base)
            press(d, "#shutter")
            until(d, lambda: find(d, "#video").is_displayed())
            check("the camera is a mirror", evaluate(d, "getComputedStyle(document.querySelector('#video')).transform").startswith("matrix(-1"))
            shot(d, out, f"camera-{size}")
            evaluate(d, "window.track = document.querySelector('#video').srcObject.getTracks()[0]")
            press(d, "#live")
            until(d, lambda: find(d, "#liveWord").is_displayed())
            until(d, lambda: all_of(d, "#liveSongs li"), 30)
            points = evaluate(d, "document.querySelector('#curvePath').getAttribute('d').split('L').length")
            check("live mode has a word, a curve, a box and songs", find(d, "#liveBox").is_displayed() and points > 3, f"{find(d, '#liveWord').text}, {points} points")
            shown = evaluate(d, "document.querySelector('#liveSongs li').dataset.code")
            axe(d, "live " + size)
            tidy(d, "live " + size)
            shot(d, out, f"live-{size}", whole=True)
            time.sleep(3)
            check("its songs stay calm", evaluate(d, "document.querySelector('#liveSongs li').dataset.code") == shown)
            press(d, "#camOff")
            until(d, lambda: evaluate(d, "window.track.readyState") == "ended")
            check("the camera goes off", not find(d, "#video").is_displayed() and not find(d, "#liveWord").is_displayed())
            press(d, "#shutter")
            until(d, lambda: find(d, "#video").is_displayed())
            evaluate(d, "window.track = document.querySelector('#video').srcObject.getTracks()[0]; window.dispatchEvent(new PageTransitionEvent('pagehide'))")
            check("and when the page is left", evaluate(d, "window.track.readyState") == "ended")
            press(d, "#shutter")
            until(d, lambda: find(d, "#video").is_displayed())
            press(d, "#shutter")
            until(d, lambda: "/mood?" in d.current_url and all_of(d, "#photo .own"))
            check("its photo is answered", songs(d), find(d, "#word").text)
            quiet(d, base, "camera")
        finally:
            d.quit()
    d = browser(Look("desktop", camera="denied"))
    try:
        d.get(base)
        press(d, "#shutter")
        until(d, lambda: "No camera" in find(d, "#camStatus").text)
        check("a camera that is missing is explained", True, find(d, "#camStatus").text)
        shot(d, out, "no-camera")
        for claim, answer, words, wait in [
                ("denied", "Promise.reject(new DOMException('', 'NotAllowedError'))", "not allowed", 1),
                ("busy", "Promise.reject(new DOMException('', 'NotReadableError'))", "another program", 1),
                ("asked for", "new Promise(() => {})", "is asking", 1),
                ("silent", "new Promise(() => {})", "does not answer", 16)]:
            d.get(base)
            evaluate(d, "navigator.mediaDevices.getUserMedia = () => " + answer)
            press(d, "#shutter")
            time.sleep(wait)
            said = find(d, "#camStatus").text
            check("a camera that is " + claim + " is explained", words in said, said)
    finally:
        d.quit()


def blocked(program, base, photos, out):
    """Forgotten in another tab; cookies blocked; a token; a server that is gone."""
    d = browser(Look("desktop"))
    try:
        d.get(base + "/mood?mood=happy&goal=match")
        d.delete_all_cookies()  # as another tab's "forget me" does
        press(d, "#songs form[data-act=like] button")
        until(d, lambda: find(d, "#toast").text)
        said = find(d, "#toast").text
        check("forgotten in another tab: a sentence that is true", ("other tab" in said or "another tab" in said or "cookie" in said.lower()) and find(d, "#songs form[data-act=like] button").get_attribute("aria-pressed") == "false", said)
        shot(d, out, "no-cookie")
    finally:
        d.quit()
    locked = Server(program, MOOD_TOKEN="secret")
    try:
        d = browser(Look("desktop"))
        d.get(locked.base)
        check("with a token, the page is not shown to all", not all_of(d, "#image"))
        d.get(locked.base.replace("://", "://anyone:secret@"))
        d.get(locked.base)  # as after the browser's question: the password is known, not in the address
        find(d, "#image").send_keys(photos["face.jpg"])
        until(d, lambda: "/mood?" in d.current_url and all_of(d, "#photo .own"))
        press(d, "#why summary")
        until(d, lambda: evaluate(d, "document.querySelector('#heat img')?.naturalWidth > 0"))
        check("with the token as password, the page works", True)
        locked.stop()
        press(d, ".goals a:nth-child(2)")
        until(d, lambda: "server" in find(d, "#toast").text)
        check("a server that is gone is told", True, find(d, "#toast").text)
        d.quit()
    finally:
        locked.process.kill()


def speed(base, photos, out):
    """Weight of the first page; largest contentful paint, layout shift; upload to answer."""
    weight, names = 0, ["/", "/icon.svg"]
    html = urllib.request.urlopen(base + "/").read().decode()
    import re
    names += re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    seen, queue = set(), ["/static/app.js", "/static/start.js"]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        text = urllib.request.urlopen(base + name).read().decode()
        queue += ["/static/" + n for n in re.findall(r'^import .*? from "\./([^"]+)"', text, re.M)]
    sizes = {}
    for name in dict.fromkeys(names + sorted(seen - {"/static/app.js"})):
        request = urllib.request.Request(base + name, headers={"Accept-Encoding": "gzip"})
        sizes[name] = len(urllib.request.urlopen(request).read())
    weight = sum(sizes.values())
    check("the first page weighs at most 40 kB over the wire", weight <= 40_000, f"{weight} bytes: {sizes}")
    paint = """new Promise((done) => { let largest = 0, shift = 0;
      new PerformanceObserver((l) => { for (const e of l.getEntries()) largest = e.startTime; }).observe({type: 'largest-contentful-paint', buffered: true});
      new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) shift += e.value; }).observe({type: 'layout-shift', buffered: true});
      setTimeout(() => done([largest, shift]), 700); })"""
    for size in ["phone", "desktop"]:
        d = browser(Look(size))
        try:
            d.get(base)
            for page in ["/", "/mood?mood=happy&goal=match", "/mood?mood=sad&journey=calm", "/journal"]:
                runs = []
                for _ in range(3):
                    d.get("about:blank")
                    d.get(base + page)
                    runs.append(evaluate(d, paint))
                largest = sorted(r[0] for r in runs)[1]
                shift = max(r[1] for r in runs)
                check(f"{size} {page.split('?')[0]}{'?journey' if 'journey' in page else ''}: largest paint under 0.5 s, no shift", largest < 500 and shift < 0.001, f"{largest:.0f} ms, {shift:.4f}")
            times = []
            for _ in range(5):
                d.get(base)
                evaluate(d, "document.querySelector('#image').addEventListener('change', () => { sessionStorage.began = performance.timeOrigin + performance.now(); }, true)")
                find(d, "#image").send_keys(photos["large.jpg"])
                until(d, lambda: "/mood?" in d.current_url and songs(d))
                times.append(evaluate(d, """new Promise((done) => new PerformanceObserver((l, o) => { o.disconnect(); done(performance.timeOrigin + l.getEntries()[0].startTime - sessionStorage.began); })
                  .observe({type: 'paint', buffered: true}))"""))
            until(d, lambda: all_of(d, "#photo .own"))
            runs = evaluate(d, paint)
            median = sorted(times)[2]
            check(f"{size}: 12 megapixels, from choosing to the painted answer under 0.8 s", median < 800, " ".join(f"{t:.0f}" for t in times) + " ms")
            check(f"{size}: the answer does not shift when its photo comes", runs[1] < 0.001, f"{runs[1]:.4f}")
        finally:
            d.quit()


CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const probe = document.body.appendChild(document.createElement('i'));
  const seen = (colours) => { // painted one over the other, as the browser does
    for (const name of colours) { probe.style.color = `var(--${name})`; canvas.fillStyle = getComputedStyle(probe).color; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const luminance = (rgb) => rgb.map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const bad = [];
  for (const mood of ['neutral', 'happy', 'surprise', 'sad', 'fear', 'disgust', 'angry', 'calm', 'energised', 'even']) {
    document.documentElement.dataset.mood = mood;
    const pairs = [['bg'], ['glow'], ['glow2'], ['bg', 'surface'], ['solid']].flatMap((ground) =>
      [['ink', 4.5], ['ink-2', 4.5], ['accent', 4.5], ['word', 3]].map(([text, least]) => [[...ground], text, least]))
      .concat([[['accent'], 'on', 4.5], [['ink'], 'bg', 4.5], [['bg'], 'edge', 3]]);
    for (const [ground, text, least] of pairs) {
      const found = ratio(seen(ground), seen([...ground, text]));
      if (found < least) bad.push(`${mood}: ${text} on ${ground.join(' ')} ${found.toFixed(2)}`); } }
  return bad; })()"""


def contrast(base, photos, out):
    """Every text colour on every ground that it can stand on, computed from painted pixels (WCAG 2.2, AA)."""
    for dark in (False, True):
        look = Look("phone", dark)
        d = browser(look)
        try:
            d.get(base)
            Count.where = "contrast-" + look.name
            bad = evaluate(d, CONTRAST)
            check("every text has the contrast of AA on every ground", not bad, "; ".join(bad)[:900])
        finally:
            d.quit()
