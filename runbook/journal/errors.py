"""What can keep a journal from being opened or continued, each as a sentence to act on."""

from __future__ import annotations


class JournalError(Exception):
    """A journal cannot be used as asked. The message says what is safe and what to do."""


class JournalBusyError(JournalError):
    """Another program holds this journal."""


class NewerJournalError(JournalError):
    """The journal was written by a newer program: it can be read, not continued."""


class UnsafeError(JournalError):
    """Recording here could lose entries, so the program refuses to begin."""


class UnsuitableFolderError(JournalError):
    """The folder cannot hold a journal safely: network, synced or not writable."""


class DamagedJournalError(JournalError):
    """A part that has no second copy is missing or broken; nothing was changed."""


class ForeignDatabaseError(JournalError):
    """The file called journal.db is a database of something else."""


def not_recorded(problem: str) -> str:
    """The sentence for an act that no copy took."""
    why = problem.rstrip(".")
    return (
        f"NOT RECORDED: write it on paper, with the time. {why[:1].upper()}{why[1:]}."
        " Everything recorded before is safe. Free the disk or mend the folder, then try again."
    )


def one_copy(problem: str) -> str:
    """The sentence for an act that only one copy took."""
    if not problem:
        return ""
    return (
        f"Recorded, one copy: {problem.rstrip('.')}. What is recorded is safe on the other copy."
        " Start Runbook again when the work allows: it completes both."
    )
