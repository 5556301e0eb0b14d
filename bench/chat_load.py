"""Chat under load: `.venv/bin/python bench/on_a_desk.py bench/chat_load.py [POPUPS] [SECONDS]`.

Connects POPUPS pop-ups (2,000) to a real server, 200 of them in a conversation, each of which
says something every five seconds, and ten inboxes that watch all of it. Measures from the moment
a client's message is sent to the moment an inbox has it, which is after it is durable; beside it,
bare and in the same run, a hop through Redis and a durable insert, before and after the load.
Counts what was lost, doubled or out of order. The server and this script share the machine.
"""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import psycopg2
import websockets
from redis.asyncio import Redis
from websockets.typing import Origin

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from chat.actions.handing_over import accept  # noqa: E402
from chat.actions.saying import Saying  # noqa: E402
from chat.actions.starting import Beginning, start  # noqa: E402
from chat.identity.visiting import Opened, open_anonymous  # noqa: E402
from chat.models import Conversation, Line, Site  # noqa: E402
from helpdesk.people.models import Person, Role  # noqa: E402

CONVERSATIONS, INBOXES = 200, 10
EVERY_SECONDS = 5.0
BARE_TRIES = 500
SEED = 20261123
TIMES = 3


@dataclass
class Load:
    """What was sent and what arrived; times are of one clock."""

    sent: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    times_seen: Counter[str] = field(default_factory=Counter)
    out_of_order: int = 0
    last: dict[int, int] = field(default_factory=dict)

    def hear(self, news: dict[str, Any]) -> None:
        now = time.perf_counter()
        for line in news["lines"]:
            text, conversation = line["text"], news["conversation"]
            if text in self.sent:
                self.seen.setdefault(text, now)
                self.times_seen[text] += 1
            self.out_of_order += line["number"] <= self.last.get(conversation, 0)
            self.last[conversation] = line["number"]


def main(popups: int = 2000, seconds: int = 60) -> int:
    random.seed(SEED)
    talks, opened = prepare(popups)
    agents = {talk.agent_id: cookie_of(talk.agent) for talk in talks if talk.agent}
    connection.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", "helpdesk.asgi:application", "--lifespan", "off"]
    command += ["--port", str(port), "--log-level", "warning", "--no-access-log"]
    server = subprocess.Popen(command, env=os.environ | {"SITE_URL": url})
    try:
        wait_until_up(url)
        before = asyncio.run(bare())
        load = asyncio.run(run(url, talks, opened, agents, seconds=seconds))
        memory = rss_kb(server.pid)
        after = asyncio.run(bare())
    finally:
        server.terminate()
        server.wait()
    return report(load, before, after, popups=popups, seconds=seconds, memory=memory)


def prepare(popups: int) -> tuple[list[Conversation], list[Opened]]:
    """Visits for all pop-ups, conversations for some, ten agents who have twenty chats each."""
    site, now = Site.objects.get(key="help-center"), timezone.now()
    agents = [
        Person.objects.create_user(f"agent{n}", f"agent{n}@desk.example", role=Role.AGENT)
        for n in range(INBOXES)
    ]
    opened = [
        open_anonymous(site, name=f"Guest {n}", email=f"guest{n}@home.example", at=now)
        for n in range(popups)
    ]
    talks = []
    for number, one in enumerate(opened[:CONVERSATIONS]):
        first = Saying(text="Hello.", client_id=f"first-{number:08d}")
        talk = start(one.visit, Beginning(saying=first, is_live=True))
        talks.append(accept(talk, by=agents[number % INBOXES]))
    return talks, opened


