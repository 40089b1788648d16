"""Procedures that the tests of the run page work."""

POWER = """---
runbook: 1
id: power
title: Power loss
revision: 7
roles: {lead: Incident lead, fac: Facilities}
values: {bmc: genset-ctl.site}
---
# Power loss

## 1 Assess
- [ ] Declare the incident (lead, ~2m) <!-- id: declare -->
  - Expect: the time is written down
- [ ] Read the UPS runtime (fac) <!-- id: ups -->
  - Record: ups_runtime = UPS runtime, min, 5 to 240, from the worse panel, runs down
  - Expect: display lit
  - If not: go to [Stop the hosts](#down)
- [ ] Decide: Generator running? (lead) <!-- id: genset -->
  - Yes: go to [Shut down](#shut)
  - No
  - Cannot tell: treat as No

## 2 Start the generator by hand
> [!CAUTION]
> At most three cranks of 10 s.

- [ ] Crank the generator (fac, two-person, ~4m) <!-- id: crank -->
  > [!WARNING]
  > The engine may start by itself.

  Hold START for 10 s. See [the card](https://example.org/card).

  ```sh
  ipmitool -H {{bmc}} sdr get OilPress
  ```
  - Expect: oil pressure at least 2.5 bar
  - If not: go to [Stop the hosts](#down)

## 3 Shut down in order <!-- id: shut -->
- [ ] Stop the hosts (fac) <!-- id: down -->
  - Expect: all hosts off
- [ ] Tell the hospital (lead) <!-- id: tell -->
  - Say: The patient journal is down.
"""

TWO = """# Two

- [ ] Do this
- [ ] Do that
"""


def many(steps: int) -> str:
    """A procedure of so many plain steps."""
    lines = (f"- [ ] Do thing {n} <!-- id: s{n} -->\n" for n in range(steps))
    return "# Many\n\n## All\n" + "".join(lines)
