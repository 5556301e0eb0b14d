"""The browser of the browser tests: the distribution's own Chromium."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APPLICATION = "/Applications/Chromium.app/Contents/MacOS/Chromium"
INSTALL = (
    ("apt-get", "update", "--quiet"),
    ("apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium"),
)


class NoChromium(Exception):
    """There is no Chromium, and we may not install one; the message says what to do."""


def path() -> str:
    """Return where Chromium is; `CHROMIUM` in the environment names another one.

    Raises NoChromium.
    """
    for name in (os.environ.get("CHROMIUM", ""), *NAMES, APPLICATION):
        if found := shutil.which(name):
            return found
    raise NoChromium(
        "The browser tests need Chromium. Install it with your system's packages (Debian: "
        "apt-get install chromium), or name yours: CHROMIUM=/path/to/chromium ./waratah test"
    )


def ensure() -> str:
    """Return where Chromium is; install it from the distribution when root and apt-get allow it.

    Raises NoChromium.
    """
    try:
        return path()
    except NoChromium:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise
    print("Installing Chromium for the browser tests ...", flush=True)
    for command in INSTALL:
        done = subprocess.run(
            command,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise NoChromium(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}")
    return path()
