"""What is kept with a message that came by chat: it decides which mails follow from it."""

from typing import Any

from cases.correspondence import LIVE, VOUCHED


def evidence_of(*, is_live: bool, is_vouched: bool) -> dict[str, Any]:
    """`is_live`: read in the chat, so it is mailed with the transcript and not by itself.

    `is_vouched`: a page vouched for its writer; otherwise the name and address are claims.
    """
    return {LIVE: is_live, VOUCHED: is_vouched}
