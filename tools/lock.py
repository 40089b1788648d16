"""Writes the lock files under `requirements/` from `pyproject.toml`; run by `make lock`.

The pins are made with the oldest supported Python, so that they hold what any newer one needs;
what Windows alone needs has a file of its own, because pip-compile leaves out other systems.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
OLDEST = (3, 11)
HEADER = "# Made by `make lock` from pyproject.toml. Do not edit.\n"
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
]


def wishes() -> dict[str, list[str]]:
    """What each lock file is made for, in the order they are made."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    return {
        "run": project["project"]["dependencies"],
        "build": project["build-system"]["requires"],
        "test": groups["test"],
        "windows": groups["windows"],
        "lock": groups["lock"],
    }


def compile_one(name: str, wished: list[str], upgrade: list[str]) -> None:
    """Pin one file; every file agrees with the pins of `run.txt`."""
    target = FOLDER / f"{name}.txt"
    agree = [] if name == "run" else ["--constraint", "requirements/run.txt"]
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *upgrade, *agree]
    subprocess.run(  # noqa: S603 - our own tool with our own lists
        [*command, "--output-file", f"requirements/{name}.txt", "-"],
        input="\n".join(wished),
        text=True,
        check=True,
        cwd=ROOT,
    )
    target.write_text(HEADER + target.read_text("utf-8").removeprefix(HEADER), "utf-8")


def main(upgrade: list[str]) -> None:
    """Write every lock file."""
    if sys.version_info[:2] != OLDEST:
        sys.exit(f"Make the lock with Python {OLDEST[0]}.{OLDEST[1]}, the oldest one supported.")
    for name, wished in wishes().items():
        compile_one(name, wished, upgrade)


if __name__ == "__main__":
    main(sys.argv[1:])
