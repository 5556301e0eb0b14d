"""A small IMAP4rev1 server with one mailbox, IDLE, MOVE and XOAUTH2, to fetch real mail from."""

import base64
import socketserver
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

CAPABILITIES = "IMAP4rev1 IDLE MOVE UIDPLUS AUTH=XOAUTH2 SASL-IR"


@dataclass
class Stored:
    """One message of the mailbox."""

    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer:
    """`put` a message in, look at `messages` (by UID) and `moved` afterwards."""

    def __init__(self) -> None:
        self.messages: dict[int, Stored] = {}
        self.moved: list[bytes] = []
        self.sign_ins: list[str] = []
        self.has_idle = True
        self.changed = threading.Condition()
        outer = self

        class Line(_Line):
            mailbox = outer

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def put(self, raw: bytes) -> None:
        with self.changed:
            self.messages[len(self.messages) + len(self.moved) + 1] = Stored(raw)
            self.changed.notify_all()


class _Line(socketserver.StreamRequestHandler):
    """One connection: reads commands, answers them."""

    mailbox: ImapServer
    told = 0

    def handle(self) -> None:
        self.say("* OK ready")
        while command := self.rfile.readline():
            tag, _, rest = command.decode().strip().partition(" ")
            name, _, words = rest.partition(" ")
            if name.upper() == "UID":
                name, _, words = words.partition(" ")
            answer = getattr(self, f"do_{name.lower()}", None)
            result = answer(words) if answer else "BAD unknown"
            self.say(f"{tag} {result} completed")
            if name.upper() == "LOGOUT":
                return

    def say(self, line: str, literal: bytes | None = None) -> None:
        if literal is None:
            self.wfile.write(line.encode() + b"\r\n")
        else:
            self.wfile.write(line.encode() + b" {%d}\r\n" % len(literal) + literal + b")\r\n")

    def do_capability(self, words: str) -> str:
        known = CAPABILITIES if self.mailbox.has_idle else CAPABILITIES.replace(" IDLE", "")
        self.say(f"* CAPABILITY {known}")
        return "OK"

    def do_login(self, words: str) -> str:
        self.mailbox.sign_ins.append(words)
        return "OK" if "wrong" not in words else "NO [AUTHENTICATIONFAILED] no"

    def do_authenticate(self, words: str) -> str:
        self.say("+ ")
        self.mailbox.sign_ins.append(base64.b64decode(self.rfile.readline()).decode())
        return "OK"

    def do_select(self, words: str) -> str:
        self.say(f"* {len(self.mailbox.messages)} EXISTS")
        self.say("* OK [UIDVALIDITY 77] valid")
        return "OK [READ-WRITE]"

    def do_search(self, words: str) -> str:
        self.told = len(self.mailbox.messages)
        wanted = [
            str(uid)
            for uid, message in self.mailbox.messages.items()
            if words != "UNSEEN" or "\\Seen" not in message.flags
        ]
        self.say(" ".join(["* SEARCH", *wanted]))
        return "OK"

    def do_fetch(self, words: str) -> str:
        uid, _, parts = words.partition(" ")
        raw = self.mailbox.messages[int(uid)].raw
        if "RFC822.SIZE" in parts:
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})")
        elif "HEADER" in parts:
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            self.say(f"* 1 FETCH (UID {uid} BODY[HEADER]", head)
        else:
            self.say(f"* 1 FETCH (UID {uid} BODY[]", raw)
        return "OK"

    def do_store(self, words: str) -> str:
        uid, _, flags = words.split(" ", 2)
        self.mailbox.messages[int(uid)].flags.update(flags.strip("()").split())
        return "OK"

    def do_move(self, words: str) -> str:
        uid = int(words.split(" ")[0])
        self.mailbox.moved.append(self.mailbox.messages.pop(uid).raw)
        return "OK"

    def do_idle(self, words: str) -> str:
        self.say("+ idling")
        with self.mailbox.changed:
            self.mailbox.changed.wait_for(self._has_news, timeout=20)
        self.say(f"* {len(self.mailbox.messages)} EXISTS")
        self.rfile.readline()
        return "OK"

    def _has_news(self) -> bool:
        """As real servers do, tell of what came since the client last looked."""
        return len(self.mailbox.messages) != self.told

    def do_logout(self, words: str) -> str:
        self.say("* BYE")
        return "OK"
