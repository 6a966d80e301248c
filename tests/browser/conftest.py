"""The pages in a real browser, opened from disk as an evaluator does: headless Chromium, no server, no network.

Needs the Debian packages `chromium` and `chromium-driver` (installed here where the tests run as root on Debian) and
the Python package `selenium`; skipped by name elsewhere.
"""

import os
import shutil
import subprocess

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,1600",
    "--force-prefers-reduced-motion",
)  # fmt: skip


def _browser() -> tuple[str, str]:
    names = ("chromium", "chromedriver")
    if not all(map(shutil.which, names)) and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600}
        subprocess.run(["apt-get", "update"], check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "chromium-driver"], check=False, **quiet
        )
    found = [shutil.which(name) for name in names]
    if not all(found):
        pytest.skip("chromium and chromium-driver are not installed")
    return str(found[0]), str(found[1])


@pytest.fixture(scope="module", params=["script", "no script"])
def browser(request, tmp_path_factory):
    """A browser with and one without JavaScript; `complaints()` tells what went wrong since the last time."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="the Python package selenium is not installed")
    chromium, chromedriver = _browser()
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if request.param == "no script":
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    driver.scripted = request.param == "script"
    driver.complaints = lambda: [e["message"] for e in driver.get_log("browser") if e["level"] == "SEVERE"]
    yield driver
    driver.quit()
