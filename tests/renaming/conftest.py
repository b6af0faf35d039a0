"""Sites whose names change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.renaming import odd_site


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    odd_site.write(tmp_path)
    return tmp_path
