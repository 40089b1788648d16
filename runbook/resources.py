"""The files that come with the program, found alike in a checkout and in an installed wheel."""

from pathlib import Path

from runbook.folders import shipped_folder


def resource_folder() -> Path:
    """The folder of icons, fonts, themes, translations, help pages and report styles."""
    return shipped_folder() / "resources"


def resource(name: str) -> Path:
    """The path of one shipped file or folder, such as `fonts/Inter-Regular.ttf`."""
    path = resource_folder() / name
    if not path.exists():
        raise FileNotFoundError(
            f"Runbook's own file {path} is missing. Your runs are safe; install Runbook again."
        )
    return path


def shipped_procedures() -> Path:
    """The folder of the procedures and the example site that come with the program."""
    return shipped_folder() / "runbooks"
