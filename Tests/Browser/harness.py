"""What the browser tests share: the server, a browser of any look, checks, screenshots, axe."""

import base64
import os
import pathlib
import re
import subprocess
import tempfile
import time

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

SIZES = {"phone": (390, 844), "tablet": (768, 1024), "desktop": (1440, 900)}


class Count:
    passed = failed = 0
    where = ""


def check(claim, holds, detail=""):
    Count.passed, Count.failed = Count.passed + bool(holds), Count.failed + (not holds)
    print("ok  " if holds else "FAIL", f"[{Count.where}]", claim, detail, flush=True)
    return bool(holds)


class Server:
    """A server with a folder of its own, so that nothing is among the tester's."""

    def __init__(self, program, **environment):
        self.data = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"MOOD_DATA": self.data} | environment)
        self.base = self.process.stdout.readline().split()[-1].rstrip("/")

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=15)


class Look:
    """How a page is looked at."""

    def __init__(self, size="desktop", dark=False, script=True, camera=None, language="en", width=None, height=None):
        self.width, self.height = (width, height) if width else SIZES[size]
        self.size, self.dark, self.script, self.camera, self.language = size, dark, script, camera, language

    @property
    def name(self):
        return "-".join([self.size, "dark" if self.dark else "light"] + ([] if self.script else ["plain"])
                        + ([] if self.language == "en" else [self.language]))


def browser(look, downloads=None):
    chrome = webdriver.ChromeOptions()
    for flag in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                 f"--window-size={look.width},{look.height}", f"--lang={look.language}"]:
        chrome.add_argument(flag)
    chrome.add_experimental_option("mobileEmulation", {"deviceMetrics": {
        "width": look.width, "height": look.height, "pixelRatio": 1.0, "touch": look.width < 800}})
    preferences = {"intl.accept_languages": look.language}
    if not look.script:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    if look.camera == "denied":
        preferences["profile.default_content_setting_values.media_stream_camera"] = 2
    elif look.camera:
        for flag in ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                     "--use-file-for-fake-video-capture=" + look.camera]:
            chrome.add_argument(flag)
    if downloads:
        preferences |= {"download.default_directory": str(downloads), "download.prompt_for_download": False}
    chrome.add_experimental_option("prefs", preferences)
    chrome.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=chrome, service=Service("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(30)
    driver.has_script = look.script
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "dark" if look.dark else "light"}]})
    return driver


def until(driver, condition, seconds=15):
    def holds(_):
        try:
            return condition()
        except StaleElementReferenceException:
            return False
    return WebDriverWait(driver, seconds, poll_frequency=0.05).until(holds)


def find(driver, selector):
    return driver.find_element(By.CSS_SELECTOR, selector)


def all_of(driver, selector):
    return driver.find_elements(By.CSS_SELECTOR, selector)


def press(driver, selector):
    """A click where a person would click; what lies over it, or outside, fails."""
    if not driver.has_script and isinstance(selector, str):
        return press_without_script(driver, selector)
    element = find(driver, selector) if isinstance(selector, str) else selector
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": "0"})
    try:
        element.click()
    except Exception:
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        time.sleep(0.1)
        element.click()


def press_without_script(driver, selector):
    """The same by the browser's own mouse, as the driver's click waits for the page's scripts for ever."""
    x, y, hit = evaluate(driver, f"""(() => {{ const e = document.querySelector({selector!r});
      e.scrollIntoView({{block: 'nearest', behavior: 'instant'}}); let r = e.getBoundingClientRect();
      if (r.top < 0 || r.bottom > innerHeight) {{ e.scrollIntoView({{block: 'center', behavior: 'instant'}}); r = e.getBoundingClientRect() }}
      const x = r.left + r.width / 2, y = r.top + r.height / 2, over = document.elementFromPoint(x, y);
      return [x, y, e === over || e.contains(over) || (over && over.contains(e))] }})()""")
    assert hit, f"something lies over {selector}"
    for kind in ("mousePressed", "mouseReleased"):
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})
    time.sleep(0.3)


