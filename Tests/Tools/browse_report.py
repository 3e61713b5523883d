"""Opens a report in Chromium, uses it as a reader would, and prints what happened as JSON.

usage: browse_report.py CHROMIUM REPORT.html SCREENSHOTS
       browse_report.py CHROMIUM REPORT.html SCREENSHOTS look

With `look` it only opens every part and turns pages, whatever the report shows.

It speaks the DevTools protocol over a pair of pipes, so that it needs Python alone.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 60


class Browser:
    """A Chromium without a window."""

    def __init__(self, program, profile):
        to_read, self.to_write = os.pipe()
        self.to_hear, to_say = os.pipe()

        # The protocol wants the descriptors 3 and 4.
        def place_pipes():
            first = os.dup(to_read)
            second = os.dup(to_say)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=place_pipes)
        os.close(to_read)
        os.close(to_say)
        os.set_blocking(self.to_hear, False)
        self.heard = b""
        self.count = 0
        self.session = None
        self.events = []

    def message(self, deadline):
        """The next message of the browser."""
        while b"\0" not in self.heard:
            if time.monotonic() > deadline:
                raise TimeoutError("the browser does not answer")
            if self.process.poll() is not None:
                raise RuntimeError(f"the browser ended with {self.process.returncode}")
            try:
                self.heard += os.read(self.to_hear, 1 << 20)
            except BlockingIOError:
                time.sleep(0.01)
        text, self.heard = self.heard.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        """Calls a method and returns its result; keeps the events that come before it."""
        self.count += 1
        request = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.to_write, data):]
        deadline = time.monotonic() + PATIENCE_S
        while True:
            answer = self.message(deadline)
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer.get("result", {})
            self.events.append(answer)

    def open_tab(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def value(self, expression):
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def show(self, address, width, scheme="light", medium="screen"):
        """Opens a page in a window of a width."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=medium, features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        self.events.append({"method": "own.start"})
        self.call("Page.navigate", url=address)
        deadline = time.monotonic() + PATIENCE_S
        while not self.is_loaded():
            self.events.append(self.message(deadline))

    def is_loaded(self):
        names = [event.get("method") for event in self.events]
        start = len(names) - 1 - names[::-1].index("own.start")
        return "Page.loadEventFired" in names[start:]

    def find(self, expression):
        """A place in the window; scrolling to it has ended then."""
        place = self.value(expression)
        self.call("Runtime.evaluate", awaitPromise=True, expression=FRAMES)
        return place

    def move(self, place):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=place[0], y=place[1])

    def click(self, place):
        self.move(place)
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1],
                      button="left", clickCount=1)

    def picture(self, path, height=None):
        whole = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": whole["width"],
                "height": min(height or 6000, whole["height"]), "scale": 1}
        answer = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(answer["data"]))

    def complaints(self):
        """Errors and warnings of the console and of scripts."""
        found = []
        for event in self.events:
            parameters = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append(parameters["exceptionDetails"]["text"])
            if event.get("method") == "Log.entryAdded":
                found.append(parameters["entry"]["text"])
            if event.get("method") == "Runtime.consoleAPICalled":
                found.append(f"console.{parameters['type']}")
        return found

    def requests(self):
        """The addresses that pages have asked for."""
        return [event["params"]["request"]["url"] for event in self.events
                if event.get("method") == "Network.requestWillBeSent"]


