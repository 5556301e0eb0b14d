"""How many real mails the reader gets right: `.venv/bin/python bench/mail_corpus.py DIR`.

DIR is the outside collection (`expect.jsonl`, `cases/`, `run.py`); it is no part of this
project. Its own `run.py` judges what `manage.py parse_mail` says. The score per kind, and what a
mail costs to read, are printed and kept in `bench/results/mail_corpus.txt`.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from helpdesk.mail.reading import MailUnreadable, read

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "mail_corpus.txt"
SIZES = ((1_000, 3_000), (3_000, 10_000), (30_000, 70_000))
ROUNDS = 5


def main() -> None:
    """Judge, measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", type=Path)
    collection = parser.parse_args().collection
    report = "\n".join([*scores(collection), "", *costs(collection / "cases"), ""])
    print(report)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report, encoding="utf-8")


def scores(collection: Path) -> list[str]:
    """The lines of the judge from "by kind" on."""
    command = f"{sys.executable} manage.py parse_mail"
    judged = subprocess.run(
        [sys.executable, str(collection / "run.py"), str(collection), "--cmd", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = judged.stdout.strip().splitlines()
    start = lines.index("by kind") if "by kind" in lines else 0
    return [line for line in lines[start:] if not line.endswith(" mails")]


def costs(cases: Path) -> list[str]:
    """Processor time a mail, by size."""
    mails = [path.read_bytes() for path in sorted(cases.glob("*.eml"))]
    lines = ["milliseconds of processor time a mail (best of five rounds)"]
    for least, most in SIZES:
        chosen = [mail for mail in mails if least <= len(mail) < most]
        size = sum(map(len, chosen)) / len(chosen) / 1_000
        best = min(_seconds(chosen) for _ in range(ROUNDS)) / len(chosen)
        lines.append(f"  {size:5.1f} kB on average ({len(chosen):3} mails) {best * 1_000:6.2f}")
    return lines


def _seconds(mails: list[bytes]) -> float:
    began = time.process_time()
    for mail in mails:
        try:
            read(mail)
        except MailUnreadable:
            continue
    return time.process_time() - began


if __name__ == "__main__":
    main()
