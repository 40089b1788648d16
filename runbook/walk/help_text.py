"""All commands of the terminal on one page."""

from __future__ import annotations

HELP = """\
The step in hand
  done [WHAT DIFFERS]         confirm what the step expects; with words: done with deviation
  fail WHAT YOU SAW           the expected result is not there
  retry                       try a failed step again
  alternative                 go where "If not" of a failed step leads
  skip WHY                    leave the step undone, on purpose
  defer TARGET WHY            put it off to a later step, a place or a time ("in quotes")
  na WHY                      the step does not apply here
  ack                         the warnings before the step have been read
  choose N [BASIS]            decide; at a hold point 1 is Go, 2 is No-go
    at a hold point: choose 1 by NAME, or by phone NAME, for who decides; behind it
    although: WHY (a criterion is open), override: WHY [authority: NAME] (in their place)
  ask                         ask for the go at a hold point; the deputy's time counts
  type TEXT                   what the target shows; without it: done untyped: WHY
  verify [STEP] NAME [TEXT]   a second person confirms it (separately TEXT, together TEXT,
                              by phone WHAT WAS READ BACK)
  reject [STEP] NAME TEXT     a second person saw something else
  unverified [STEP] WHY       the owner accepts it without a second person
  choose N at STEP because WHY   change a decision taken earlier
  read NAME VALUE [because WHY]  record a reading; WHY keeps an implausible value
  @HH:MM behind done, read or note: when it was really done
Time
  wait                        begin the wait; done confirms it when it is over
  await WHAT until HH:MM      the step waits for somebody (or: until 20 min)
  answer WHAT CAME            take it back in hand
  arm                         begin a watch; the next step comes up
  check STEP [NAME VALUE]     you have looked at a watch (or: check STEP WORDS)
  trigger STEP [N]            condition N of a watch is true; go where it leads
  end STEP WHAT YOU SAW       the watch is over
  missed STEP                 go where "If missed" of an overdue step leads
  again [NAME VALUE]          a repeated step was done once more
  timers                      everything that is waited for or due
Other steps
  take STEP                   take a step on out of its turn; because WHY behind a hold or wait
  lane [N or ROLE]            turn to another lane's current step; lanes lists them
  back STEP [WHY]             open a settled step again, as a new attempt
The record
  note TEXT                   write down anything (note call: …, note observation: …)
  correct ENTRY NEW because WHY  mend an entry; the earlier words stay readable
  withdraw ENTRY WHY          say that a reading or note should not stand
  journal                     the last entries with their numbers
The run
  pause [until HH:MM] WHY, resume
  abort WHY                   give up the goal and work the way back
  finish SAFE STATE           end an aborting run
  settle STEP OWNER WHY       who owns a step that stays open when the run ends
  complete                    the run has reached its end
  close SECOND PERSON         lock the run after review (or: close because WHY); behind it
                              override: WHY although a clock of the law is not decided
Clocks
  clocks                      what runs out when, what must begin by when, and the end
  clocks NAME                 how one of them is worked out
  forecast                    when every step is expected
  disagree NAME TIME because WHY   set a time of your own (12 min, 18:40, none)
Declaring and telling
  declare [aware HH:MM] [level X] [by WHO] [for 4h] WHAT IS MET   an incident; again
                              with because WHY to change it; declared HH:MM if not now
  assume 6h [NOTE]            how long it is assumed to last by now, or: assume unknown
  relief WHO [@HH:MM]         who takes over from those at work
  contacts [ROLE or NAME]     whom to call, in order, and on which channels
  called WHO CHANNEL OUTCOME [read-back] [TEXT]   log a call; WHO may be a role: then
                              the next in order. OUTCOME: answered, voicemail,
                              no-answer, wrong-number
  clock                       what the law asks for, and until when
  clock NAME sent [@HH:MM] REFERENCE
  clock NAME not-required [by WHO] REASON
  report-draft                a situation report from the journal
  sent TO                     it went out as drafted; sent TO: TEXT for other words
People
  iam INITIALS                another person sits at the keyboard; asks for the PIN if one is set
  roles                       who answers for what, and who is next in line
  role KEY INITIALS [because WHY]   who answers for a role from now on; - for nobody
  handover [INITIALS]         the sheet for whoever takes over; with initials: begin to hand over
  right ANSWER, wrong ANSWER  what the incoming person said to the question, as you judge it
  accept INITIALS [because WHY]     the incoming person owns the run; with open questions: why
  cancel handover [WHY]       the owner stays who he is
  takeover WHY                own the run without its owner, who cannot be reached
  Only the owner pauses, aborts, completes, closes. In his place add behind it: instead: WHY
  Who does not own the run skips with somebody's authority: skip WHY authority: NAME
Other runs
  call [N] [because WHY]      begin what the step, or option N, calls; go there
  call join RUN, call join new   take the open run of that procedure, or begin a second one
  return [STEP] [WHY]         the called run has ended: confirm the step; WHY if not well
  goon WHY                    do not wait for the called run
  paper [N] WHY               work what it calls from paper
  leave [N] [because WHY]     go on in the other procedure for good; this run ends here
  leave PROCEDURE because WHY    the same, from any step, when this is the wrong one
  runs, goto RUN              the open runs; go to one by its id or number
  pin TEXT, pins, unpin N WHY notes that stay in sight in all runs of the incident
  redeem RUN STEP WHAT        a step that another run put off to this one is done
Looking
  step (show), status, lanes, briefing, help, quit
quit and the end of input leave the run open; nothing is lost.
A line that begins with "saved" is on disk. "NOT RECORDED" means: write it on paper."""
