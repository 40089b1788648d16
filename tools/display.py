"""Says, before a window is tried, whether a display answers; run by `make run`."""

import os
import sys

from runbook.cli.display import trouble

ADVICE = """\
Everything is installed. To walk a procedure in this terminal, with the same rules and journal:
    .venv/bin/runbook walk FILE
    .venv/bin/runbook walk runbooks/mains-loss.md
To get a display, one of:
    run `make run` in a terminal of a desktop session
    ssh -X HOST, then `make run`
    xvfb-run make run        (an invisible one: sudo apt-get install xvfb xauth)"""


def main() -> int:
    """End with 1, and what to do, when no window can open; Windows and Macs always have one."""
    if sys.platform in ("win32", "darwin"):
        return 0
    said = trouble(os.environ)
    if said:
        print(said, ADVICE, sep="\n", file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
