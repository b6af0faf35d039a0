"""SITE_BUILDER_REQUIRE_ALL_TESTS: in CI nothing is left out in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HOOKS = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")

TESTS = """
    import pytest

    def test_runs():
        pass

    def test_lacks_something():
        pytest.skip("no such program")

    @pytest.mark.xfail(reason="known")
    def test_is_known_to_fail():
        raise AssertionError
"""


@pytest.mark.parametrize(
    ("required", "outcome"),
    [
        ("", {"passed": 1, "skipped": 1, "xfailed": 1}),
        ("0", {"passed": 1, "skipped": 1, "xfailed": 1}),
        ("1", {"passed": 1, "failed": 1, "xfailed": 1}),
    ],
)
def test_a_skipped_test_fails_where_all_are_required(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    required: str,
    outcome: dict[str, int],
) -> None:
    monkeypatch.setenv("SITE_BUILDER_REQUIRE_ALL_TESTS", required)
    pytester.makeconftest(HOOKS)
    pytester.makepyfile(TESTS)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    assert result.parseoutcomes() == outcome


def test_a_module_that_skips_itself_fails_too(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_BUILDER_REQUIRE_ALL_TESTS", "1")
    pytester.makeconftest(HOOKS)
    pytester.makepyfile("import pytest; pytest.skip('not here', allow_module_level=True)")

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    assert result.parseoutcomes() == {"errors": 1}
