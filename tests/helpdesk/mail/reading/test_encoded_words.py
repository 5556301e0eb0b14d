"""RFC 2047, as it is and as it is sent."""

import pytest

from helpdesk.mail.reading import encoded_words

WORDS = [
    ("plain", "plain"),
    ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
    ("=?iso-8859-1?Q?Gr=FC=DFe_an_alle?=", "Grüße an alle"),
    ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    ("Re: =?utf-8?q?a?= =?utf-8?q?b?= c", "Re: ab c"),
    ("=?utf-8?q?a?=\n  =?utf-8?q?b?=", "ab"),
    ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
    ("x=?utf-8?q?a?=y", "xay"),
    ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
    ("=?utf-8?B?R3I=?= =?utf-8?B?w7zDn2U=?=", "Grüße"),
    ("=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ?=", "Grüße"),
    ("=?utf-8?B?R3?= =?utf-8?B?LDvMOfZQ==?=", "Grüße"),
    ("=?utf-8?q?a?= =?iso-8859-1?q?=FC?=", "aü"),
    ("=?utf-8?q?one two?=", "one two"),
    ("=?utf-8?q??=", ""),
    ("=?gb2312?B?xOO6ww==?=", "你好"),
    ("=?unknown?q?abc?=", "abc"),
    ("=?utf-7?q?+ADw-x?=", "+ADw-x"),
    ("=?utf-8?q?never ends", "=?utf-8?q?never ends"),
    ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
    ("=?utf-8?B?****?=", ""),
    ("1 =? 2", "1 =? 2"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_are_decoded(text: str, expected: str) -> None:
    assert encoded_words.decode(text) == expected
