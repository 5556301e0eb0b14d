"""Characters that no text of ours may hold."""

from helpdesk.markup.characters import harmless, in_one_line


def test_what_databases_refuse_becomes_a_replacement_character() -> None:
    assert harmless("a\x00b\udc80c\uffff") == "a\ufffdb\ufffdc\ufffd"


def test_control_characters_vanish_but_tabs_and_line_ends() -> None:
    assert harmless("a\x07\tb\r\nc\x9b") == "a\tb\r\nc"


def test_one_line_has_no_breaks_and_nothing_invisible() -> None:
    assert in_one_line(" a\r\nBcc: b\u202e\u2028c\u200b ") == "a Bcc: bc"
