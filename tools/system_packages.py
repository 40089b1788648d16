"""Finds the system libraries that Qt lacks on Linux, and installs or names their packages.

Run by `make` with the Python of `.venv`: `system_packages.py offscreen` for the tests,
`system_packages.py window` for the window. Ends with 1, and a sentence, when something is missing.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

OFFSCREEN = ("QtWidgets.abi3.so", "QtSvg.abi3.so", "Qt/plugins/platforms/libqoffscreen.so")
X11 = ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/xcbglintegrations/*.so")
WAYLAND = ("Qt/plugins/platforms/libqwayland.so", "Qt/plugins/wayland-shell-integration/*.so")

# Debian's and Ubuntu's names; read from the NEEDED entries of every library in the patterns above.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def main(arguments: list[str]) -> int:
    """Check for what was asked, install when that is allowed, else say what to do."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return 0
    patterns = wanted(window=arguments == ["window"])
    lacking = missing(patterns)
    if lacking and install(packages_of(lacking)):
        lacking = missing(patterns)
    if lacking:
        print(advice(lacking), file=sys.stderr)
    return 1 if lacking else 0


def wanted(*, window: bool) -> list[str]:
    """The libraries to look at: a window needs those of the display that is there."""
    patterns = list(OFFSCREEN)
    if window and os.environ.get("DISPLAY"):
        patterns += X11
    if window and os.environ.get("WAYLAND_DISPLAY"):
        patterns += WAYLAND
    return patterns


def missing(patterns: Iterable[str]) -> list[str]:
    """The names of the shared libraries that the loader does not find."""
    files = [file for pattern in patterns for file in sorted(qt_folder().glob(pattern))]
    told = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout  # noqa: S603, S607 - ldd on our own files
    found = re.findall(r"^\s*(\S+) => not found", told, re.MULTILINE)
    return sorted({name for name in found if not name.startswith("libQt6")})


def qt_folder() -> Path:
    """The folder PySide6 is installed in, found without loading Qt."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("PySide6 is not installed in this environment. Run `make run` or `make test`.")
    return Path(spec.submodule_search_locations[0])


def packages_of(libraries: Iterable[str]) -> list[str]:
    """The Debian packages that hold these libraries, as far as they are known."""
    return sorted({PACKAGES[name] for name in libraries if name in PACKAGES})


def install(packages: list[str]) -> bool:
    """Install with apt when it is there and no password is needed; say whether it was tried."""
    prefix = privilege()
    if not packages or prefix is None or shutil.which("apt-get") is None:
        return False
    print(f"Installing what Qt needs from the system: {' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    choice = ["install", "-y", "--no-install-recommends", *packages]
    if subprocess.run([*apt, *choice], check=False).returncode != 0:  # noqa: S603 - names from the table above
        subprocess.run([*apt, "update"], check=False)  # noqa: S603 - as above
        subprocess.run([*apt, *choice], check=False)  # noqa: S603 - as above
    return True


def privilege() -> list[str] | None:
    """What to put before a command to run it as root; None when that needs a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)  # noqa: S603 - asks only whether sudo wants a password
    return [sudo, "-n"] if asked.returncode == 0 else None


def advice(libraries: list[str]) -> str:
    """What is missing and what to type, in two sentences."""
    packages = packages_of(libraries)
    lines = [f"Qt cannot start: this machine lacks {', '.join(libraries)}."]
    if packages:
        lines.append(f"Install them: sudo apt-get install {' '.join(packages)}")
    lines.append("Without a window, walk a procedure here: .venv/bin/runbook walk FILE")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
