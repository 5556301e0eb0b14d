"""Content-Type and Content-Disposition."""

import pytest

from helpdesk.mail.reading import parameters

FIELDS = [
    ("text/plain", "text/plain", {}),
    ("Text/PLAIN; Charset=UTF-8", "text/plain", {"charset": "UTF-8"}),
    ('text/plain; charset="utf-8"; name="a; b.txt"', "text/plain",
     {"charset": "utf-8", "name": "a; b.txt"}),
    ("text/plain; charset = utf-8 ; format= flowed", "text/plain",
     {"charset": "utf-8", "format": "flowed"}),
    ("attachment; filename=my file.pdf", "attachment", {"filename": "my file.pdf"}),
    ('attachment; filename="C:\\docs\\a.pdf"', "attachment", {"filename": "C:\\docs\\a.pdf"}),
    ('attachment; filename="a \\"b\\".pdf"', "attachment", {"filename": 'a "b".pdf'}),
    ('attachment; filename="no end.pdf', "attachment", {"filename": "no end.pdf"}),
    ("attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "attachment", {"filename": "Grüße.pdf"}),
    ("attachment; filename*0=one; filename*1=two.pdf", "attachment", {"filename": "onetwo.pdf"}),
    ("attachment; filename*1=two.pdf; filename*0=one", "attachment", {"filename": "onetwo.pdf"}),
    ("attachment; filename*0*=utf-8''Gr%C3%BC; filename*1=sse.pdf", "attachment",
     {"filename": "Grüsse.pdf"}),
    ("attachment; filename*0*=utf-8''%C3; filename*1*=%BC.pdf", "attachment",
     {"filename": "ü.pdf"}),
    ("attachment; filename=old.pdf; filename*=utf-8''new.pdf", "attachment",
     {"filename": "new.pdf"}),
    ('attachment; filename="=?utf-8?q?Gr=C3=BC=C3=9Fe.pdf?="', "attachment",
     {"filename": "Grüße.pdf"}),
    ('attachment; filename*0="=?utf-8?q?Gr=C3"; filename*1="=BC.pdf?="', "attachment",
     {"filename": "Grü.pdf"}),
    ("attachment; filename=first.pdf; filename=second.pdf", "attachment",
     {"filename": "first.pdf"}),
    ("multipart/mixed; boundary=----=_Part_1.2", "multipart/mixed",
     {"boundary": "----=_Part_1.2"}),
    ("text/plain (a comment); charset=utf-8", "text/plain", {"charset": "utf-8"}),
    ("text/plain charset=utf-8", "text/plain", {"charset": "utf-8"}),
    (";;;", "", {}),
    ("", "", {}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "given"), FIELDS)
def test_field_is_read(field: str, value: str, given: dict[str, str]) -> None:
    assert parameters.parse(field) == (value, given)
