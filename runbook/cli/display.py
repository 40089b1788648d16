"""Whether a display answers, asked before Qt is started on it.

Qt ends with a core dump when the display that is named does not answer, as after `ssh` into a
machine or in a `tmux` that outlived its desktop.
"""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Mapping
from pathlib import Path

SECONDS = 3.0
X_PORT = 6000


def trouble(environment: Mapping[str, str]) -> str:
    """What stands against a window, in a sentence; empty when nothing does."""
    if environment.get("QT_QPA_PLATFORM"):
        return ""
    named = {name: environment.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY")}
    if not any(named.values()):
        return "There is no display here, so no window can open."
    if wayland_answers(environment) or x_answers(named["DISPLAY"]):
        return ""
    tried = ", ".join(f"{name}={value}" for name, value in named.items() if value)
    return f"The display does not answer ({tried}), so no window can open."


def wayland_answers(environment: Mapping[str, str]) -> bool:
    """Whether somebody listens on the Wayland socket that is named."""
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return bool(name) and answers(socket.AF_UNIX, str(Path(folder) / name))


def x_answers(display: str) -> bool:
    """Whether somebody listens on the X display that is named: `:0`, `localhost:10.0`."""
    parts = re.fullmatch(r"(?:.*/)?(.*):(\d+)(?:\.\d+)?", display)
    if parts is None:
        return False
    host, number = parts[1], int(parts[2])
    if host not in ("", "unix"):
        return answers(socket.AF_INET, (host, X_PORT + number))
    local = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where every X server listens
    return answers(socket.AF_UNIX, local) or answers(socket.AF_UNIX, f"\0{local}")


def answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    """Whether a connection to an address is taken."""
    with socket.socket(family) as asking, contextlib.suppress(OSError):
        asking.settimeout(SECONDS)
        asking.connect(address)
        return True
    return False
