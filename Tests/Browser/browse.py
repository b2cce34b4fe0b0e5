"""Drives the web page in headless Chromium, as a person would, and leaves screenshots.

    python Tests/Browser/browse.py --server Server/.build/release/mood-server --photo face.jpg --out shots

Needs Debian's chromium, chromium-driver and ffmpeg, and PyPI's selenium and axe-selenium-python.
"""

import argparse
import base64
import os
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.request

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

parser = argparse.ArgumentParser()
parser.add_argument("--server", required=True)
parser.add_argument("--photo", required=True)
parser.add_argument("--out", required=True)
options = parser.parse_args()
out = pathlib.Path(options.out)
out.mkdir(parents=True, exist_ok=True)
photo = str(pathlib.Path(options.photo).resolve())
passed = failed = 0


def check(claim, holds, detail=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print("ok  " if holds else "FAIL", claim, detail, flush=True)


def browser(*, script=True, camera="fake", mobile=False, dark=False):
    chrome = webdriver.ChromeOptions()
    for flag in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]:
        chrome.add_argument(flag)
    chrome.add_argument("--window-size=%s" % ("390,844" if mobile else "1000,900"))
    if dark:
        chrome.add_argument("--blink-settings=preferredColorScheme=0")
    if mobile:
        chrome.add_experimental_option("mobileEmulation", {
            "deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 1.0, "touch": True}})
    if camera == "fake":
        chrome.add_argument("--use-fake-device-for-media-stream")
        chrome.add_argument("--use-fake-ui-for-media-stream")
        chrome.add_argument("--use-file-for-fake-video-capture=" + video)
    if camera == "denied":
        chrome.add_experimental_option(
            "prefs", {"profile.default_content_setting_values.media_stream_camera": 2})
    if not script:
        chrome.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2})
    chrome.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=chrome, service=Service("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(20)
    return driver


def shot(driver, name):
    height = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]["height"]
    width = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]["width"]
    picture = driver.execute_cdp_cmd(
        "Page.captureScreenshot",
        {"captureBeyondViewport": True,
         "clip": {"x": 0, "y": 0, "width": width, "height": min(height, 3000), "scale": 1}})
    (out / (name + ".png")).write_bytes(base64.b64decode(picture["data"]))


def until(driver, condition):
    return WebDriverWait(driver, 10).until(lambda d: condition())


def axe(driver, name):
    tool = Axe(driver)
    tool.inject()
    found = [v for v in tool.run()["violations"] if v["impact"] in ("serious", "critical")]
    detail = "; ".join(v["id"] + " " + str(v["nodes"][0]["target"]) for v in found)
    check("axe finds nothing serious: " + name, not found, detail)


def quiet(driver, name):
    """Nothing is logged as an error, and nothing is asked of another host."""
    errors = [e["message"] for e in driver.get_log("browser") if e["level"] == "SEVERE"]
    check("no error in the console: " + name, not errors, "; ".join(errors)[:300])
    urls = re.findall(r'"url":"(https?://[^"/]+)', str([e["message"] for e in driver.get_log("performance")]))
    others = {u for u in urls if not u.startswith(base)}
    check("no request to another host: " + name, not others, str(others or ""))


video = tempfile.mkdtemp() + "/camera.mjpeg"
subprocess.run(
    ["ffmpeg", "-loglevel", "error", "-loop", "1", "-i", photo, "-t", "2", "-r", "10", "-vf",
     "scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:-1:-1", "-pix_fmt",
     "yuvj420p", video], check=True)

