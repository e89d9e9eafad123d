"""The report in a real browser: Debian's Chromium (apt-get install chromium chromium-driver)."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from example_runs import NASTY_TROUBLES, nasty_records, ordinary_records, write_run

from corpusclean.report import RunPapers, report_page

pytestmark = pytest.mark.engine

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
]
POOR_CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser with a fresh profile, its console and its requests recorded."""
    from selenium import webdriver

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "apt-get install chromium"
    assert driver, "apt-get install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driven = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))
    yield driven
    driven.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    runs = {
        "nasty": write_run(folder / "nasty.run", [*nasty_records(), *NASTY_TROUBLES]),
        "ordinary": write_run(folder / "clean.run", ordinary_records(40)),
        "large": write_run(folder / "large.run", ordinary_records(300), cleaned=100_000, read=100_000),
    }
    for name, run in runs.items():
        (folder / f"{name}.html").write_text(report_page(RunPapers.read(run)), "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in runs}


def opened(browser: Any, address: str, *, dark: bool = False, width: int = 1280) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address)


def find(browser: Any, css: str) -> Any:
    return browser.find_element("css selector", css)


def shown(browser: Any) -> int:
    script = "return [...document.querySelectorAll('.document')].filter((e) => !e.hidden).length"
    return int(browser.execute_script(script))


