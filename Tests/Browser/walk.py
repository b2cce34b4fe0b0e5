"""Every state of the page with JavaScript, at one size and in one light."""

import time
from urllib.parse import parse_qs, urlsplit

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from harness import all_of, axe, browser, check, evaluate, find, inside, other_hosts, press, quiet, shot, songs, tidy, until


class Walk:
    """One visitor in one browser."""

    def __init__(self, look, base, photos, out, downloads):
        self.look, self.base, self.photos, self.out, self.downloads = look, base, photos, out, downloads
        self.driver = browser(look, downloads)

    def run(self):
        try:
            for part in [self.start, self.answer, self.address, self.goals, self.hearts, self.wishes, self.player, self.right,
                         self.why, self.journey, self.card, self.journal, self.no_face, self.faces, self.words, self.said]:
                part()
        finally:
            self.driver.quit()

    def look_at(self, name, whole=False):
        tidy(self.driver, name)
        axe(self.driver, name)
        evaluate(self.driver, "scrollTo(0, 0)")
        shot(self.driver, self.out, f"{name}-{self.look.name}", whole)

    def upload(self, photo, view="/mood"):
        self.driver.get(self.base)
        find(self.driver, "#image").send_keys(self.photos[photo])
        until(self.driver, lambda: urlsplit(self.driver.current_url).path == view and all_of(self.driver, "main h1"))
        until(self.driver, lambda: evaluate(self.driver, "document.readyState") == "complete")

    def redrawn(self, work):
        before = self.driver.current_url
        work()
        until(self.driver, lambda: self.driver.current_url != before and not all_of(self.driver, "main[aria-busy]"))

    def start(self):
        d = self.driver
        d.get(self.base)
        check("the first page has a camera, a place for a photo, words and moods", all(
            all_of(d, s) for s in ["#shutter", ".dropzone", "#words", ".chips a[data-mood=sad]", "#exampleForm"]))
        check("a phone's own camera can be asked for", find(d, "#selfie").get_attribute("capture") == "user")
        self.look_at("start")
        quiet(d, self.base, "start")

    def answer(self):
        d = self.driver
        self.upload("face.jpg")
        word = find(d, "#word").text
        check("the word is a mood", word, word)
        check("the title says the mood", d.title == f"{word} – mood" or d.title.startswith(word), d.title)
        check("the form is gone", not all_of(d, "#photoForm"))
        for what, selector in [("word", "#word"), ("first song", "#songs > li:first-child")]:
            holds, box = inside(d, selector)
            check(f"the {what} lies wholly inside the first screen", holds, box)
        check("the heading has the focus", d.switch_to.active_element.get_attribute("id") == "word")
        until(d, lambda: all_of(d, "#photo .own"))
        check("the photo is there, with the face's box", all_of(d, "#photo .box"))
        check("five songs with links that open a new tab", len(songs(d)) == 5 and all(
            a.get_attribute("target") == "_blank" for a in all_of(d, "#songs .st a")))
        self.look_at("answer", whole=False)
        quiet(d, self.base, "answer")

    def address(self):
        d = self.driver
        before = songs(d)
        d.refresh()
        until(d, lambda: all_of(d, "#photo .own"))
        check("reload has the same songs and the photo", songs(d) == before)
        here, old = d.current_url, d.current_window_handle
        d.switch_to.new_window("tab")
        d.get(here)
        until(d, lambda: all_of(d, "#photo .own"))
        check("so has a second tab", songs(d) == before)
        d.close()
        d.switch_to.window(old)
        check("no photo is in the address", len(here) < 600, f"{len(here)} characters")

    def goals(self):
        d = self.driver
        d.get_log("performance")
        first, before = songs(d), find(d, "#word").text
        self.redrawn(lambda: press(d, ".goals a:nth-child(2)"))
        check("a goal redraws the songs", songs(d) != first and find(d, ".goals a:nth-child(2)").get_attribute("aria-current") == "true")
        sent = [e["message"] for e in d.get_log("performance") if '"POST"' in e["message"]]
        check("without a new upload", not sent and find(d, "#word").text == before)
        check("the chip keeps the focus", d.switch_to.active_element.text == find(d, ".goals a:nth-child(2)").text)
        d.back()
        until(d, lambda: songs(d) == first)
        check("Back brings the songs before", True)
        self.redrawn(lambda: press(d, ".foot a.redraw"))
        check("five others are five others", len(songs(d)) == 5 and not set(songs(d)) & set(first))

    def hearts(self):
        d = self.driver
        heart = "#songs > li:nth-child(2) form[data-act=like] button"
        press(d, heart)
        until(d, lambda: find(d, "#toast").text)
        check("a heart is pressed", find(d, heart).get_attribute("aria-pressed") == "true")
        shot(d, self.out, f"liked-{self.look.name}")
        kept = songs(d)
        d.refresh()
        until(d, lambda: songs(d))
        check("it is after a reload, and the songs stay", find(d, heart).get_attribute("aria-pressed") == "true" and songs(d) == kept)
        press(d, heart)
        until(d, lambda: find(d, "#toast").text)
        check("it can be taken back", find(d, heart).get_attribute("aria-pressed") == "false")
        d.refresh()
        until(d, lambda: songs(d))
        check("and stays so", find(d, heart).get_attribute("aria-pressed") == "false")
        before = songs(d)
        self.redrawn(lambda: press(d, "#songs > li:nth-child(3) form[data-act=gone] button"))
        after = songs(d)
        check("not this: another song takes its place", after[2] not in before and after[:2] + after[3:] == before[:2] + before[3:])
        self.redrawn(lambda: press(d, "#toast button"))
        check("undo brings it back", songs(d) == before)

    def wishes(self):
        d = self.driver
        press(d, ".wish > summary")
        check("genre, language and years are behind one more", len(all_of(d, ".tune select")) == 3)
        shot(d, self.out, f"more-{self.look.name}")
        self.redrawn(lambda: Select(find(d, ".tune [name=language]")).select_by_value("fr"))
        check("a wish redraws the songs", "language=fr" in d.current_url and songs(d))
        check("its field keeps the focus", d.switch_to.active_element.get_attribute("name") == "language")
        self.look_at("wished")
        self.redrawn(lambda: Select(find(d, ".tune [name=language]")).select_by_value(""))
        check("and can be given up", "language=" not in d.current_url)

    def player(self):
        d = self.driver
        d.get_log("performance")
        check("nothing of Spotify is there before a tap", not all_of(d, "iframe") and not other_hosts(d, self.base))
        press(d, ".play[data-player]")
        frame = until(d, lambda: all_of(d, ".player iframe"))[0]
        check("play opens Spotify's player in place, with its own snippet's permissions",
              frame.get_attribute("src").startswith("https://open.spotify.com/embed/track/")
              and frame.get_attribute("allow") == "autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture")
        check("the link stays", all_of(d, "#songs li:has(.player) .st a[href^='https://open.spotify.com/']"))
        press(d, ".play[aria-expanded=true]")
        check("another tap closes it", not all_of(d, "iframe"))
        d.get_log("browser"), d.get_log("performance")  # Spotify cannot be reached from a test

    def right(self):
        d = self.driver
        press(d, ".links details summary")
        chips = all_of(d, ".links .chips a")
        check("not right: seven chips, none preselected", len(chips) == 7 and not any(c.get_attribute("aria-current") for c in chips))
        shot(d, self.out, f"not-right-{self.look.name}")
        self.redrawn(lambda: press(d, ".links .chips a[data-mood=sad]"))
        check("it redraws with what was said", evaluate(d, "document.documentElement.dataset.mood") == "sad" and "mood=sad" in d.current_url)
        self.look_at("said-sad")
        self.driver.back()
        until(d, lambda: evaluate(d, "document.documentElement.dataset.mood") != "sad")

    def why(self):
        d = self.driver
        press(d, "#why summary")
        check("all seven are there", len(all_of(d, "#why .bars dt")) == 7 and all_of(d, "#why .plane"))
        until(d, lambda: evaluate(d, "document.querySelector('#heat img')?.naturalWidth > 0"))
        check("the heat map comes when it is asked for", True)
        self.look_at("why", whole=True)
        quiet(d, self.base, "why", allowed=["spotify"])

    def journey(self):
        d = self.driver
        self.redrawn(lambda: press(d, ".goals a:nth-child(5)"))
        check("take me there is a journey with its curve", evaluate(d, "[...document.querySelectorAll('.route svg')].filter((e) => e.checkVisibility()).length") == 1 and len(songs(d)) >= 5)
        self.look_at("journey", whole=True)
        before = songs(d)
        self.redrawn(lambda: press(d, "#songs > li:nth-child(3) form[data-act=gone] button"))
        check("a skip keeps what came before", songs(d)[:2] == before[:2] and songs(d)[2] != before[2])
        shot(d, self.out, f"journey-skipped-{self.look.name}")
        self.redrawn(lambda: press(d, ".status a"))
        check("and is taken back", songs(d) == before)
        self.redrawn(lambda: Select(find(d, "select[name=journey]")).select_by_value("happy"))
        check("another goal redraws", "journey=happy" in d.current_url and evaluate(d, "document.documentElement.dataset.mood") == "happy")
        quiet(d, self.base, "journey", allowed=["spotify"])

    def card(self):
        d = self.driver
        self.upload("face.jpg")
        press(d, ".foot a[href^='/card']")
        until(d, lambda: evaluate(d, "document.querySelector('#cardImage')?.naturalWidth > 0"))
        self.look_at("card")
        press(d, "#cardPhoto")
        until(d, lambda: (find(d, "#cardImage").get_attribute("src") or "").startswith("blob:"))
        shot(d, self.out, f"card-photo-{self.look.name}")
        press(d, "#cardSave")
        picture = self.downloads / "mood-happy.png"
        until(d, lambda: list(self.downloads.glob("mood-*.png")))
        picture = list(self.downloads.glob("mood-*.png"))[0]
        time.sleep(0.2)
        data = picture.read_bytes()
        width, height = (int.from_bytes(data[i:i + 4], "big") for i in (16, 20))
        check("the card is saved as a PNG", data[:4] == b"\x89PNG" and width >= 1000 and height >= 600, f"{width}×{height}, {len(data)} bytes")
        picture.unlink()
        quiet(d, self.base, "card")

    def journal(self):
        d = self.driver
        d.get(self.base + "/journal")
        until(d, lambda: all_of(d, "[data-do=start]"))
        check("nothing is kept unasked", evaluate(d, "localStorage['mood.journal'] === undefined"))
        self.look_at("journal-empty")
        self.upload("face.jpg")
        press(d, "#keep")
        until(d, lambda: all_of(d, "#toast button"))
        press(d, "#toast button")
        until(d, lambda: evaluate(d, "JSON.parse(localStorage['mood.journal'] || '{\"entries\":[]}').entries.length") == 1)
        evaluate(d, """(() => { const j = JSON.parse(localStorage['mood.journal']), e = j.entries[0];
          [['neutral', 0, 1], ['sad', -.6, 3], ['surprise', .4, 4], ['neutral', .1, 5]].forEach(([mood, valence, days]) => j.entries.push({ ...e,
            id: 'test' + days, mood, valence, note: days === 3 ? '=rain, "all day"' : '', time: new Date(Date.now() - days * 864e5).toISOString() }));
          localStorage['mood.journal'] = JSON.stringify(j); })()""")
        d.get(self.base + "/journal")
        until(d, lambda: all_of(d, ".days > li"))
        check("the journal has its days and the week's curve", len(all_of(d, ".days > li")) == 5 and len(all_of(d, ".week circle")) == 5)
        self.look_at("journal", whole=True)
        press(d, ".days > li:first-child .ib")
        Select(find(d, ".note select")).select_by_value("surprise")
        find(d, ".note input").send_keys("Jo called")
        shot(d, self.out, f"journal-edit-{self.look.name}")
        press(d, ".note .primary")
        check("an entry is corrected", find(d, ".days > li:first-child").get_attribute("data-mood") == "surprise" and "Jo called" in find(d, ".days > li:first-child").text)
        for form in ["csv", "json"]:
            press(d, ".j-head summary")
            press(d, f"[data-do={form}]")
            until(d, lambda: (self.downloads / f"mood-journal.{form}").exists())
        time.sleep(0.3)
        kept = evaluate(d, "localStorage['mood.journal']")
        press(d, ".days > li:nth-child(2) .ib:last-child")
        check("one is deleted", len(all_of(d, ".days > li")) == 4)
        press(d, "[data-do=stop]")
        press(d, "#toast button")
        check("all is deleted", evaluate(d, "localStorage['mood.journal'] === undefined") and all_of(d, "[data-do=start]"))
        for form in ["csv", "json"]:
            file = self.downloads / f"mood-journal.{form}"
            find(d, "input[data-do=import]").send_keys(str(file))
            until(d, lambda: len(all_of(d, ".days > li")) == 5)
            check(f"the {form} file brings it all back", evaluate(d, "localStorage['mood.journal']") == kept)
            find(d, "input[data-do=import]").send_keys(str(file))
            until(d, lambda: "5" in find(d, "#toast").text)
            check("twice is once", len(all_of(d, ".days > li")) == 5, find(d, "#toast").text)
            file.unlink()
            evaluate(d, "localStorage.removeItem('mood.journal')")
            d.refresh()
            until(d, lambda: all_of(d, "input[data-do=import]"))
        quiet(d, self.base, "journal")

    def no_face(self):
        d = self.driver
        self.upload("sky.png", "/noface")
        check("no face is said", "No face" in find(d, "h1").text or "kein Gesicht" in find(d, "h1").text, find(d, "h1").text)
        until(d, lambda: all_of(d, "#photo .own"))
        self.look_at("noface")
        d.get_log("browser")  # 422 is what was asked for
        press(d, "#anyway")
        until(d, lambda: "/mood?" in d.current_url and songs(d))
        check("all of it is looked at", "from=whole" in d.current_url)
        shot(d, self.out, f"anyway-{self.look.name}")

    def faces(self):
        d = self.driver
        self.upload("group.jpg", "/faces")
        until(d, lambda: len(all_of(d, ".pick")) == 2)
        self.look_at("faces")
        press(d, ".pick:nth-of-type(2)")
        until(d, lambda: "face=2" in d.current_url and all_of(d, "#photo .box"))
        check("a box is tapped", True)
        shot(d, self.out, f"second-face-{self.look.name}")
        press(d, ".links > a")
        until(d, lambda: all_of(d, ".pick"))
        press(d, ".ask .primary")
        until(d, lambda: "face=all" in d.current_url and songs(d))
        check("all of us", len(songs(d)) == 5)
        quiet(d, self.base, "faces")

    def words(self):
        d = self.driver
        d.get(self.base)
        find(d, "#words").send_keys("I am so sad and lonely today")
        press(d, "#sayForm button")
        until(d, lambda: "/mood?" in d.current_url and songs(d))
        fields = parse_qs(urlsplit(d.current_url).query)
        check("words have the same view, and stay out of the address", "words" in fields and "lonely" not in d.current_url, find(d, "#word").text)
        self.look_at("words")
        d.get(self.base)
        press(d, ".start .chips a[data-mood=angry]")
        until(d, lambda: "mood=angry" in d.current_url and songs(d))
        check("so has a mood that is picked", evaluate(d, "document.documentElement.dataset.mood") == "angry")
        shot(d, self.out, f"picked-{self.look.name}")

    def said(self):
        d = self.driver
        d.get(self.base + "/history")
        check("what was said stands there", len(all_of(d, ".said tbody tr")) >= 1)
        self.look_at("history")
        press(d, "form[action='/forget'] button")
        until(d, lambda: "forgotten" in d.current_url)
        check("forget me forgets", not all_of(d, ".said tbody tr") and all_of(d, "[role=status].notice"))
        shot(d, self.out, f"forgotten-{self.look.name}")
        d.get(self.base + "/api")
        check("the API's page lists every address", len(all_of(d, ".api section")) > 15 and all_of(d, "#no_face"))
        self.look_at("api")
        d.get(self.base + "/nothing")
        self.look_at("failure")
        check("a failure is a sentence, without codes", "404" not in find(d, "main").text and "_" not in find(d, "main").text, find(d, "main p").text)
