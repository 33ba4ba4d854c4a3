"""Chromium without a window, driven by the chromedriver that Debian brings with it. Nothing is ever downloaded."""

import base64
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from urllib3.exceptions import HTTPError

MISSING = "Chromium is not here. On Debian or Ubuntu: apt install chromium chromium-driver"
CHROMIUM = ("chromium", "chromium-browser")
PAGE_SECONDS = 30
PICTURE_SCREENS = 3  # a picture ends there: a long list goes on alike

# The sandbox needs rights that a container has not; what is opened here is our own. Nothing but this machine is asked.
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-extensions", "--no-proxy-server", "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--lang=en-GB", "--accept-lang=en-GB,en",
]  # fmt: skip


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    is_phone: bool = False

    @property
    def name(self) -> str:
        return "phone" if self.is_phone else "desk"

    @property
    def metrics(self) -> dict[str, Any]:
        return {"width": self.width, "height": self.height, "mobile": self.is_phone,
                "deviceScaleFactor": 2 if self.is_phone else 1}  # fmt: skip


SCREENS = (Screen(1280, 900), Screen(390, 844, is_phone=True))


def programs() -> tuple[str, str]:
    """Chromium and its driver. Ends the program with a word about what to install where they are not."""
    chromium, driver = next(filter(None, map(shutil.which, CHROMIUM)), None), shutil.which("chromedriver")
    if chromium is None or driver is None:
        sys.exit(MISSING)
    return chromium, driver


class Browser:
    """One person's browser: a new profile, so nobody knows it yet. To be used by `with`."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.profile = tempfile.mkdtemp(prefix="frontdesk-browser-")
        chromium, driver = programs()
        # A session of its own: a Ctrl-C reaches us only, and we stop things in order.
        self.service = Service(driver, popen_kw={"start_new_session": True})
        try:
            self.driver = webdriver.Chrome(_options(screen, chromium, self.profile), self.service)
            self.driver.set_page_load_timeout(PAGE_SECONDS)
            self.driver.set_script_timeout(PAGE_SECONDS)
            # A window has a frame and bars; a page is as large as its screen says.
            self.devtools("Emulation.setDeviceMetricsOverride", **screen.metrics)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the driver and whatever it has started, also when it does not listen any more."""
        started = self._processes()
        with suppress(AttributeError, WebDriverException, HTTPError, OSError):
            self.driver.quit()
        with suppress(AttributeError, OSError):
            self.service.stop()
        _end(started)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _processes(self) -> list[psutil.Process]:
        if getattr(self.service, "process", None) is None:
            return []
        try:
            driver = psutil.Process(self.service.process.pid)
            return [driver, *driver.children(recursive=True)]
        except psutil.Error:
            return []

    def devtools(self, command: str, **parameters: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, parameters)

    def script(self, text: str, *arguments: Any) -> Any:
        return self.driver.execute_script(text, *arguments)

    def complaints(self) -> list[str]:
        """What the console has said since it was last asked and that is an error."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def picture(self, file: Path) -> None:
        """Of the whole page, also of what lies below the screen, as on a screen that is high enough for it."""
        height = self.script("return document.documentElement.scrollHeight")
        height = min(max(height, self.screen.height), PICTURE_SCREENS * self.screen.height)
        if height > self.screen.height:
            self.devtools("Emulation.setDeviceMetricsOverride", **self.screen.metrics | {"height": height})
            time.sleep(0.2)  # until all has moved to where it belongs
        taken = self.devtools("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(taken["data"]))
        self.devtools("Emulation.setDeviceMetricsOverride", **self.screen.metrics)


def _options(screen: Screen, chromium: str, profile: str) -> webdriver.ChromeOptions:
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in [*FLAGS, f"--user-data-dir={profile}", f"--window-size={screen.width},{screen.height}"]:
        options.add_argument(flag)
    if screen.is_phone:
        metrics = {"width": screen.width, "height": screen.height, "pixelRatio": 2.0, "touch": True, "mobile": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


def _end(processes: list[psutil.Process]) -> None:
    for process in psutil.wait_procs(processes, timeout=3)[1]:
        with suppress(psutil.Error):
            process.kill()
