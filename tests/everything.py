"""`./waratah test`: every check there is, the tests last, one line of sums at the end.

With arguments it is pytest alone, which gets them: `./waratah test -k mailroom`.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import chromium

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest")


@dataclass(frozen=True)
class Check:
    """A command that must succeed."""

    name: str
    command: tuple[str | Path, ...]


CHECKS = (
    Check("style", (BIN / "ruff", "check", ".")),
    Check("format", (BIN / "ruff", "format", "--check", ".")),
    Check("types", (BIN / "mypy", ".")),
    Check("layers", (BIN / "lint-imports",)),
    Check("templates", (BIN / "djlint", "--quiet", "--lint", "templates")),
    Check("launcher", ("sh", "-n", "waratah")),
    Check(
        "migrations",
        (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
    ),
    Check(
        "deployment",
        (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    ),
)


def main(arguments: list[str]) -> int:
    """Run all of it, or pytest alone with `arguments`; return the exit code."""
    if arguments:
        os.execv(sys.executable, [*PYTEST, *arguments])  # noqa: S606
    began = time.monotonic()
    failed = [check.name for check in CHECKS if not _passes(check)]
    with tempfile.TemporaryDirectory(prefix="waratah-tests-") as reports:
        browser = Path(reports) / "browser.xml"
        suite = Path(reports) / "suite.xml"
        if not _browser_tests_pass(browser):
            failed.append("browser tests")
        if not _run("tests", (*PYTEST, "-n", "auto", "--ignore=tests/browser"), report=suite):
            failed.append("tests")
        counts = _counts(browser) + _counts(suite)
    if failed:
        print(f"\nFailed: {', '.join(failed)}. The first to look at: {failed[0]}.")
    print(_closing_line(counts, seconds=time.monotonic() - began))
    return 1 if failed else 0


def _passes(check: Check) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=PROJECT,
        env=_as_deployed() if check.name == "deployment" else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{check.name:12} {verdict:6} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout, flush=True)
    return done.returncode == 0


def _as_deployed() -> dict[str, str]:
    return os.environ | {
        "SITE_URL": "https://help.example.org",
        "ALLOWED_HOSTS": "help.example.org",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SECURE_SSL_REDIRECT": "true",
    }


def _browser_tests_pass(report: Path) -> bool:
    """One after the other: a browser on a busy machine fails by its time-outs."""
    try:
        os.environ["CHROMIUM"] = chromium.ensure()
    except chromium.NoChromium as reason:
        print(reason, flush=True)
        return False
    return _run("browser tests", (*PYTEST, "tests/browser"), report=report)


def _run(name: str, command: tuple[str, ...], *, report: Path) -> bool:
    print(f"\n{name}:", flush=True)
    process = subprocess.Popen(
        (*command, "--quiet", f"--junitxml={report}"), cwd=PROJECT, stdin=subprocess.DEVNULL
    )
    try:
        return process.wait() == 0
    except KeyboardInterrupt:
        # It heard Ctrl-C too, and has servers to stop.
        process.wait()
        raise


def _counts(report: Path) -> Counter[str]:
    """Read what pytest counted; nothing when it did not come to its end."""
    if not report.exists():
        return Counter()
    suite = ElementTree.parse(report).find("testsuite")  # noqa: S314
    if suite is None:
        return Counter()
    not_passed = Counter(
        failed=int(suite.get("failures", 0)),
        errors=int(suite.get("errors", 0)),
        skipped=int(suite.get("skipped", 0)),
    )
    return not_passed + Counter(passed=int(suite.get("tests", 0)) - not_passed.total())


def _closing_line(counts: Counter[str], *, seconds: float) -> str:
    """Sum up both runs as pytest sums up one."""
    words = [f"{counts[word]} {word}" for word in ("failed", "passed", "skipped", "errors")]
    said = [word for word in words if not word.startswith("0 ")] or ["no tests ran"]
    return f"{', '.join(said)} in {seconds:.2f}s"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped before the end.")
