"""The lines of a thread as pages show them: what is shown and nothing more, so that a page can
remember how it drew them."""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Channel
from cases.thread.models import Message
from cases.thread.reading import Thread
from cases.wording import sentence_for_ours


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a message; `size` in bytes."""

    name: str
    size: int
    public_id: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message; `kind` is that of the component: client, agent or internal.

    `came_from` is the number of the case on which it was written, where that was merged.
    """

    pk: int
    author_label: str
    kind: str
    at: datetime
    channel: str
    text: str
    quoted_text: str
    has_html: bool
    files: tuple[ShownFile, ...]
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One line: a message, or the icon and words of something that happened."""

    at: datetime
    message: ShownMessage | None = None
    icon: str = ""
    sentence: str = ""


def lines_of(thread: Thread, *, for_ours: bool = False) -> list[ThreadLine]:
    """The lines of a thread that was read with `thread_of`, in its order.

    `for_ours` names states as our own people do: “Waiting for client”, not “Waiting for you”.
    """
    lines = []
    for moment in thread.moments:
        if moment.message is not None:
            lines.append(ThreadLine(moment.at, _shown(moment.message)))
        elif moment.entry is not None:
            entry = moment.entry
            sentence = sentence_for_ours(entry) if for_ours else entry.sentence
            lines.append(ThreadLine(moment.at, None, entry.declared.icon, sentence))
    return lines


def _shown(message: Message) -> ShownMessage:
    return ShownMessage(
        pk=message.pk,
        author_label=message.author_label,
        kind=_kind_of(message),
        at=message.at,
        channel=str(Channel(message.channel).label),
        text=message.text,
        quoted_text=message.quoted_text,
        has_html=vars(message)["has_html"],
        files=tuple(
            ShownFile(held.file.filename, held.file.size, str(held.file.public_id))
            for held in message.files.all()
        ),
        came_from=str(message.evidence.get("came_from", "")),
    )


def _kind_of(message: Message) -> str:
    if not message.is_public:
        return "internal"
    return "agent" if message.is_ours else "client"
