"""Raw mails for tests, made of the lines that matter."""

from helpdesk.mail.reading import ReadMail, read

ENVELOPE = ("From: Carla <carla@acme.example>", "To: support@desk.example", "Subject: Printer")


def raw(*fields: str, body: str | bytes = "Hello.", envelope: bool = True) -> bytes:
    """A mail with the usual envelope, more header fields, and a body."""
    head = "\n".join([*(ENVELOPE if envelope else ()), *fields])
    return head.encode() + b"\n\n" + (body.encode() if isinstance(body, str) else body)


def read_mail(*fields: str, body: str | bytes = "Hello.", envelope: bool = True) -> ReadMail:
    """Such a mail, read."""
    return read(raw(*fields, body=body, envelope=envelope))


def reply_in(body: str, *, subject: str = "Re: Printer") -> str:
    """What the reader takes for the reply in a plain text."""
    mail = f"From: carla@acme.example\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8"
    return read(f"{mail}\n\n{body}".encode()).reply_text


def reply_in_html(body: str) -> str:
    """What the reader takes for the reply in HTML."""
    return read_mail("Content-Type: text/html; charset=utf-8", body=body).reply_text


def multipart(subtype: str, *parts: str, boundary: str = "next") -> bytes:
    """A multipart mail; each part is its header, a blank line and its body."""
    lines = [f"--{boundary}\n{part}\n" for part in parts]
    body = "".join(lines) + f"--{boundary}--\n"
    return raw(f'Content-Type: multipart/{subtype}; boundary="{boundary}"', body=body)
