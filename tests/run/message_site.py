"""A small site with people to call, for the tests of declaring and telling."""

SITE = """
    [site]
    name = "Here"

    [comms]
    no_answer = "3 min"
    line = "00 00 70 09"

    [roles.lead]
    name = "Incident lead"
    succession = ["ANN", "BOB", "CIA", "DAN"]

    [roles.fac]
    name = "Facilities"
    succession = ["FAC"]

    [contacts.ANN]
    name = "Ann Ask"
    last_verified = 2026-10-01
    channels = [
        { kind = "mobile", number = "00 00 11 01", hospital_network = false },
        { kind = "desk telephone", number = "00 00 11 02", hospital_network = true },
    ]
    [contacts.BOB]
    name = "Bob Birk"
    last_verified = 2026-10-01
    channels = [{ kind = "mobile", number = "00 00 12 01" }]
    [contacts.CIA]
    name = "Cia Carl"
    channels = [{ kind = "mobile", number = "00 00 13 01" }]
    [contacts.DAN]
    name = "Dan Dahl"
    channels = [{ kind = "radio", number = "channel 4" }]
    [contacts.FAC]
    name = "Fia Fog"
    channels = [{ kind = "pager", number = "77" }]

    [[regulatory]]
    name = "owner"
    label = "Word to the owner"
    hours = 2
    from = "declared"
"""

TEXT = """
    ---
    roles: {lead: Incident lead, fac: Facilities}
    ---
    # Loss
    ## Declare
    - [ ] Look at the clock (lead) <!-- id: look -->
      - Record: time_aware = Time you became aware, time, from the wall
      - Record: time_declared = Time of the declaration, time, from the wall
    - [ ] Tell: the hospital (lead, read-back) <!-- id: tell -->
      - Say: "We have a fault. Please repeat."
    - [ ] Go home (lead) <!-- id: home -->
"""
