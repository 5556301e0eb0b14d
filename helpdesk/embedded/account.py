"""Who runs PostgreSQL: it refuses root, so root hands it to an account without rights."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from helpdesk.embedded.failures import CannotStart

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user of the system, by number."""

    uid: int
    gid: int


def account_for(folder: Path) -> Account | None:
    """Return who must run the server whose data lie in `folder`; None: whoever we are.

    A folder that exists keeps its owner, so that a start by root finds what it left.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return Account(folder.stat().st_uid, folder.stat().st_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL does not run as root, and this system has neither an account `postgres` nor "
        "`nobody` to run it. Start Waratah as an ordinary user."
    )


def hand_over(folder: Path, *, account: Account | None) -> None:
    """Give the (still empty) `folder` to `account`, closed to everybody else."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def become(account: Account) -> None:
    """Turn this process, between fork and exec, into one of `account`; there is no way back."""
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
