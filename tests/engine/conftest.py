"""What tests of the incremental build share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.edited import SITE, Edited


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A site of one actor, `lab`."""
    site = Edited(tmp_path)
    assert site.edit(SITE) == []
    return site
