#!/bin/sh
# Ends with 1, and a sentence, when there is no display to open a window on.
case "$(uname -s)" in
    Linux | *BSD) ;;
    *) exit 0 ;;
esac
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ -n "${QT_QPA_PLATFORM:-}" ]; then
    exit 0
fi
cat >&2 <<'END'
There is no display here, so no window can open. Everything is installed.

To walk a procedure in this terminal (same rules, same journal):
    .venv/bin/runbook walk FILE
    .venv/bin/runbook walk runbooks/mains-loss.md

To get a display, one of:
    run `make run` in a terminal of a desktop session
    ssh -X HOST, then `make run`
    xvfb-run make run        (an invisible one: sudo apt-get install xvfb xauth)
END
exit 1
