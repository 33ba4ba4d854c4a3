"""`python -m tests.pictures [--only WORD]`: see `tests.pictures`. The pictures are kept in .frontdesk/pictures."""

import argparse
import signal
import sys
import time
from types import FrameType
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException

from tests.pictures import PICTURES, ROOT, Trouble, looking, pages
from tests.pictures.browser import SCREENS, Browser, Screen, programs
from tests.pictures.installation import Installation
from tests.pictures.known import KNOWN
from tests.pictures.pages import Page

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Look at what people see.")
    parser.add_argument("--only", default="", metavar="WORD", help="pages whose name has this word in it")
    given = parser.parse_args()
    programs()
    for number in SIGNALS:
        signal.signal(number, _interrupted)
    started = time.monotonic()
    try:
        seen = look_at_all(given.only)
    except KeyboardInterrupt:
        print("Stopped.")
        return 130
    except Trouble as error:
        print(f"Nothing more can be looked at. {error}")
        return 1
    return conclusion(seen, round(time.monotonic() - started))


def _interrupted(number: int, frame: FrameType | None) -> None:
    """Heard once: what was started is ended in order, and an impatient second Ctrl-C does not break into that."""
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


def look_at_all(only: str) -> dict[str, list[str]]:
    """Visit everything on every screen. The faults that were found, by picture."""
    seen: dict[str, list[str]] = {}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        if only in old.name:
            old.unlink()
    say("Starting the demo.")
    with Installation() as installation:
        installation.run("load_preset", "tattoo", "--with-history")
        found = installation.json("addresses")
        for screen in SCREENS:
            look_on(screen, installation, found, only, seen)
        say("Stopping the demo.")
    return seen


def look_on(
    screen: Screen, installation: Installation, found: dict[str, str], only: str, seen: dict[str, list[str]]
) -> None:
    """Visit everything on one screen: as a customer and a manager, then as staff, then as who runs the installation."""
    try:
        with Browser(screen) as browser:
            visit = Visit(browser, installation.url, only, seen)
            visit.all([*pages.of_customers(found), *pages.of_managers(found), pages.login()])
            pages.log_in(browser, installation.url, "owner", installation.password)
            visit.all(pages.of_owner(found))
            pages.log_in(browser, installation.url, "admin", installation.password)
            visit.all(pages.of_installation())
    except WebDriverException as error:
        last = next(reversed(seen), "the start")
        raise Trouble(f"The browser gives up after {last}: {(error.msg or 'no word').splitlines()[0]}") from error


class Visit:
    """One person with one browser, going from page to page."""

    def __init__(self, browser: Browser, url: str, only: str, seen: dict[str, list[str]]) -> None:
        self.browser, self.url, self.only, self.seen = browser, url, only, seen

    def all(self, wanted: list[Page]) -> None:
        for page in wanted:
            if self.only in page.name:
                self._one(page)

    def _one(self, page: Page) -> None:
        name = f"{page.name}-{self.browser.screen.width}"
        self.browser.complaints()  # those of the page before
        self.browser.driver.get(self.url + page.path)
        looking.settle(self.browser)
        found = self._act(page)
        found += looking.faults(self.browser, path=urlsplit(page.path).path, says=page.says)
        self.browser.picture(PICTURES / f"{name}.png")
        self.seen[name] = tell(page, name, found)

    def _act(self, page: Page) -> list[str]:
        """Do there what the page is known for; what does not come of it is a fault of the page."""
        if page.act is None:
            return []
        try:
            page.act(self.browser)
        except Trouble as trouble:
            return [str(trouble)]
        finally:
            looking.settle(self.browser)
        return []


def tell(page: Page, name: str, found: list[str]) -> list[str]:
    """Print one line for a picture, and one for each fault. Returns the faults."""
    new = unknown(page.name, found)
    say(f"{name:32} {'BAD' if new else 'bad, as is known' if found else 'good'}")
    for fault in found:
        say(f"    {fault}")
    return found


def unknown(page: str, found: list[str]) -> list[str]:
    return [fault for fault in found if not any(words in fault for words in KNOWN.get(page, ()))]


def mended(seen: dict[str, list[str]]) -> list[str]:
    """What stands on the list of known faults and was not found on any picture of its page."""
    by_page: dict[str, list[str]] = {}
    for name, found in seen.items():
        by_page.setdefault(name.rpartition("-")[0], []).extend(found)
    return [
        f"{page}: {words}"
        for page, known in KNOWN.items()
        for words in known
        if page in by_page and not any(words in fault for fault in by_page[page])
    ]


def conclusion(seen: dict[str, list[str]], seconds: int) -> int:
    """Print the closing line. Returns the exit code."""
    bad = [name for name, found in seen.items() if unknown(name.rpartition("-")[0], found)]
    outdated = mended(seen)
    for fault in outdated:
        say(f"This is mended, or cannot be seen any more: take it off tests/pictures/known.py. {fault}")
    verdict = f"Bad: {', '.join(bad)}." if bad else "Nothing new is wrong with any of them."
    if not seen:
        verdict = "No page has such a name."
    elif outdated and not bad:
        verdict = "Only the list of known faults is wrong."
    say(f"{len(seen)} pictures are in {PICTURES.relative_to(ROOT)}, after {seconds} s. {verdict}")
    return 1 if bad or outdated or not seen else 0


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
