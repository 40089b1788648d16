"""The language of the program, and a pretended one that makes every text longer."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from runbook.resources import resource_folder

VARIABLE = "RUNBOOK_LANG"
_ACCENTS = str.maketrans("aeiounycAEIOU", "åéîöüñýçÅÉÎÖÜ")


class PseudoTranslator(QTranslator):
    """Turns every translatable text into a longer one with accents, `{names}` kept.

    What stays plain English on the screen was not made translatable; what is cut off will be
    cut off in another language too.
    """

    def translate(
        self,
        context: str,
        text: str,
        disambiguation: str | None = None,  # noqa: ARG002 - Qt's signature
        n: int = -1,  # noqa: ARG002
    ) -> str:
        """The pretended translation; Qt's own texts, such as names of keys, stay."""
        if context.startswith("Q"):
            return ""
        return f"[{_accented(text)}{' ~' * (len(text) // 6 + 1)}]"

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """It always has something to say."""
        return False


def _accented(text: str) -> str:
    """A text with accents outside of its braces."""
    parts = text.split("{")
    done = [parts[0].translate(_ACCENTS)]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        done.append("{" + name + brace + rest.translate(_ACCENTS))
    return "".join(done)


def native_name(language: str) -> str:
    """What a language calls itself; its two letters when the system does not know."""
    name = QLocale(language).nativeLanguageName() if language != "en" else "English"
    return name.capitalize() or language


def next_language(now: str, known: tuple[str, ...]) -> str:
    """The language after the one of now, round and round."""
    place = known.index(now) if now in known else -1
    return known[(place + 1) % len(known)]


def install_language(app: QCoreApplication, chosen: str, owner: QObject) -> str:
    """Let the program speak a language, by default the system's; what was found of it."""
    language = os.environ.get(VARIABLE, "") or chosen or QLocale.system().name()[:2]
    made = _translator(language, owner)
    if made is None:
        return "en"
    app.installTranslator(made)
    return language


def _translator(language: str, owner: QObject) -> QTranslator | None:
    if language == "pseudo":
        return PseudoTranslator(owner)
    made = QTranslator(owner)
    folder = resource_folder() / "translations"
    return made if made.load(f"runbook_{language}.qm", str(folder)) else None
