"""The rules of the lint by their codes, and `lint:` in `site.yaml`, which sets their levels and limits.

The rules themselves are in `site_builder.lint`, which no build imports without need.
"""

# Without `from __future__ import annotations`: see `content/records.py`.
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from site_builder.content.fields import Count, Key, Line, listed
from site_builder.content.records import Before, Model, WrongValue, field
from site_builder.values import NamedTuple

Level = Literal["off", "advice", "warning", "error"]
"""What becomes of a finding: nothing, or a finding of this severity."""


class RuleSettings(Model):
    """What a site sets for a rule."""

    level: Level | None = field(
        "What its findings are: off, advice, warning or error.", default=None
    )


class WordSettings(RuleSettings):
    """What a site sets for a rule that counts words."""

    words: Count | None = field("The most words.", default=None)


class MonthSettings(RuleSettings):
    """What a site sets for a rule about age."""

    months: Count | None = field("The greatest age in months.", default=None)


def _percent(value: object) -> object:
    if isinstance(value, int):
        return value
    text = str(value).strip()
    if not re.fullmatch(r"(?:100|[0-9]{1,2}) ?%", text):
        raise WrongValue("bad_value", f"'{text}' is not a percentage such as 60%")
    return int(text.rstrip(" %"))


class ShareSettings(RuleSettings):
    """What a site sets for a rule about a share."""

    at_least: Annotated[int, Before(_percent)] | None = field("The least share: 60%.", default=None)


class Allowed(Model):
    """A finding that a site allows where no comment can stand."""

    code: Key = field("The code of the finding.")
    where: Key = field("An entity, 'actor/big-tech', or a file, 'seeds/minutes.txt'.")
    because: Line = field("Why it is right as it is.")


class Rule(NamedTuple):
    """A rule: the level of its findings, and what a site can set for it."""

    level: Level
    settings: type[RuleSettings] = RuleSettings
    by_lint: bool = True
    """Whether a module of `lint.rules` finds it; else `checks` or the link stage does."""


RULES: dict[str, Rule] = {
    # found by every build
    "uncited": Rule("warning", by_lint=False),
    "unused-source": Rule("warning", by_lint=False),
    "ambiguous-name": Rule("warning", by_lint=False),
    "date-order": Rule("warning", by_lint=False),
    "known-one-party": Rule("warning", by_lint=False),
    "expires-soon": Rule("advice", by_lint=False),
    "quote-cites-other": Rule("warning", by_lint=False),
    "quote-unchecked": Rule("warning", by_lint=False),
    # found by `check` and the preview
    "after-as-of": Rule("warning"),
    "changed-undated": Rule("warning"),
    "correction-of-nothing": Rule("warning"),
    "heading-skipped": Rule("warning"),
    "hedging": Rule("off"),
    "image-credit": Rule("off"),
    "kind-of-person": Rule("advice"),
    "left-out": Rule("advice"),
    "link-text": Rule("warning"),
    "long-paragraph": Rule("off", WordSettings),
    "long-sentence": Rule("off", WordSettings),
    "mixed-spelling": Rule("advice"),
    "near-name": Rule("warning"),
    "note-left": Rule("warning"),
    "number-differs": Rule("warning"),
    "one-sided": Rule("advice"),
    "other-speaker": Rule("warning"),
    "paragraph-twice": Rule("warning"),
    "point-twice": Rule("warning"),
    "quote-unbalanced": Rule("warning"),
    "relative-day": Rule("advice"),
    "relative-time": Rule("off"),
    "role-unsourced": Rule("advice"),
    "single-source": Rule("off"),
    "spelling": Rule("off"),
    "stale-position": Rule("advice", MonthSettings),
    "status-contradicts": Rule("warning"),
    "summary-contradicts": Rule("advice"),
    "thin-quote": Rule("warning"),
    "unattributed": Rule("advice"),
    "uncited-prose": Rule("off", ShareSettings),
    "uncited-relation": Rule("advice"),
    "unused-actor": Rule("advice"),
    "unused-term": Rule("advice"),
    "verdict-without-evidence": Rule("warning"),
    "whole-source": Rule("off"),
    "word-twice": Rule("warning"),
    "wrong-label": Rule("warning"),
}
"""All rules whose level a site can set."""


def _level(value: object) -> object:
    """A level alone is the whole of the settings of a rule."""
    return {"level": value} if isinstance(value, str) else value


def _fields() -> dict[str, Any]:
    """The annotations and defaults of `Lint`: a field for each rule, named by its code."""
    annotations: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for code, rule in RULES.items():
        annotations[code] = Annotated[rule.settings, Before(_level)] | None
        values[code] = field(f"The level of '{code}', or its settings.", default=None)
    annotations["allow"] = Annotated[tuple[Allowed, ...], Before(listed)]
    values["allow"] = field("Findings that are right as they are, with the reason.", default=())
    return {"__annotations__": annotations, "__module__": __name__, **values}


if TYPE_CHECKING:

    class Lint(Model):
        """What a site sets for the lint: a level for each rule, and what it allows."""

else:
    Lint = type("Lint", (Model,), {"__doc__": "What a site sets for the lint.", **_fields()})


def settings_of(lint: Model | None, code: str) -> RuleSettings:
    """What a site sets for a rule."""
    given: RuleSettings | None = getattr(lint, code, None) if lint else None
    return given or RULES[code].settings()


def level_of(lint: Model | None, code: str) -> Level:
    """The level of a rule: a rule that is off until a site gives it a limit is then advice."""
    given = settings_of(lint, code)
    if given.level is not None:
        return given.level
    level = RULES[code].level
    limits = {name: value for name, value in vars(given).items() if name != "level"}
    return (
        "advice"
        if level == "off" and any(value is not None for value in limits.values())
        else level
    )


def allowed_by(lint: Model | None) -> tuple[Allowed, ...]:
    """What a site allows in its settings."""
    found: tuple[Allowed, ...] = getattr(lint, "allow", ()) if lint else ()
    return found


def wanted_codes(lint: Model | None, *, only_errors: bool) -> tuple[str, ...]:
    """The codes of the lint's rules to run: all that are not off, or those that the site raises to errors."""
    rows = ((code, level_of(lint, code)) for code, rule in RULES.items() if rule.by_lint)
    return tuple(
        code for code, level in rows if (level == "error" if only_errors else level != "off")
    )