FRAMES = """
new Promise(function (done) {
  requestAnimationFrame(function () { requestAnimationFrame(done); });
})
"""
# Where a place of a path with numbers is in the window, after scrolling to it.
PLACE = """
(function (selector, index) {
  var path = document.querySelectorAll(selector)[0];
  path.closest('figure').scrollIntoView({block: 'center'});
  var stroke = path.getAttribute('d').match(/M[^M]*/g)[index];
  var numbers = stroke.slice(1).split(/[,h]/).map(Number), matrix = path.getScreenCTM();
  return [(numbers[0] + numbers[2] / 2) * matrix.a + matrix.e, numbers[1] * matrix.d + matrix.f];
})(%s, %d)
"""
MIDDLE = """
(function (selector, index) {
  var element = document.querySelectorAll(selector)[index];
  element.scrollIntoView({block: 'center'});
  var box = element.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})(%s, %d)
"""
TIP = "document.querySelector('.tip').hidden ? '' : document.querySelector('.tip').textContent"
ORDER = """
Array.from(document.querySelector('table.sortable').tBodies[0].rows)
  .map(function (row) { return row.cells[0].textContent; }).join(' ')
"""
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
OPEN_ALL = "document.querySelectorAll('details').forEach(function (e) { e.open = true; })"


def use(browser, address, folder):
    """What a reader with a mouse finds."""
    browser.show(address, 1280)
    found = {"title": browser.value("document.title")}
    browser.move(browser.find(PLACE % ("'.dots[data-values]'", 3)))
    found["dot"] = browser.value(TIP)
    browser.picture(folder / "light.png")
    mark = browser.find(MIDDLE % ("'svg a path'", 0))
    browser.move(mark)
    found["mark"] = browser.value(TIP)
    found["lit"] = browser.value("document.querySelectorAll('a.lit').length")
    browser.click(mark)
    found["hash"] = browser.value("location.hash")
    found["opened"] = browser.value(
        "document.querySelector(location.hash).closest('details').open")
    # The caption of a piece of work lies on it and must not hide it.
    place = browser.find(PLACE % ("'details[open] .work path[stroke-width=\"20\"]'", 0))
    browser.move(place)
    found["work"] = browser.value(TIP)
    found["dimmed"] = browser.value("document.querySelectorAll('svg.dim .work.lit').length")
    browser.picture(folder / "work.png")
    found["orders"] = [browser.value(ORDER)]
    for _ in range(2):
        browser.click(browser.find(MIDDLE % ("'table.sortable th button'", 0)))
        found["orders"].append(browser.value(ORDER))
    return found


def read(browser, address, folder, found):
    """What a reader finds at night, on a phone, on paper, and without scripts."""
    browser.show(address, 1280, scheme="dark")
    browser.value(OPEN_ALL)
    browser.picture(folder / "dark.png")
    browser.show(address, 360)
    browser.value(OPEN_ALL)
    found["phone"] = browser.value(WIDTHS)
    browser.picture(folder / "phone.png")
    browser.show(address, 800, scheme="dark", medium="print")
    found["paper"] = browser.value("getComputedStyle(document.body).backgroundColor")
    browser.picture(folder / "print.png")
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.show("about:blank", 1280)
    browser.show(address + "#point-2", 1280)
    browser.picture(folder / "plain.png")


def look(browser, address, folder):
    """What any report must bear: all of it open, by day and by night, and on a phone."""
    browser.show(address, 1280)
    found = {"title": browser.value("document.title")}
    browser.value(OPEN_ALL)
    browser.picture(folder / "light.png")
    browser.show(address, 1280, scheme="dark")
    browser.picture(folder / "dark.png")
    browser.show(address, 360)
    browser.value(OPEN_ALL)
    found["phone"] = browser.value(WIDTHS)
    browser.picture(folder / "phone.png")
    found["figures"] = browser.value("document.querySelectorAll('figure svg').length")
    return found


def main():
    program, page, folder = sys.argv[1:4]
    only_looks = sys.argv[4:] == ["look"]
    address = pathlib.Path(page).resolve().as_uri()
    folder = pathlib.Path(folder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            browser.open_tab()
            if only_looks:
                found = look(browser, address, folder)
            else:
                found = use(browser, address, folder)
                read(browser, address, folder, found)
            found["complaints"] = browser.complaints()
            found["requests"] = sorted(set(browser.requests()))
        finally:
            browser.process.terminate()
            browser.process.wait()
    print(json.dumps(found))


main()