def cookie_of(agent: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(agent.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


async def run(
    url: str,
    talks: list[Conversation],
    opened: list[Opened],
    agents: dict[int | None, str],
    *,
    seconds: int,
) -> Load:
    load, address = Load(), url.replace("http", "ws")
    inboxes = [
        await inbox(address, url, cookie, [one.pk for one in talks if one.agent_id == pk])
        for pk, cookie in agents.items()
    ]
    gate = asyncio.Semaphore(50)
    lines = await asyncio.gather(*(popup(address, url, one.secret, gate) for one in opened))
    for talk, line in zip(talks, lines, strict=False):
        await line.send(json.dumps({"watch": talk.key, "after": 2}))
    listening = [asyncio.create_task(listen(line, load)) for line in inboxes]
    idle = [asyncio.create_task(drain(line)) for line in lines]
    await asyncio.sleep(3)
    until = time.perf_counter() + seconds
    pairs = zip(talks, lines, strict=False)
    await asyncio.gather(*(talk_on(line, talk, load, until) for talk, line in pairs))
    await asyncio.sleep(5)
    for task in (*listening, *idle):
        task.cancel()
    await asyncio.gather(*(line.close() for line in (*inboxes, *lines)))
    return load


async def inbox(address: str, origin: str, cookie: str, watched: list[int]) -> Any:
    headers = {"Cookie": cookie}
    line = await websockets.connect(
        f"{address}/console/chat/socket/", origin=Origin(origin), additional_headers=headers
    )
    await line.recv()
    for pk in watched:
        await line.send(json.dumps({"watch": pk, "after": 0}))
    return line


async def popup(address: str, origin: str, secret: str, gate: asyncio.Semaphore) -> Any:
    async with gate:
        line = await websockets.connect(
            f"{address}/chat/socket/", origin=Origin(origin), open_timeout=120, ping_interval=None
        )
        await line.send(json.dumps({"hello": secret}))
        await asyncio.wait_for(line.recv(), 120)
        return line


async def talk_on(line: Any, talk: Conversation, load: Load, until: float) -> None:
    await asyncio.sleep(random.random() * EVERY_SECONDS)
    number = 0
    while time.perf_counter() < until:
        number += 1
        text = f"{talk.pk}-{number}"
        load.sent[text] = time.perf_counter()
        said = {"conversation": talk.key, "id": f"line-{text:0>8}", "text": text}
        await line.send(json.dumps({"say": said}))
        await asyncio.sleep(EVERY_SECONDS * (0.5 + random.random()))


async def listen(line: Any, load: Load) -> None:
    async for text in line:
        content = json.loads(text)
        if "news" in content:
            load.hear(content["news"])


async def drain(line: Any) -> None:
    async for _ in line:
        pass


async def bare() -> tuple[list[float], list[float]]:
    """Seconds of a hop through Redis, and of a durable insert of one row; nothing else around."""
    redis = Redis.from_url(os.environ["REDIS_URL"])
    hops = []
    async with redis.pubsub() as listener:
        await listener.subscribe("bench")
        await listener.get_message(timeout=5)
        for _ in range(BARE_TRIES):
            began = time.perf_counter()
            await redis.publish("bench", b"x" * 60)
            await listener.get_message(ignore_subscribe_messages=True, timeout=5)
            hops.append(time.perf_counter() - began)
            await asyncio.sleep(0.005)
    await redis.aclose()
    return hops, await asyncio.to_thread(bare_inserts)


def bare_inserts() -> list[float]:
    found = []
    place = connection.get_connection_params()
    with psycopg2.connect(**place) as database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (id bigserial primary key, t text)")
        database.commit()
        for _ in range(BARE_TRIES):
            began = time.perf_counter()
            cursor.execute("INSERT INTO bench_bare (t) VALUES (%s)", ["a line of a chat"])
            database.commit()
            found.append(time.perf_counter() - began)
            time.sleep(0.005)
    return found


def report(
    load: Load,
    before: tuple[list[float], list[float]],
    after: tuple[list[float], list[float]],
    *,
    popups: int,
    seconds: int,
    memory: int,
) -> int:
    took = sorted(load.seen[text] - load.sent[text] for text in load.seen)
    hop, insert = p95(before[0] + after[0]), p95(before[1] + after[1])
    lost = len(load.sent) - len(load.seen)
    stored = Line.objects.filter(text__in=list(load.sent)).count()
    doubled = sum(times > 1 for times in load.times_seen.values()) + max(0, stored - len(load.sent))
    share = p95(took) / (hop + insert)
    print(f"chat_load: {popups} pop-ups, {CONVERSATIONS} in talk, {INBOXES} inboxes, {seconds} s")
    print(
        f"cores {os.cpu_count()}, load average {' '.join(f'{one:.1f}' for one in os.getloadavg())}"
    )
    print(f"messages sent {len(load.sent)} ({len(load.sent) / seconds:.0f}/s), stored {stored}")
    print(f"lost {lost}, doubled {doubled}, out of order {load.out_of_order}")
    print(f"sent, stored and seen: p50 {ms(took[len(took) // 2])}, p95 {ms(p95(took))}")
    print(f"bare, p95: hop {ms(hop)}, durable insert {ms(insert)}, sum {ms(hop + insert)}")
    print(f"p95 is {share:.2f} times that sum (bar: {TIMES})")
    print(
        f"memory of the server {memory // 1024} MB, {memory / popups:.0f} kB a pop-up with Django's"
    )
    return 0 if lost == doubled == load.out_of_order == 0 else 1


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def rss_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def wait_until_up(url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The server did not come up.")


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
