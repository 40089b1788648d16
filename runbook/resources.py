"""Where the shipped files are: at the top of a checkout, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_data"


def _home() -> Path:
    """The folder that holds `resources` and `runbooks`; only a built wheel has the bundled one."""
    return _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def resource_folder() -> Path:
    """The folder of icons, fonts, themes, translations, help pages and report styles."""
    return _home() / "resources"


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
    return _home() / "runbooks"