def settled(browser: Any, expected: str) -> None:
    """Wait for the filter, which waits for the typist."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 5).until(lambda driver: find(driver, "#shown").text == expected)


def keys(browser: Any, *pressed: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*pressed).perform()


def all_open(browser: Any) -> None:
    browser.execute_script("document.querySelectorAll('details').forEach((e) => { e.open = true; })")


@pytest.mark.parametrize("name", ["nasty", "ordinary", "large"])
def test_it_opens_quietly_and_asks_the_network_nothing(browser: Any, pages: dict[str, str], name: str) -> None:
    opened(browser, pages[name])
    all_open(browser)
    assert find(browser, "h1").text == {"ordinary": "clean"}.get(name, name) + ".jsonl"
    assert browser.get_log("browser") == []
    asked = [entry["message"] for entry in browser.get_log("performance") if 'requestWillBeSent"' in entry["message"]]
    assert len(asked) == 1
    assert pages[name] in asked[0]
    seconds = browser.execute_script("return performance.getEntriesByType('navigation')[0].domComplete / 1000")
    assert seconds < 10  # a second or less on a quiet machine


def test_nothing_from_a_run_is_acted_on(browser: Any, pages: dict[str, str]) -> None:
    opened(browser, pages["nasty"])
    all_open(browser)
    for element in browser.find_elements("css selector", "main span"):
        if element.text == "javascript:alert(1)":
            browser.execute_script("arguments[0].click()", element)
    assert browser.title == "nasty.jsonl · corpusclean report"
    assert browser.execute_script("return document.scripts.length") == 1
    assert (
        browser.execute_script("return document.querySelectorAll('img, iframe, object, [onerror], [onclick]').length")
        == 0
    )
    assert "document.title='owned'" in find(browser, "main").text
    assert browser.get_log("browser") == []


def test_even_markup_that_got_through_could_do_nothing(browser: Any, pages: dict[str, str]) -> None:
    """The policy is the second wall: it is tried with a page whose escaping is broken on purpose."""
    asked: list[str] = []

    class Outside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Outside) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/x"
        broken = Path(pages["nasty"].removeprefix("file://")).with_name("broken.html")
        whole = Path(pages["nasty"].removeprefix("file://")).read_text("utf-8")
        inserted = (
            f"<main><script>document.title='owned'</script><img src='{address}' onerror=\"document.title='owned'\">"
        )
        broken.write_text(whole.replace("<main", inserted + "<main", 1), "utf-8")
        opened(browser, broken.as_uri())
        assert browser.title == "nasty.jsonl · corpusclean report"
        assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))
        server.shutdown()
    assert asked == []


def clear(browser: Any) -> None:
    """Click the button that clears the filter, once the page that just became shorter has been laid out."""
    browser.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))")
    find(browser, "#filter button[type=reset]").click()
    settled(browser, "40 shown")


def test_the_filter_finds_by_text_rule_script_and_encoding(browser: Any, pages: dict[str, str]) -> None:
    opened(browser, pages["ordinary"])
    assert shown(browser) == 40
    find(browser, "#f-text").send_keys("QUICK fox")
    settled(browser, "10 of 40 shown")
    assert shown(browser) == 10
    clear(browser)
    for field, value, count in (("rule", "repair/annotation", 10), ("script", "hant", 10), ("encoding", "gb18030", 10)):
        browser.execute_script(
            "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
            "e.dispatchEvent(new Event('input', {bubbles: true}))",
            f"f-{field}",
            value,
        )
        settled(browser, f"{count} of 40 shown")
        clear(browser)
    find(browser, "#f-text").send_keys("nothing has this")
    settled(browser, "0 of 40 shown")


def test_every_step_can_be_taken_by_keyboard(browser: Any, pages: dict[str, str]) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(browser, pages["ordinary"])
    keys(browser, Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the report"
    keys(browser, Keys.TAB, Keys.ENTER)
    assert browser.execute_script("return document.documentElement.dataset.theme") == "dark"
    keys(browser, "/")
    assert browser.switch_to.active_element.get_attribute("id") == "f-text"
    keys(browser, "fox")
    settled(browser, "10 of 40 shown")
    keys(browser, Keys.ESCAPE)
    settled(browser, "40 shown")
    for _ in range(5):  # rule, script, encoding, Clear, the first document
        keys(browser, Keys.TAB)
    keys(browser, Keys.ENTER)
    assert find(browser, ".document").get_attribute("open") == "true"
    summary = find(browser, ".rules summary")
    browser.execute_script("arguments[0].focus()", summary)
    keys(browser, Keys.ENTER, Keys.TAB, Keys.ENTER)  # open the rule, go to its button, press it
    assert browser.switch_to.active_element.get_attribute("id") == "f-rule"
    assert "of 40 shown" in find(browser, "#shown").text


def test_text_can_be_selected(browser: Any, pages: dict[str, str]) -> None:
    opened(browser, pages["ordinary"])
    all_open(browser)
    marked = "const r = document.createRange(); r.selectNodeContents(arguments[0]); const s = getSelection();"
    marked += "s.removeAllRanges(); s.addRange(r); return s.toString()"
    assert "天气" in browser.execute_script(marked, find(browser, ".document pre"))
    style = "return getComputedStyle(arguments[0]).userSelect"
    assert {browser.execute_script(style, element) for element in browser.find_elements("css selector", "td, pre")} == {
        "auto"
    }


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_can_be_read(browser: Any, pages: dict[str, str], width: int, dark: bool) -> None:
    """No sideways scrolling, enough contrast, a label on every control, landmarks, headings in order."""
    for name in ("ordinary", "nasty"):
        opened(browser, pages[name], dark=dark, width=width)
        all_open(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert browser.execute_script(POOR_CONTRAST) == []
        background = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") is not dark
    unnamed = """return [...document.querySelectorAll('input, select, button, [role=img], nav, [role=search]')]
        .filter((e) => !(e.getAttribute('aria-label') || e.closest('label') || e.textContent.trim())).length"""
    assert browser.execute_script(unnamed) == 0
    assert len(browser.find_elements("css selector", "main")) == 1
    levels = browser.execute_script("return [...document.querySelectorAll('h1,h2,h3,h4')].map((e) => +e.tagName[1])")
    assert levels[0] == 1
    assert all(later - before <= 2 for before, later in pairwise(levels))


def test_the_theme_can_be_changed(browser: Any, pages: dict[str, str]) -> None:
    opened(browser, pages["ordinary"], dark=True)
    button = find(browser, "#theme")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
