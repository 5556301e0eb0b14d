"""Who runs PostgreSQL: it refuses root, so root hands it to an account without rights."""

import ctypes
import os
import pwd
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from helpdesk.embedded.failures import CannotStart

CANDIDATES = ("postgres", "nobody")

PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP = 28, 1 << 2
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """A user of the system, by number; `passes` folders on its way that are closed to it."""

    uid: int
    gid: int
    passes: bool = False


def account_for(folder: Path, *, reading: Path) -> Account | None:
    """Return who must run the server whose data lie in `folder`; None: whoever we are.

    A folder that exists keeps its owner, so that a start by root finds what it left. Where the
    account could not get through to `folder` or to the programs in `reading`, because root keeps
    the project in a folder of its own, it is let through: no folder's mode is changed.
    Raises CannotStart when the system has no account for it.
    """
    if os.geteuid() != 0:
        return None
    uid, gid = _owner(folder) if folder.exists() else _unprivileged()
    closed = not all(_lets_through(uid, gid, path=path) for path in (folder, reading))
    if closed and sys.platform != "linux":
        raise CannotStart(
            f"PostgreSQL does not run as root, and another account cannot reach {folder}. "
            "Start Waratah as an ordinary user."
        )
    return Account(uid, gid, passes=closed)


def hand_over(folder: Path, *, account: Account | None) -> None:
    """Make `folder` unless it exists, owned by `account` and closed to everybody else.

    Raises CannotStart when somebody else made it first.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in ours:
        raise CannotStart(
            f"PostgreSQL needs the folder {folder}, which belongs to somebody else. "
            "Nothing was changed. Move it away, or start Waratah as its owner."
        )
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def become(account: Account) -> None:
    """Turn this process, between fork and exec, into one of `account`; there is no way back."""
    if account.passes:
        # Else the capability would be lost here, and not count when PostgreSQL asks access(2).
        LIBC.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
    if account.passes:
        _keep_passing()


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilitySets(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def _keep_passing() -> None:
    """Keep, of all that root may, only reading and searching folders, across the exec too."""
    only = 1 << CAP_DAC_READ_SEARCH
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    sets = (_CapabilitySets * 2)(_CapabilitySets(only, only, only), _CapabilitySets())
    LIBC.capset(ctypes.byref(header), ctypes.byref(sets))
    LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_READ_SEARCH, 0, 0)


def _owner(folder: Path) -> tuple[int, int]:
    entry = folder.stat()
    return entry.st_uid, entry.st_gid


def _unprivileged() -> tuple[int, int]:
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise CannotStart(
        "PostgreSQL does not run as root, and this system has neither an account `postgres` nor "
        "`nobody` to run it. Start Waratah as an ordinary user."
    )


def _lets_through(uid: int, gid: int, *, path: Path) -> bool:
    """Tell whether every folder above `path` lets the account in."""
    for folder in path.absolute().parents:
        entry = folder.stat()
        if entry.st_uid == uid:
            needed = stat.S_IXUSR
        elif entry.st_gid == gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not entry.st_mode & needed:
            return False
    return True
