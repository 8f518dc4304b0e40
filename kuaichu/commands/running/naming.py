"""Names of operating-system threads, so that `top -H` and /proc show which role uses the processor."""

from __future__ import annotations

import ctypes

PR_SET_NAME = 15
WEB = "kuaichu-web"
WORK = "kuaichu-work"


def name_thread(name: str) -> None:
    """Name the calling thread (15 bytes count); threads it starts inherit the name. Linux only."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)
    except (AttributeError, OSError):
        return
