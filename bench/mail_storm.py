"""Whether mail survives: `.venv/bin/python -m bench.mail_storm [MAILS] [KILLS] [WIPES] [CRASHES]`.

Starts a desk of its own (PostgreSQL, Valkey, web, two workers, beat, a mail server to take what
it sends) and posts MAILS mails through the webhook, every tenth twice and all of them shuffled.
Meanwhile, at random moments, a random worker is killed by SIGKILL and started anew (KILLS times),
Redis is emptied (WIPES times), and the database crashes (CRASHES times: SIGKILL of one of its
processes, upon which it ends all connections and recovers from its log). When nothing is left to
do, it counts what was lost and what happened twice (security.md R3, R4, R5, R7 and G1). The result
is printed and kept in `bench/results/mail_storm.txt`.
"""

import argparse
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import environ
import psycopg2
import redis

from helpdesk.embedded import processes
from helpdesk.embedded.children import BEAT, WORKER
from helpdesk.embedded.throw_away import (
    throw_away_folder,
    throw_away_postgres,
    throw_away_valkey,
)
from tests.helpdesk.mail.smtp_sink import SmtpSink

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "mail_storm.txt"
SEED = 20261123
WORKERS, POSTERS = 2, 4
BEARER = "storm"
# How long a storm may take, and how long nothing may be finished after it.
STORM_SECONDS, PATIENCE_SECONDS = 4 * 3600, 900
WEB = ("-m", "uvicorn", "helpdesk.asgi:application", "--lifespan", "off", "--log-level", "warning")
PREPARE = """
from datetime import UTC, datetime
from cases.sla.presets import load_policies
from helpdesk.calendars.presets import load_preset
load_preset("anz", by="bench", now=datetime.now(UTC))
load_policies()
"""
# What still has to happen, anywhere.
LEFT = """
SELECT (SELECT count(*) FROM mail_inboundmail WHERE state = 'pending')
     + (SELECT count(*) FROM mail_outboundmail WHERE state IN ('pending', 'sending'))
     + (SELECT count(*) FROM journal_entry WHERE dispatched_at IS NULL)
     + (SELECT count(*) FROM journal_reaction WHERE state = 'pending')
"""
SETTLED = "SELECT count(*) FROM mail_inboundmail WHERE state <> 'pending'"
MESSAGES = "SELECT evidence->>'message_id', case_id FROM thread_message WHERE channel = 'email'"
FATES = "SELECT state, count(*) FROM mail_inboundmail GROUP BY state ORDER BY state"
SENT = "SELECT state, count(*) FROM mail_outboundmail GROUP BY state ORDER BY state"
BALANCE = """
SELECT count(*) FROM mail_inboundtally AS tally WHERE received <> (
    SELECT count(*) FROM mail_inboundmail WHERE (received_at AT TIME ZONE 'UTC')::date = tally.day
)
"""
CONNECTIONS = """
SELECT pid FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND datname = current_database()
ORDER BY pid
"""
INTERRUPTED = """
SELECT (SELECT count(*) FROM mail_inboundmail WHERE attempts > 1)
     + (SELECT count(*) FROM mail_outboundmail WHERE attempts > 1)
"""
TALLY = """
SELECT (SELECT sum(received) FROM mail_inboundtally), count(*), sum(deliveries)
FROM mail_inboundmail
"""


@dataclass
class Desk:
    """A running desk, and its workers to kill."""

    env: dict[str, str]
    log: Path
    sink: SmtpSink
    workers: list[processes.Process] = field(default_factory=list)

    def run(self, *arguments: str) -> processes.Process:
        command = [sys.executable, *arguments]
        return processes.start(command, env=self.env, folder=ROOT, log=self.log)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """The answer of the database, however often it crashes meanwhile."""
        for _ in range(60):
            with contextlib.suppress(psycopg2.OperationalError):
                return self._ask(question)
            time.sleep(1)
        raise TimeoutError("The database does not answer.")

    def _ask(self, question: str) -> list[tuple[object, ...]]:
        place = environ.Env.db_url_config(self.env["DATABASE_URL"])
        connection = psycopg2.connect(
            dbname=place["NAME"], user=place["USER"], host=place["HOST"], port=place["PORT"] or None
        )
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()

    def count(self, question: str) -> int:
        return int(str(self.ask(question)[0][0]))


