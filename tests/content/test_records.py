"""Records are values: made once, compared by what they hold, kept between builds."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content.citing import Cite
from site_builder.content.fields import base_url_problem
from site_builder.content.models import Point, Site, Stance
from site_builder.content.site_files import load_site
from site_builder.content.validators import validator
from site_builder.memory.pickles import dumps, loads
from site_builder.reading.files import InputFile


def test_a_record_has_what_was_given_and_defaults_for_the_rest() -> None:
    point = Point(text="It leaks.")
    assert (point.text, point.cite, point.id) == ("It leaks.", (), None)
    assert repr(point) == "Point(text='It leaks.', cite=(), id=None)"


def test_a_validated_record_equals_one_that_was_made() -> None:
    read = validator(Point).validate_python({"text": " It leaks. ", "cite": '@minutes "leaks"'})
    made = Point(text="It leaks.", cite=(Cite(source="minutes", words="leaks"),))
    assert read == made
    assert hash(read) == hash(made)
    assert read != Point(text="It leaks.")
    assert dataclasses.replace(made, cite=()) == Point(text="It leaks.")


def test_a_record_of_the_same_fields_and_another_kind_is_another() -> None:
    assert vars(Stance(label="Tea")) != vars(Point(text="Tea"))
    assert Stance(label="Tea") != Point(text="Tea")


def test_a_record_can_be_kept() -> None:
    site = Site(title="Tea", stances={"for": Stance(label="For")})
    assert loads(dumps(site)) == site


def test_a_record_does_not_change() -> None:
    point = Point(text="It leaks.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.text = "It holds."  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.text
    assert point == Point(text="It leaks.")


def test_a_record_has_no_other_fields() -> None:
    with pytest.raises(TypeError, match="Point needs 'text'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Point has no field 'txt'"):
        Point(text="It leaks.", txt="")  # type: ignore[call-arg]


PRIVATE = "a base address can't contain a user name or password, because readers see it: write "
ESCAPED = "a base address can't have control characters or slashes written with '%', or a '%' alone"
OF_PAGE = "a base address must be that of a folder, not of the page in it: write "


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("mailto:a@example.org", "a base address must be like https://host/ or https://host/path/"),
        ("https://me:pw@example.org/x/", f"{PRIVATE}https://example.org/x/"),
        ("https://me@example.org:8080", f"{PRIVATE}https://example.org:8080/"),
        ("https://example.org/index.html", f"{OF_PAGE}https://example.org/"),
        ("http://example.org/a/Index.HTM", f"{OF_PAGE}http://example.org/a/"),
        ("https://example.org/a/default.aspx", f"{OF_PAGE}https://example.org/a/"),
        ("https://example.org/a.b.html", f"{OF_PAGE}https://example.org/"),
        (
            "https://example.org/a?b=c#d",
            "a base address can't contain '?': write https://example.org/a/",
        ),
        ("https://example.org/?", "a base address can't contain '?': write https://example.org/"),
        (
            "https://example.org/a#b?c",
            "a base address can't contain '#': write https://example.org/a/",
        ),
        ("https://example.org#", "a base address can't contain '#': write https://example.org/"),
        ("https://example.org/a//b", "a base address can't have '//', '.' or '..' in its path"),
        ("https://example.org//", "a base address can't have '//', '.' or '..' in its path"),
        ("https://example.org/a/../b", "a base address can't have '//', '.' or '..' in its path"),
        ("https://example.org/./", "a base address can't have '//', '.' or '..' in its path"),
        (
            "https://example.org/a/%2E%2e/b/",
            "a base address can't have '//', '.' or '..' in its path",
        ),
        ("https://example.org/a/%2e", "a base address can't have '//', '.' or '..' in its path"),
        ("https://example.org/a%0d%0ab/", ESCAPED),
        ("https://example.org/a%2Fb/", ESCAPED),
        ("https://example.org/100%/", ESCAPED),
        ("https://example.org\\x/", "a base address can't contain '\\'"),
        ("https://example.org/{x}/", "a base address can't contain '{'"),
        ("https://%65xample.org/", "a host can't be written with '%': '%65xample.org'"),
        ("https://example.org/index.html/", f"{OF_PAGE}https://example.org/"),
        ("https://example.org/a/index.php//", f"{OF_PAGE}https://example.org/a/"),
        ("https://.example.org/", "a part of the host's name is empty: '.example.org'"),
        ("https://example..org/", "a part of the host's name is empty: 'example..org'"),
        (
            "https://example.org/\u202ea/",
            "a base address can't contain an invisible character (U+202E)",
        ),
        ("https://example.org", ""),
        ("https://example.org./", ""),
        ("https://example.org/caf%C3%A9/b%20c/", ""),
        ("https://example.org/a.html/", ""),
        ("https://example.org/.a/..b/", ""),
        ("https://example.org/v1.0", ""),
        ("https://example.org/index/a.html.d/", ""),
        ("http://[::1]:80/a/", ""),
    ],
)
def test_a_base_address_is_one_where_a_site_can_stand(
    tmp_path: Path, given: str, problem: str
) -> None:
    assert base_url_problem(given) == problem
    text = f"title: Tea\nbase_url: '{given}'\n"
    found = load_site(InputFile("content/site.yaml", text.encode())).diagnostics
    assert [row.message for row in found] == ([problem] if problem else [])
    if problem:
        result = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--base-url", given])
        assert result.exit_code == 2
        assert problem in result.output
