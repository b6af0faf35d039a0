"""Writes a new explainer (`site-builder init`) and new entities in it (`site-builder new`).

A new explainer is a copy of the folder `starter/` in this package, perhaps with one of `workflows/`. A new entity is written from its
model: required fields with a value where one is known, all others as comments with their descriptions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from site_builder.clock import today
from site_builder.content.files import slug_of_file
from site_builder.content.kinds import KINDS, Kind
from site_builder.content.models import Entity
from site_builder.content.records import Holds, Model
from site_builder.content.shape import Shape, shape_of
from site_builder.content.slugs import same_address, slug_problem
from site_builder.disk import create
from site_builder.editing import Edit, appended, apply, entries_of, not_written, scalar, text_of
from site_builder.faults import Fault
from site_builder.reading.files import Found
from site_builder.reading.sources import find_files
from site_builder.values import NamedTuple

STARTER = Path(__file__).parent / "starter"
_NAMES_WITH_A_DOT = {"gitignore": ".gitignore"}
"""Files of the starter whose real names would have an effect in this repository too."""

PROPOSED_LENGTH = 60
"""The longest slug that is made from a title; an address should be short enough to say aloud."""


WORKFLOWS = Path(__file__).parent / "workflows"
_FILES_OF_CI: Mapping[str, Mapping[str, str]] = {
    "github": {
        "github/check.yml": ".github/workflows/check.yml",
        "github/publish.yml": ".github/workflows/publish.yml",
    },
    "gitlab": {"gitlab.yml": ".gitlab-ci.yml"},
}
"""By service: its files in `workflows/`, and where they stand in a site."""
CI = tuple(_FILES_OF_CI)
_TARGETS = {
    "github": """\
publish:
  pages:
    kind: git
    remote: origin
    branch: gh-pages
""",
}
"""What the settings of a site say of where a service publishes it."""
_OUTPUTS = b"preview/\npublic/\n"
"""The folders that workflows write."""


class Begun(NamedTuple):
    """The paths of the files that were written, and whether `requirements.txt` says where the program comes from."""

    paths: list[str]
    is_known: bool = True


def begin_site(folder: Path, ci: str = "") -> Begun:
    """Writes a small explainer into a new or empty folder; with `ci`, also what that service needs to publish it.

    Raises `Fault` if the folder is not empty, or can't be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise Fault(f"'{folder}' is a file; name a folder that is new or empty")
        if folder.is_dir() and any(folder.iterdir()):
            raise Fault(f"'{folder}' is not empty, and nothing was written; name a new folder")
        files = {}
        for file in sorted(file for file in STARTER.rglob("*") if file.is_file()):
            place = file.relative_to(STARTER)
            place = place.with_name(_NAMES_WITH_A_DOT.get(place.name, place.name))
            files[place.as_posix()] = file.read_bytes()
        is_known = _add_ci(files, ci) if ci else True
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            create(target, data)
    except OSError as error:
        raise not_written(folder, error) from None
    return Begun(sorted(files), is_known)


def _add_ci(files: dict[str, bytes], ci: str) -> bool:
    """Adds what a service needs to the files of a new site; whether `requirements.txt` says where the program is from."""
    from site_builder.requirement import requirements

    text, is_known = requirements()
    files["requirements.txt"] = text.encode()
    for name, path in _FILES_OF_CI[ci].items():
        files[path] = (WORKFLOWS / name).read_bytes()
    files[".gitignore"] += _OUTPUTS
    files["content/site.yaml"] += _TARGETS.get(ci, "").encode()
    return is_known


class NewEntity(NamedTuple):
    """The file that was written, relative to the site's folder, and the slug of its entity."""

    path: str
    slug: str


def add_entity(
    root: Path, kind: str, title: str, *, slug: str = "", draft: bool = False
) -> NewEntity:
    """Writes a new entity into the site in `root`. Without `slug`, a slug is made from the title.

    The entity gets its own file, or is added to the end of `content/<collection>.yaml` if the site has
    that file and no folder for the collection. Raises `Fault` if it can't be written, or if its slug
    is taken.
    """
    title = " ".join(title.split())
    if not title:
        raise Fault("the title is empty")
    row = KINDS[kind]
    made, edit = placed(root, row, slug or proposed_slug(title), _fields(row, title, draft=draft))
    apply([edit], root)
    return made