os.environ["MOOD_DATA"] = tempfile.mkdtemp()  # not among the tester's own
began = time.monotonic()
server = subprocess.Popen(
    [options.server, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
base = server.stdout.readline().split()[-1].rstrip("/")
urllib.request.urlopen(base + "/").read()
start = time.monotonic() - began
check("the first page is there within 1 s", start < 1, "%.2f s" % start)
weight = sum(len(urllib.request.urlopen(base + p).read())
             for p in ["/", "/static/app.js", "/static/style.css"])
check("the page weighs under 100 kB", weight < 100_000, "%d bytes" % weight)

try:
    d = browser()
    d.get(base)
    axe(d, "first page")
    shot(d, "index")
    d.find_element(By.ID, "image").send_keys(photo)
    until(d, lambda: d.find_element(By.ID, "crop").is_displayed())
    d.find_element(By.ID, "useCrop").click()
    region = d.find_element(By.ID, "region").get_attribute("value")
    check("the crop is a region in pixels", re.fullmatch(r"\d+,\d+,\d+,\d+", region), region)
    shot(d, "crop")
    d.find_element(By.ID, "useCrop").click()
    d.find_element(By.CSS_SELECTOR, "#form button[type=submit]").click()
    until(d, lambda: d.find_elements(By.ID, "mood"))
    check("upload answers with a mood", d.find_element(By.ID, "mood").text,
          d.find_element(By.ID, "mood").text)
    check("songs with a Spotify link",
          d.find_elements(By.CSS_SELECTOR, ".song a[href^='https://open.spotify.com/']"))
    check("the preview shows where the network looked",
          re.fullmatch(r"(-?\d+,){3}-?\d+",
                       d.find_element(By.ID, "mood").get_attribute("data-region")))
    axe(d, "result")
    shot(d, "result")
    d.find_element(By.CSS_SELECTOR, "[data-why]").click()
    until(d, lambda: d.execute_script(
        "const i = document.querySelector('#why img'); return i && i.complete && i.naturalWidth"))
    check("why is shown over the photo", True)
    axe(d, "why")
    shot(d, "why")
    d.find_element(By.CSS_SELECTOR, "button[value=like]").click()
    until(d, lambda: d.find_elements(By.CSS_SELECTOR, ".feedback output"))
    check("liking is noted in place",
          d.find_element(By.CSS_SELECTOR, ".feedback output").text == "Noted.")
    quiet(d, "upload")
    d.get(base + "/history")
    check("the history knows it", "liked" in d.page_source)
    axe(d, "history")
    shot(d, "history")
    d.find_element(By.CSS_SELECTOR, "form[action='/forget'] button").click()
    until(d, lambda: "forgotten" in d.current_url)
    check("forget me forgets", "liked" not in d.page_source and "forgotten" in d.page_source)

    for way in ["paste", "drop"]:
        d.get(base)
        data = base64.b64encode(pathlib.Path(photo).read_bytes()).decode()
        d.execute_script("""
          const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], "a.jpg", {type: "image/jpeg"}));
          document.dispatchEvent(arguments[1] === "paste"
            ? new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
            : new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        """, data, way)
        until(d, lambda: d.find_element(By.ID, "crop").is_displayed())
        d.find_element(By.CSS_SELECTOR, "#form button[type=submit]").click()
        until(d, lambda: d.find_elements(By.ID, "mood"))
        check(way + " works", True)

    d.get(base)
    d.find_element(By.ID, "camera").click()
    until(d, lambda: d.find_element(By.ID, "take").is_displayed())
    d.find_element(By.ID, "take").click()
    until(d, lambda: d.find_elements(By.ID, "mood"))
    check("the camera's photo is answered", True, d.find_element(By.ID, "mood").text)
    d.find_element(By.ID, "live").click()
    time.sleep(4)
    points = d.find_element(By.ID, "pleasant").get_attribute("points").split()
    check("live mode draws a curve", len(points) > 5, "%d points in 4 s" % len(points))
    check("live mode names a mood", d.find_element(By.ID, "liveMood").text,
          d.find_element(By.ID, "liveMood").text)
    axe(d, "live mode")
    shot(d, "live")
    d.find_element(By.ID, "camera").click()
    check("the camera stops", not d.find_element(By.ID, "video").is_displayed())
    quiet(d, "camera")

    d.get(base)
    order = []
    for _ in range(12):
        ActionChains(d).send_keys(Keys.TAB).perform()
        focus = d.switch_to.active_element
        order.append(focus.get_attribute("id") or focus.get_attribute("name") or focus.tag_name)
    check("the keyboard reaches every control",
          {"image", "goal", "genre", "why", "camera"} <= set(order), " → ".join(order))
    d.find_element(By.ID, "image").send_keys(photo)
    until(d, lambda: d.find_element(By.ID, "crop").is_displayed())
    button = d.find_element(By.CSS_SELECTOR, "#form button[type=submit]")
    d.execute_script("arguments[0].focus()", button)
    button.send_keys(Keys.ENTER)
    until(d, lambda: d.find_elements(By.ID, "mood"))
    check("the answer gets the focus",
          d.switch_to.active_element.get_attribute("id") == "result")
    d.quit()

    d = browser(camera="denied")
    d.get(base)
    d.find_element(By.ID, "camera").click()
    until(d, lambda: d.find_element(By.ID, "status").text)
    time.sleep(1)
    check("a camera that is missing is explained",
          "No camera" in d.find_element(By.ID, "status").text, d.find_element(By.ID, "status").text)
    for claim, answer, words, wait in [
            ("denied", "Promise.reject(new DOMException('', 'NotAllowedError'))", "not allowed", 1),
            ("asked for", "new Promise(() => {})", "is asking", 1),
            ("silent", "new Promise(() => {})", "did not answer", 16)]:
        d.get(base)
        d.execute_script("navigator.mediaDevices.getUserMedia = () => " + answer)
        d.find_element(By.ID, "camera").click()
        time.sleep(wait)
        text = d.find_element(By.ID, "status").text
        check("a camera that is " + claim + " is explained", words in text, text)
    d.quit()

    d = browser(script=False)
    d.get(base)
    check("without scripts nothing idle is shown",
          not d.find_element(By.ID, "cameraBox").is_displayed())
    d.find_element(By.ID, "image").send_keys(photo)
    Select(d.find_element(By.ID, "goal")).select_by_value("lift")
    d.find_element(By.CSS_SELECTOR, "#form button[type=submit]").click()
    check("the form works without scripts", "Recommended Song" in d.title or
          "Recommended song" in d.title, d.title)
    shot(d, "noscript")
    d.get(base)
    d.find_element(By.ID, "image").send_keys(photo)
    d.find_element(By.CSS_SELECTOR, "button[name=why]").click()
    until(d, lambda: d.find_elements(By.CSS_SELECTOR, "figure img"))
    check("why is shown without scripts", d.execute_cdp_cmd("Runtime.evaluate", {
        "expression": "document.querySelector('figure img').naturalWidth"})["result"]["value"] > 99)
    shot(d, "noscript-why")
    bad = out / "not-a-photo.jpg"
    bad.write_text("no photo")
    d.get(base)
    d.find_element(By.ID, "image").send_keys(str(bad.resolve()))
    d.find_element(By.CSS_SELECTOR, "#form button[type=submit]").click()
    until(d, lambda: d.find_elements(By.CSS_SELECTOR, "[role=alert]"))
    check("a file that is no photo is explained", "neither a JPEG nor a PNG" in d.page_source)
    shot(d, "failure")
    d.get(base + "/nothing")
    check("a path that is not there has a page", "nothing here" in d.page_source)
    d.quit()

    for name, look in [("phone", {"mobile": True}), ("dark", {"dark": True}),
                       ("phone-dark", {"mobile": True, "dark": True})]:
        d = browser(**look)
        d.get(base)
        d.find_element(By.ID, "image").send_keys(photo)
        until(d, lambda: d.find_element(By.ID, "crop").is_displayed())
        d.find_element(By.CSS_SELECTOR, "#form button[type=submit]").click()
        until(d, lambda: d.find_elements(By.ID, "mood"))
        wide = d.execute_script(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        check("nothing runs out of the page: " + name, wide)
        axe(d, name)
        shot(d, name)
        d.quit()
    locked = subprocess.Popen(
        [options.server, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"MOOD_TOKEN": "secret"})
    address = locked.stdout.readline().split()[-1].rstrip("/")
    try:
        d = browser()
        d.get(address)
        check("with a token, the page is not shown to all", not d.find_elements(By.ID, "image"))
        d.get(address.replace("://", "://anyone:secret@"))
        d.get(address)  # as after the browser's question: the password is known, not in the address
        d.find_element(By.ID, "image").send_keys(photo)
        until(d, lambda: d.find_element(By.ID, "crop").is_displayed())
        d.find_element(By.CSS_SELECTOR, "#form button[type=submit]").click()
        until(d, lambda: d.find_elements(By.ID, "mood"))
        d.find_element(By.CSS_SELECTOR, "[data-why]").click()
        until(d, lambda: d.find_elements(By.CSS_SELECTOR, "#why img"))
        check("with the token as password, the page works", True)
        d.quit()
    finally:
        locked.terminate()
        locked.wait(timeout=12)
finally:
    server.terminate()
    check("SIGTERM ends the server", server.wait(timeout=12) == 0)
print(f"{passed} passed, {failed} failed")
raise SystemExit(failed > 0)
