"""The shipped procedures, parsed once, and the site file they take their values from."""

from __future__ import annotations

import pytest

from runbook.procedure.model import Procedure
from runbook.procedure.parse import parse_file
from runbook.procedure.site import Site, load_site
from runbook.resources import shipped_procedures

FILES = tuple(sorted(shipped_procedures().glob("*.md")))


@pytest.fixture(params=FILES, ids=lambda file: file.name, scope="session")
def procedure(request: pytest.FixtureRequest) -> Procedure:
    """Each shipped procedure in turn."""
    return parse_file(request.param)


@pytest.fixture(scope="session")
def site() -> Site:
    """The example site."""
    return load_site(shipped_procedures() / "site.toml")
