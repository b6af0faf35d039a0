"""Records are values: made once, compared by what they hold, kept between builds."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content.citing import Cite
from site_builder.content.models import Point, Site, Stance
from site_builder.content.validators import validator
from site_builder.memory.pickles import dumps, loads


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


@pytest.mark.parametrize("address", ["mailto:a@example.org", "https://example.org/?tea"])
def test_a_base_address_on_the_command_line_is_one_where_a_site_can_stand(
    tmp_path: Path, address: str
) -> None:
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--base-url", address])
    assert result.exit_code == 2
    assert "a base address is https://host/ or https://host/path/" in result.output