def placed(
    root: Path, kind: Kind, slug: str, fields: Sequence[str], *, together: bool = False
) -> tuple[NewEntity, Edit]:
    """The change that writes a new entity: to its collection's file, or to a file of its own.

    With `together`, a collection without any file gets one for all. Raises `Fault` if the slug is taken.
    """
    content = find_files(root)[0].content
    if problem := slug_problem(slug, nested=kind.free):
        hint = f"; {problem[1]}" if problem[1] else ""
        raise Fault(f"{problem[0]}{hint}")
    for other, path in slugs_of(content, kind):
        if same_address(slug) == same_address(other):
            raise Fault(f"'{other}' already exists in {path}; choose another slug with --slug")
    folder = f"content/{kind.plural}/"
    files, many = _files_of(content, kind)

    block = "\n".join([f"{scalar(slug)}:", *(f"  {line}" for line in fields)]) + "\n"
    if many and not files and not kind.free:
        return NewEntity(many[0], slug), appended(content[many[0]], slug, block)
    path = f"{folder}{slug}.md"
    written = "\n".join(["---", *fields, "---", ""])
    if together and not files and not kind.free:
        path, written = f"content/{kind.plural}.yaml", block
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise Fault(f"'{folder}' leads outside the site; nothing was written")
    return NewEntity(path, slug), Edit(target, None, written.encode())


def _files_of(content: Mapping[str, Found], kind: Kind) -> tuple[list[str], list[str]]:
    """The files of a kind that hold one entity each, and those that hold many."""
    files = [path for path in content if path.startswith(f"content/{kind.plural}/")]
    many = [f"content/{kind.plural}{suffix}" for suffix in (".yaml", ".yml")]
    return files, [path for path in many if path in content]


def slugs_of(content: Mapping[str, Found], kind: Kind) -> Iterator[tuple[str, str]]:
    """The slugs of a kind, with their files. Raises `Fault` if a file can't be read."""
    files, many = _files_of(content, kind)
    yield from ((slug_of_file(path, kind), path) for path in files)
    for path in many:
        yield from ((slug, path) for slug in entries_of(path, text_of(content[path])))


def proposed_slug(title: str) -> str:
    """A slug made from a title. Raises `Fault` if none can be made."""
    from slugify import slugify

    text = title.replace("'", "").replace("’", "")
    slug: str = slugify(text, max_length=PROPOSED_LENGTH, word_boundary=True, save_order=True)
    if not slug:
        raise Fault(f"no slug can be made from '{title}'; give one with --slug")
    return slug


# --- the fields ------------------------------------------------------------------------------


def _fields(kind: Kind, title: str, *, draft: bool) -> list[str]:
    """The lines of a new entity: required fields first, then optional ones as comments."""
    known = {kind.title: scalar(title)}
    if draft:
        known["draft"] = "true"
    needed, own, shared = _sorted(kind.model, known, {shape.name for shape in shape_of(Entity)})
    return [*needed, *own, *shared]


def lines_of(model: type[Model], known: Mapping[str, str]) -> list[str]:
    """The lines of a new record: fields with a known value and required ones, then others as comments."""
    needed, own, _ = _sorted(model, known)
    return [*needed, *own]


def _sorted(
    model: type[Model], known: Mapping[str, str], common: Collection[str] = ()
) -> tuple[list[str], list[str], list[str]]:
    """The lines of a record: what is needed, its own fields as comments, and those that it has in common."""
    needed: list[str] = []
    own: list[str] = []
    shared: list[str] = []
    for shape in shape_of(model):
        begin = shape.marks.new and str(today() if shape.marks.new == "today" else shape.marks.new)
        if value := known.get(shape.name, begin):
            needed.append(f"{shape.name}: {value}")
        elif shape.required:
            needed.append(f"{shape.name}:  # required: {shape.description}{_choices(shape)}")
        else:
            lines = shared if shape.name in common else own
            lines.append(f"# {shape.name}:  # {shape.description}{_choices(shape)}")
            lines += [f"#   {line}" for line in _within(shape)]
    return needed, own, shared


def _within(shape: Shape) -> list[str]:
    """The fields of the records that a field holds; a list begins with a hyphen."""
    if shape.model is None or shape.holds is Holds.CITES or shape.by_name:
        return []
    fields: list[str] = []
    for inner in shape_of(shape.model):
        needed = "required: " if inner.required else ""
        fields.append(f"{inner.name}:  # {needed}{inner.description}{_choices(inner)}")
        fields += [f"  {line}" for line in _within(inner)]
    if not shape.many:
        return fields
    return [f"{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(fields)]


def _choices(shape: Shape) -> str:
    """The words that a field allows, if it has a fixed list."""
    return f" One of: {', '.join(shape.choices)}." if shape.choices else ""
