"""The built wheel, which is what people install: it is whole, and works where nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import runbook

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = ("--no-index", "--no-deps", "--quiet", "--disable-pip-version-check")


def run(command: Sequence[str | Path], folder: Path, **more: str) -> str:
    """What a command wrote, started in a folder; it must end with 0."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", *OFFLINE]
    run([*pip, "--no-build-isolation", "--wheel-dir", folder, ROOT], folder)
    return next(folder.glob("runbook-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs folder of a new environment that holds the wheel and what it depends on."""
    home = tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "venv", "--without-pip", home], home)
    python = home / "bin" / "python"
    run([sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, wheel], home)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return home / "bin"


@pytest.mark.parametrize("folder", ["resources", "runbooks"])
def test_wheel_carries_every_shipped_file(wheel: Path, folder: str) -> None:
    """Fonts, licences, help pages and procedures are in the wheel, byte for byte."""
    shipped = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert shipped
    with zipfile.ZipFile(wheel) as archive:
        for path in shipped:
            name = f"runbook/_data/{path.relative_to(ROOT).as_posix()}"
            assert archive.read(name) == path.read_bytes()


def test_wheel_carries_nothing_else(wheel: Path) -> None:
    """Tests and tools stay in the checkout: all is the package and its description."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"runbook", f"runbook-{runbook.__version__}.dist-info"}


def test_wheel_carries_the_licence(wheel: Path) -> None:
    """Whoever has the wheel has the licence."""
    with zipfile.ZipFile(wheel) as archive:
        name = f"runbook-{runbook.__version__}.dist-info/licenses/LICENSE"
        assert archive.read(name) == (ROOT / "LICENSE").read_bytes()


def test_installed_program_tells_its_version(installed: Path, tmp_path: Path) -> None:
    """`runbook --version` works away from any checkout."""
    assert runbook.__version__ in run([installed / "runbook", "--version"], tmp_path)


def test_installed_program_uses_its_own_files(installed: Path, tmp_path: Path) -> None:
    """The installed package reads the resources it brought, not those of a checkout."""
    question = "from runbook.resources import resource; print(resource('fonts/Inter-Regular.ttf'))"
    answer = Path(run([installed / "python", "-c", question], tmp_path).strip())
    assert answer.is_relative_to(installed.parent)


def test_installed_program_checks_its_procedures(installed: Path, tmp_path: Path) -> None:
    """`runbook check` without a path finds the shipped procedures and no error in them."""
    told = run([installed / "runbook", "check"], tmp_path)
    assert " error:" not in told


def test_installed_program_reads_a_procedure_of_the_reader(installed: Path, tmp_path: Path) -> None:
    """A plain list, in a folder with nothing else, is a procedure."""
    (tmp_path / "restart.md").write_text("# Restart\n\n1. Stop it\n2. Start it\n", "utf-8")
    told = run([installed / "runbook", "outline", "restart.md", "--json"], tmp_path)
    assert '"Stop it"' in told