def evaluate(driver, expression):
    """A value of the page, also where its own scripts are off."""
    answer = driver.execute_cdp_cmd("Runtime.evaluate", {"expression": expression, "returnByValue": True, "awaitPromise": True})
    if "exceptionDetails" in answer:
        raise RuntimeError(str(answer["exceptionDetails"])[:500])
    return answer["result"].get("value")


def settle(driver):
    """Waits for the page's own fades."""
    until(driver, lambda: evaluate(driver, "document.readyState === 'complete' && document.getAnimations().every((a) => a.playState !== 'running')"))


def shot(driver, folder, name, whole=False):
    settle(driver)
    options = {"captureBeyondViewport": whole}
    if whole:
        size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1}
    picture = driver.execute_cdp_cmd("Page.captureScreenshot", options)
    (folder / (name + ".png")).write_bytes(base64.b64decode(picture["data"]))


def axe(driver, name):
    """No finding of any weight."""
    settle(driver)
    tool = Axe(driver)
    tool.inject()
    found = tool.run()["violations"]
    detail = "; ".join(f"{v['id']} ({v['impact']}) {v['nodes'][0]['target']} ×{len(v['nodes'])}" for v in found)
    check("axe finds nothing: " + name, not found, detail)


SMALL = """(() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), label.btn, label.dropzone')]
  .filter((e) => { const s = getComputedStyle(e); return e.checkVisibility() && s.clipPath === 'none' && !e.closest('.vh') && !e.matches('.skip'); })
  .map((e) => { const own = e.getBoundingClientRect(), over = getComputedStyle(e, '::after');
    const grows = over.content !== 'none' && over.position === 'absolute';
    return [e.outerHTML.slice(0, 90), Math.max(own.width, grows ? parseFloat(over.width) : 0), Math.max(own.height, grows ? parseFloat(over.height) : 0), e.closest('label') && e.tagName === 'INPUT']; })
  .filter(([, width, height, inLabel]) => !inLabel && width && height && (width < 43.5 || height < 43.5)).map(([html, width, height]) => `${html} ${width.toFixed(0)}×${height.toFixed(0)}`))()"""


def tidy(driver, name):
    """Nothing runs out of the page, and every target is large enough for a finger."""
    wide = evaluate(driver, "document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check("nothing runs out of the page: " + name, wide <= 0, f"{wide} px" if wide > 0 else "")
    small = evaluate(driver, SMALL)
    check("targets are at least 44 px: " + name, not small, "; ".join(small)[:400])


def quiet(driver, base, name, allowed=()):
    """Nothing is logged as an error, and nothing is asked of another host."""
    errors = [e["message"] for e in driver.get_log("browser")
              if e["level"] == "SEVERE" and not any(a in e["message"] for a in allowed)]
    check("no error in the console: " + name, not errors, "; ".join(errors)[:300])
    check("no request to another host: " + name, not (others := other_hosts(driver, base)), str(others or ""))


def other_hosts(driver, base):
    sent = [e["message"] for e in driver.get_log("performance") if "requestWillBeSent" in e["message"]]
    addresses = re.findall(r'"request":\{.*?"url":"(https?://[^"/]+)', "\n".join(sent))
    return {a for a in addresses if not a.startswith(base)}


def inside(driver, selector):
    """Whether an element lies wholly inside the window, and its box."""
    box = evaluate(driver, f"""(() => {{ const r = document.querySelector({selector!r}).getBoundingClientRect();
      return [r.left, r.top, r.right, r.bottom, innerWidth, innerHeight]; }})()""")
    left, top, right, bottom, width, height = box
    return left >= -0.5 and top >= -0.5 and right <= width + 0.5 and bottom <= height + 0.5, \
        f"{left:.0f},{top:.0f}–{right:.0f},{bottom:.0f} of {width}×{height}"


def songs(driver):
    return evaluate(driver, "[...document.querySelectorAll('#songs > li')].map((e) => e.dataset.code)")