Blow = Callable[[Desk, random.Random], None]


def main() -> None:
    """Storm, count, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mails", type=int, nargs="?", default=10_000)
    parser.add_argument("kills", type=int, nargs="?", default=50)
    parser.add_argument("wipes", type=int, nargs="?", default=3)
    parser.add_argument("crashes", type=int, nargs="?", default=5)
    asked = parser.parse_args()
    asked_for = {kill_worker: asked.kills, wipe_redis: asked.wipes, crash_database: asked.crashes}
    blows: list[Blow] = [blow for blow, count in asked_for.items() for _ in range(count)]
    with running_desk() as desk:
        report = "\n".join(storm(desk, mails=asked.mails, blows=blows)) + "\n"
    print(report)
    RESULT.write_text(report, encoding="utf-8")


def storm(desk: Desk, *, mails: int, blows: list[Blow]) -> list[str]:
    """Post and strike side by side, wait until all is done; return the lines of the report."""
    chance = random.Random(SEED)
    posts = [(number, 0) for number in range(mails)]
    posts += [(number, 1) for number in range(0, mails, 10)]
    chance.shuffle(posts)
    began = time.monotonic()
    with ThreadPoolExecutor(POSTERS) as posters:
        tries = posters.map(lambda one: post(desk, mail(*one)), posts)
        strike(desk, mails=mails, blows=blows, chance=chance)
        refusals = sum(tries)
    stormed = time.monotonic()
    left = wait_until_done(desk)
    done = time.monotonic()
    return [
        f"{datetime.now(UTC):%d %B %Y}: python -m bench.mail_storm {' '.join(sys.argv[1:])}",
        f"{os.cpu_count()} cores ({os.getloadavg()[1]:.1f} processes waiting for them, all told), "
        f"{WORKERS} workers, seed {SEED}",
        "",
        f"posted                {mails} mails in {len(posts)} deliveries; "
        f"asked to try again {refusals} times",
        f"blows                 {_count(blows)}, within {stormed - began:.0f} s",
        f"throughput            {len(posts) / (done - began):.1f} deliveries a second, "
        "from the first post to the last number mail,",
        f"{'':22}blows and the other work of the machine included",
        f"all done              {done - stormed:.0f} s after the last blow and the last post; "
        f"{left} things left undone",
        *verdict(desk, mails),
    ]


def verdict(desk: Desk, mails: int) -> list[str]:
    """What was lost and what happened twice, judged by what the desk holds and what it sent."""
    expected = {message_id(number) for number in range(mails)}
    rows = [(str(one), case) for one, case in desk.ask(MESSAGES) if one]
    messages = Counter(one for one, _ in rows)
    cases = Counter(one for one, _ in set(rows))
    answers = Counter(
        (str(one["In-Reply-To"]).strip("<>"), str(one["Message-ID"])) for one in desk.sink.mails
    )
    different = Counter(parent for parent, _ in answers)
    received, kept, deliveries = desk.ask(TALLY)[0]
    return [
        f"interrupted           {desk.count(INTERRUPTED)} mails needed more than one attempt",
        f"fates, mails in       {_words(desk, FATES)}",
        f"fates, mails out      {_words(desk, SENT)}",
        f"ledger                {received} counted, {kept} rows, {deliveries} deliveries; "
        f"{desk.count(BALANCE)} days that do not add up",
        "",
        f"lost                  {len(expected - set(messages))}",
        f"in no ledger row      {len(expected - _in_ledger(desk))}",
        f"cased twice           {sum(count > 1 for count in cases.values())}",
        f"message twice         {sum(count > 1 for count in messages.values())}",
        f"without number mail   {len(expected - set(different))}",
        f"two number mails      {sum(count > 1 for count in different.values())} "
        "(with different Message-IDs)",
        f"number mail repeated  {sum(count - 1 for count in answers.values())} "
        "(same Message-ID, killed between the server's 250 and the mark)",
    ]


def strike(desk: Desk, *, mails: int, blows: list[Blow], chance: random.Random) -> None:
    """Let each blow fall, in random order, when a random number of mails is settled.

    From the main thread: the kernel ends a new worker with the thread that started it.
    """
    until = time.monotonic() + STORM_SECONDS
    moments = sorted(chance.sample(range(mails * 95 // 100), len(blows)))
    for moment, blow in zip(moments, chance.sample(blows, len(blows)), strict=True):
        while desk.count(SETTLED) < moment and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(chance.random())
        blow(desk, chance)


def kill_worker(desk: Desk, chance: random.Random) -> None:
    which = chance.randrange(WORKERS)
    desk.workers[which].kill()
    desk.workers[which].wait()
    desk.workers[which] = desk.run(*WORKER)


def wipe_redis(desk: Desk, _chance: random.Random) -> None:
    with redis.Redis.from_url(desk.env["REDIS_URL"]) as broker:
        broker.flushall()


def crash_database(desk: Desk, chance: random.Random) -> None:
    (pid,) = chance.choice(desk.ask(CONNECTIONS))
    os.kill(int(str(pid)), signal.SIGKILL)


def mail(number: int, delivery: int) -> bytes:
    """A mail from an author of its own; every other second delivery came through a mailing list."""
    way = "Received: from a-mailing-list.example\r\n" if delivery and number % 20 else ""
    return (
        f"{way}From: Person {number} <person-{number}@storm.example>\r\n"
        f"To: support@waratah.example\r\nSubject: Trouble {number}\r\n"
        f"Message-ID: <{message_id(number)}>\r\n\r\nThe report number {number} is empty.\r\n"
    ).encode()


def message_id(number: int) -> str:
    return f"storm-{number}@storm.example"


def post(desk: Desk, raw: bytes) -> int:
    """Post until the desk has the mail, as a mail server does; return how often it did not."""
    headers = {"Authorization": f"Bearer {BEARER}", "Content-Type": "message/rfc822"}
    request = urllib.request.Request(f"{desk.env['SITE_URL']}/mail/inbound/raw/", raw, headers)
    for attempt in range(100):
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=60):
            return attempt
        time.sleep(1)
    raise TimeoutError("The desk did not take a mail in a hundred attempts.")


def wait_until_done(desk: Desk) -> int:
    """Wait until nothing is left to do, or nothing is done for too long; return what is left."""
    fewest, until = sys.maxsize, 0.0
    while left := desk.count(LEFT):
        if left < fewest:
            fewest, until = left, time.monotonic() + PATIENCE_SECONDS
        if time.monotonic() > until:
            break
        time.sleep(0.5)
    return left


@contextlib.contextmanager
def running_desk() -> Iterator[Desk]:
    """A desk without people or cases, on servers that end with it."""
    with contextlib.ExitStack() as running:
        folder = running.enter_context(throw_away_folder())
        sink = running.enter_context(SmtpSink())
        port = _free_port()
        env = os.environ | {
            "DATABASE_URL": running.enter_context(throw_away_postgres(is_durable=True)),
            "REDIS_URL": running.enter_context(throw_away_valkey()),
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "EMAIL_URL": f"smtp://{sink.host}:{sink.port}",
            "MAIL_INBOUND_SECRETS": BEARER,
            # The ceiling is for another storm than this.
            "MAIL_ANSWERS_PER_HOUR": "1000000",
        }
        desk = Desk(env, folder / "log", sink)
        for command in (["migrate", "--verbosity=0"], ["shell", "--verbosity=0", "-c", PREPARE]):
            subprocess.run([sys.executable, "manage.py", *command], env=env, cwd=ROOT, check=True)
        web, beat = desk.run(*WEB, "--port", str(port)), desk.run(*BEAT)
        desk.workers = [desk.run(*WORKER) for _ in range(WORKERS)]
        try:
            _wait_until_ready(env["SITE_URL"])
            yield desk
        finally:
            for process in (*desk.workers, beat, web):
                process.kill()
                process.wait()


def _wait_until_ready(url: str) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/readyz", timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError("The web process did not become ready.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _count(blows: list[Blow]) -> str:
    counts = Counter(blow.__name__.replace("_", " ") for blow in blows)
    return ", ".join(f"{count} × {what}" for what, count in counts.items())


def _words(desk: Desk, question: str) -> str:
    return ", ".join(f"{count} {state}" for state, count in desk.ask(question)) or "none"


def _in_ledger(desk: Desk) -> set[str]:
    return {str(one) for (one,) in desk.ask("SELECT message_key FROM mail_inboundmail")}


if __name__ == "__main__":
    main()
