"""`content/site.yaml` and `content/about.md`, from their bytes to typed records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.content.entries import (
    About,
    AboutFile,
    SiteFile,
)
from site_builder.content.hiding import hide_secrets
from site_builder.content.models import AboutPage, Site, Stance
from site_builder.content.places import Places
from site_builder.content.recovering import (
    markup_in_lines,
    no_fields,
    of_single,
    without_consequences,
)
from site_builder.content.validating import (
    Place,
    readable_part,
    validate,
)
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.markdown.document import Dialect, Document
from site_builder.markdown.parser import parse_body
from site_builder.reading.files import InputFile, decode
from site_builder.reading.front_matter import fenced, split
from site_builder.reading.located_yaml import is_misread, parse, readable_rest


def load_site(file: InputFile) -> SiteFile:
    """`content/site.yaml`."""
    text, odd = decode(file)
    if text is None:
        return SiteFile(None, odd)
    loaded = _site(file.path, text)
    found = (*odd, *loaded.diagnostics)
    return loaded._replace(diagnostics=tuple(hide_secrets(found, text))) if found else loaded


def _site(path: str, text: str) -> SiteFile:
    data, problems = parse(path, text)
    if is_misread(problems):
        rest = readable_rest(path, text)
        more = of_single(_site(path, rest.text).diagnostics) if rest.has_part else ()
        return SiteFile(None, (*problems, *more))
    place = Place(Places(lambda _: text), path)
    if isinstance(data, str):
        return SiteFile(None, (*problems, no_fields("the site", text, place, 1)))
    record, found = validate(Site, data or {}, "the site", place)
    if record:
        found += markup_in_lines(record, place)
        found += _alike_stances(record, place)
    return SiteFile(record or _without_what_is_wrong(data), (*problems, *found))


def _alike_stances(site: Site, place: Place) -> Iterator[Diagnostic]:
    """Stances of the vocabulary that share tone and symbol with one before them."""
    first: dict[tuple[str, str], str] = {}
    for slug, stance in site.stances.items():
        other = first.setdefault((stance.tone, stance.symbol), slug)
        if other != slug:
            yield Diagnostic(
                "alike-stances",
                f"'{slug}' has the tone and the symbol of '{other}': in the picture the two look the same",
                place.key(("stances", slug)),
                f"give one of them another symbol: '{stance.symbol}' of the tone '{stance.tone}' is taken",
                Severity.WARNING,
            )


def _without_what_is_wrong(data: Any) -> Site:
    """A site with the stances of settings that are wrong: positions are not blamed for that."""
    stances = data.get("stances") if isinstance(data, Mapping) else None
    known = {slug: Stance(label=slug) for slug in stances} if isinstance(stances, Mapping) else {}
    return Site(title="Untitled", stances=known)


def load_about(file: InputFile, dialect: Dialect) -> AboutFile:
    """`content/about.md`."""
    text, odd = decode(file)
    if text is None:
        return AboutFile(None, odd)
    parts, problem = split(file.path, text)
    if problem:
        return AboutFile(None, without_consequences(odd, problem))
    data, problems = parse(file.path, parts.yaml, parts.yaml_line)
    problems[:0] = odd
    body, body_problems = parse_body(file.path, parts.body, parts.body_line, dialect)
    if is_misread(problems):
        rest = readable_rest(file.path, parts.yaml, parts.yaml_line)
        if rest.has_part:
            data, problems = parse(file.path, rest.text, parts.yaml_line)[0], [*problems]
            place = Place(Places(lambda _: fenced(rest.text)), file.path)
            problems += validate(AboutPage, data or {}, "the page", place)[1]
        return AboutFile(_about_in_part(file.path, None, body), (*problems, *body_problems))
    place = Place(Places(lambda _: text), file.path)
    if isinstance(data, str):
        problem = no_fields("the page", parts.yaml, place, parts.yaml_line)
        about = _about_in_part(file.path, None, body)
        return AboutFile(about, (*problems, problem, *body_problems))
    page, more = validate(AboutPage, data or {}, "the page", place)
    if page:
        more += markup_in_lines(page, place)
    about = About(page, file.path, body) if page else _about_in_part(file.path, data, body)
    return AboutFile(about, (*problems, *more, *body_problems))


def _about_in_part(path: str, data: Any, body: Document) -> About:
    """What can be read of the page, to look for what else is wrong with it."""
    return About(readable_part(AboutPage, data or {}) or readable_part(AboutPage, {}), path, body)
