"""Sites by chance, and edits of them: names and texts in every spelling, entities of every kind.

A `World` holds a site as values and writes it as files; an edit changes the values. What is broken by an
edit stays so for a while, as it does when people write.
"""

from __future__ import annotations

import copy
import json
import random
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

NAMES = (
    "Anna", "Ann", "Anna Holt", "Holt", "R&D", "R & D", "AT&T", "Café Müller", "São Tomé", "New York", "York City",
    "the Plan", "Plan", "Plan B", "AC/DC", "D", "O'Brien", "non-paper", "Non-paper", "東京都", "नेपाल", "Jean-Luc",
    "US", "U.S.", "Soft\u00adwords", "No\u00a0Break", "a < b", "İzmir", "STRASSE", "Straße", "Mary Ann",
)  # fmt: skip
SLUGS = ("anna", "ben", "rd", "plan", "dam", "milk", "york-city", "d", "us", "tea")
FOLDERS = {
    "article": "articles", "actor": "actors", "issue": "issues", "claim": "claims", "event": "events",
    "source": "sources", "term": "terms", "update": "updates", "page": "pages",
}  # fmt: skip
PAGE_SLUGS = ("about", "about/team", "guide", "guide/mill", "guide/mill/wheel", "method")
DATES = (
    "2024", "2024-03", "2024-03-05", "2024-03-05/2024-03-09", "2023-11~", "2024-03-05T10:00Z", "2025-01", "2022-21",
    "2020/..", "2024?",
)  # fmt: skip
WORDS = ("The dam leaks.", "Nobody knew of it", "said the mayor", "a second time", "no more")
STANCES = ("supports", "rejects", "contests", "unstated", "conditional")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{}"/></svg>'

PAGES = (
    "404", "about", "actor", "actors", "article", "claims", "data", "embed", "home", "issue", "issues", "positions",
    "print", "search", "source", "sources", "terms", "timeline", "updates",
)  # fmt: skip
ALL_THERE_IS = "{{ page }}\n{{ site }}\n{{ content }}\n"
"""A template that shows more than those of the theme, and sooner."""

Key = tuple[str, str]


@dataclass
class Entity:
    """An entity as its author thinks of it. `home` says where it stands, `style` how it is written."""

    fields: dict[str, Any]
    body: str = ""
    home: str = "own"
    style: int = 0


@dataclass
class World:
    """A site: what its files hold. `day` is the day on which it is built."""

    chance: random.Random
    entities: dict[Key, Entity] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=lambda: {"title": "Tea"})
    about: tuple[dict[str, Any], str] | None = None
    seeds: dict[str, str] = field(default_factory=dict)
    static: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    day: int = 19_800
    extra: int = 0

    def files(self) -> dict[str, bytes]:
        """All files of the site, by path."""
        files = {"content/site.yaml": yaml_of(self.site, random.Random(0))}
        if self.about:
            files["content/about.md"] = markdown_of(*self.about, random.Random(0))
        for (kind, slug), row in self.entities.items():
            folder, style = f"content/{FOLDERS[kind]}", random.Random(row.style)
            if row.home == "own":
                files[f"{folder}/{slug}.md"] = markdown_of(row.fields, row.body, style)
            elif row.home == "yaml":
                files[f"{folder}/{slug}.yaml"] = yaml_of(row.fields, style)
            else:
                path = f"{folder}.yaml"
                files[path] = files.get(path, "") + yaml_of({slug: row.fields}, style)
        if self.extra:
            kind, count = (
                ("issues", "title: Extra {}")
                if self.extra % 2
                else ("terms", "definition: Extra {}")
            )
            path = f"content/{kind}.yaml"
            rows = (f"extra-{n}:\n  {count.format(n)}\n" for n in range(self.extra))
            files[path] = files.get(path, "") + "".join(rows)
        files |= {f"seeds/{name}": text for name, text in self.seeds.items()}
        files |= {f"static/{name}": text for name, text in self.static.items()}
        files |= {f"templates/{name}": text for name, text in self.templates.items()}
        return {path: text.encode() for path, text in files.items()}

    def copy(self) -> World:
        """The same site, to come back to."""
        return World(
            self.chance,
            *copy.deepcopy((
                self.entities, self.site, self.about, self.seeds, self.static, self.templates, self.day, self.extra,
            )),
        )  # fmt: skip

    def keys(self, *kinds: str) -> list[Key]:
        """The entities of these kinds, all if none is said."""
        return [key for key in self.entities if not kinds or key[0] in kinds]

    def edit(self) -> str:
        """Makes an edit; returns its name."""
        made = self.chance.choice(EDITS) if len(self.entities) > 1 else add_one
        made(self)
        return made.__name__


def write(root: Path, files: dict[str, bytes]) -> None:
    """Brings a folder to these files."""
    for folder in ("content", "seeds", "static", "templates"):
        for path in sorted((root / folder).rglob("*"), reverse=True):
            if path.is_file() and path.relative_to(root).as_posix() not in files:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()
    for name, data in files.items():
        path = root / name
        if not path.is_file() or path.read_bytes() != data:
            if path.is_dir():
                shutil.rmtree(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


# --- how values are written ------------------------------------------------------------------


def yaml_of(value: dict[str, Any], style: random.Random) -> str:
    """A mapping as YAML, its texts quoted, escaped or folded by chance."""
    return "".join(f"{key}:{_yaml(item, style, 1)}\n" for key, item in value.items())


def _yaml(value: Any, style: random.Random, depth: int) -> str:
    indent = "\n" + "  " * depth
    if isinstance(value, bool):
        return f" {str(value).lower()}"
    if isinstance(value, dict):
        rows = (f"{indent}{key}:{_yaml(item, style, depth + 1)}" for key, item in value.items())
        return "".join(rows) or " {}"
    if isinstance(value, (list, tuple)):
        return "".join(f"{indent}-{_yaml(item, style, depth + 1)}" for item in value) or " []"
    way = style.randrange(6)
    if way == 0:
        return f" {json.dumps(value)}"
    if way == 1:
        return " '" + value.replace("'", "''") + "'"
    if way == 2 and value and " " in value and value == value.strip():
        return f" >-{indent}" + value.replace(" ", indent, 1)
    if way == 3:
        return ' "' + "".join(f"\\u{ord(c):04x}" if c < "z" else c for c in value) + '"'
    return f" {json.dumps(value, ensure_ascii=False)}"


def markdown_of(fields: dict[str, Any], body: str, style: random.Random) -> str:
    """A file of front matter and text."""
    return f"---\n{yaml_of(fields, style)}---\n{body}"


def spelt(name: str, chance: random.Random) -> str:
    """A name as Markdown may hold it."""
    ways: tuple[Callable[[str], str], ...] = (
        str,
        str,
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;"),
        lambda text: "".join(f"&#{ord(c)};" if chance.random() < 0.3 else c for c in text),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "&nbsp;"),
        lambda text: text.replace("&", "\\&").replace("-", "\\-"),
        lambda text: text[0].swapcase() + text[1:],
        lambda text: f"{text[:2]}&shy;{text[2:]}",
        lambda text: f"*{text}*",
        lambda text: f'"{text}"',
        lambda text: f"`{text}`",
        lambda text: f"pre{text}",
        lambda text: f"{text}s",
    )
    return chance.choice(ways)(name)


def reference(world: World, *kinds: str) -> str:
    """A name or slug of an entity of these kinds."""
    chance, keys = world.chance, world.keys(*kinds)
    if not keys:
        return "nobody"
    kind, slug = chance.choice(keys)
    fields = world.entities[kind, slug].fields
    names = [fields[key] for key in ("name", "title", "short_name") if key in fields]
    if chance.random() < 0.2:
        return chance.choice((*names, *fields.get("aliases", ()), slug))
    return chance.choice((slug, f"{kind}/{slug}", f"{FOLDERS[kind]}/{slug}"))


def prose(world: World, length: int = 3) -> str:
    """A few sentences of inline Markdown."""
    chance = world.chance
    return " ".join(_piece(world, chance) for _ in range(chance.randint(1, length)))


def _piece(world: World, chance: random.Random) -> str:
    sources = world.keys("source")
    pages = world.keys("issue", "actor", "article")
    way = chance.randrange(15)
    if way < 6:
        return f"So {spelt(chance.choice(NAMES), chance)} and {spelt(chance.choice(NAMES), chance)} met."
    if way < 8 and world.entities:
        label = chance.choice(
            ("", "", "", "|it", "|it", "#mentions", "#positions")[
                : 7 if chance.random() < 0.1 else 5
            ]
        )
        return f"See [[{reference(world)}{label}]] now."
    if way == 8 and sources:
        return f"It is said [@{cite(world)}]."
    if way == 9 and pages:
        kind, slug = chance.choice(pages)
        folder = FOLDERS[kind]
        own = world.entities[kind, slug].home == "own" and chance.random() < 0.5
        path = f"content/{folder}/{slug}.md" if own else f"/{folder}/{slug}/"
        return f"As [this page]({path}) says."
    if way == 10 and world.static:
        name = chance.choice(list(world.static))
        return f"![A picture]({name})" if name.endswith(".svg") else f"[A file](/{name})"
    if way == 14 and sources:
        said = " ".join(chance.sample(WORDS, 2)) if chance.random() < 0.5 else chance.choice(WORDS)
        behind = f" [@{cite(world)}]" if chance.random() < 0.7 else ""
        return f'They say "{said}"{behind}.'
    return chance.choice(WORDS)


def body(world: World) -> str:
    """A text of some paragraphs."""
    chance = world.chance
    blocks = ("", "", "## A heading\n\n", "## Plan\n\n", "> ", "- ", "| a | b |\n|---|---|\n| c | ")
    parts = []
    for _ in range(chance.randrange(4)):
        block = chance.choice(blocks)
        text = prose(world)
        if block.startswith("|"):
            text = " ".join(text.replace("|", "\\|").split()) + " |"
        parts.append(block + text + "\n")
    return "\n".join(parts)


def cite(world: World) -> str:
    """A source, perhaps with words of it."""
    chance = world.chance
    key = chance.choice(world.keys("source"))
    text = world.seeds.get(world.entities[key].fields.get("file", ""), "")
    words = [words for words in WORDS if words in text]
    return f'{key[1]} "{chance.choice(words)}"' if words and chance.random() < 0.6 else key[1]


# --- entities --------------------------------------------------------------------------------


def slug(kind: str, chance: random.Random) -> str:
    """A slug; one in ten may be that of another kind too."""
    if kind == "page":
        return chance.choice(PAGE_SLUGS)
    slug = chance.choice(SLUGS)
    return slug if chance.random() < 0.1 else f"{kind[:2]}-{slug}"


class Fields:
    """The fields of an entity, drawn one by one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance
        self.drawn: dict[str, Any] = {}

    def maybe(self, name: str, make: Callable[[], Any], likely: float = 0.4) -> None:
        if self.chance.random() < likely:
            self.drawn[name] = make()

    def choice(self, name: str, values: Sequence[object], likely: float = 1) -> None:
        self.maybe(name, lambda: self.chance.choice(values), likely)

    def sample(self, name: str, values: Sequence[object], most: int, likely: float) -> None:
        self.maybe(name, lambda: self.chance.sample(values, self.chance.randint(1, most)), likely)

    def prose(self, name: str, likely: float = 0.4, length: int = 3) -> None:
        self.maybe(name, lambda: prose(self.world, length), likely)

    def refers(self, name: str, kind: str = "", likely: float = 0.4) -> None:
        """A list of references, if there is anything to refer to."""
        kinds = (kind,) if kind else ()
        if self.world.keys(*kinds):
            rows = range(self.chance.randint(1, 2))
            self.maybe(
                name,
                lambda: list(dict.fromkeys(reference(self.world, *kinds) for _ in rows)),
                likely,
            )

    def refers_to_one(self, name: str, kind: str, likely: float) -> None:
        if self.world.keys(kind):
            self.maybe(name, lambda: reference(self.world, kind), likely)


def _actor(fields: Fields) -> None:
    fields.choice("name", NAMES)
    fields.choice("kind", ("person", "state", "organisation"), 0.4)
    fields.choice("short_name", NAMES, 0.2)
    fields.sample("aliases", NAMES, 3, 0.4)
    fields.sample("unlinked", NAMES, 1, 0.2)
    fields.prose("role", length=1)
    if fields.world.static:
        image = {"src": fields.chance.choice(list(fields.world.static)), "alt": "A picture"}
        fields.maybe("image", lambda: image, 0.3)
    fields.refers_to_one("affiliation", "actor", 0.2)
    if fields.world.keys("actor"):
        fields.maybe(
            "relations", lambda: [{"to": reference(fields.world, "actor"), "label": "meets"}], 0.2
        )


def _term(fields: Fields) -> None:
    fields.prose("definition", 1)
    fields.choice("name", NAMES, 0.4)
    fields.sample("aliases", NAMES, 2, 0.4)
    fields.sample("unlinked", NAMES, 1, 0.2)


def _issue(fields: Fields) -> None:
    fields.choice("title", (*NAMES, "The dam", "Who pays?"))
    fields.prose("summary")
    if fields.world.keys("actor"):
        fields.maybe("positions", lambda: positions(fields.world), 0.6)
    fields.refers("related", "issue", 0.2)


def _article(fields: Fields) -> None:
    fields.choice("title", ("A story", "Plan", "Tea"))
    fields.drawn["as_of"] = "2024-05-01"
    fields.prose("standfirst")
    fields.maybe(
        "key_points", lambda: [prose(fields.world), {"text": prose(fields.world), "id": "p"}]
    )
    for kind in ("issue", "actor", "source"):
        fields.refers(f"{kind}s", kind, 0.3)


def _claim(fields: Fields) -> None:
    fields.prose("statement", 1, 1)
    fields.refers("made_by", "actor", 1)
    if fields.world.keys("actor"):
        fields.maybe("contested_by", lambda: [_contest(fields.world)])
    fields.choice("status", ("agreed", "disputed", "withdrawn"), 0.3)
    fields.refers("issues", "issue")


def _contest(world: World) -> dict[str, Any]:
    return {"actor": reference(world, "actor"), "statement": prose(world, 1)}


def _event(fields: Fields) -> None:
    fields.choice("date", DATES)
    fields.choice("title", ("A talk", "Floods", "Plan B"))
    fields.prose("text")
    fields.choice("importance", ("major", "minor"), 0.4)
    fields.refers("actors", "actor")
    fields.refers("issues", "issue")
    fields.refers_to_one("after", "event", 0.4)


def _source(fields: Fields) -> None:
    fields.choice("title", ("A book", "Minutes", "Plan"))
    if fields.world.seeds:
        fields.choice("file", list(fields.world.seeds), 0.8)
    fields.choice("show", ("full",), 0.4)
    fields.choice("published", DATES[:3], 0.4)


def _update(fields: Fields) -> None:
    fields.choice("date", DATES[:3])
    fields.prose("text", 1)
    fields.choice("kind", ("correction",), 0.4)
    fields.refers("touches")


def _page(fields: Fields) -> None:
    fields.choice("title", NAMES)
    fields.choice("description", WORDS, 0.4)


_DRAWN: dict[str, Callable[[Fields], None]] = {
    "actor": _actor, "term": _term, "issue": _issue, "article": _article, "claim": _claim,
    "event": _event, "source": _source, "update": _update, "page": _page,
}  # fmt: skip


def fields_of(world: World, kind: str) -> dict[str, Any]:
    """The fields of an entity of a kind."""
    fields = Fields(world)
    _DRAWN[kind](fields)
    if kind in ("claim", "event", "term", "issue", "actor") and world.keys("source"):
        fields.maybe("cite", lambda: [cite(world)], 0.3)
    fields.choice("draft", (True,), 0.02)
    fields.choice("mentions", (False,), 0.08)
    fields.choice("publish_on", ("2024-03-20",), 0.02)
    fields.choice("expires_on", ("2024-03-25",), 0.02)
    if kind in ("article", "actor", "issue", "source"):
        fields.maybe(
            "redirect_from", lambda: [world.chance.choice(("old", "older", "a-dam"))], 0.06
        )
    return fields.drawn


def positions(world: World) -> list[dict[str, Any]]:
    chance = world.chance
    rows = []
    for _, slug in chance.sample(world.keys("actor"), min(2, len(world.keys("actor")))):
        row: dict[str, Any] = {"actor": slug, "stance": chance.choice(STANCES)}
        if chance.random() < 0.5:
            row["summary"] = prose(world, 1)
        if chance.random() < 0.2:
            row["earlier"] = [{"stance": chance.choice(STANCES), "as_of": "2023"}]
        rows.append(row)
    return rows


def begun(chance: random.Random) -> World:
    """A site of a few entities."""
    world = World(chance)
    world.seeds = {"a.txt": f"{' '.join(WORDS)}\n", "b.txt": f"{WORDS[0]}\n\n{WORDS[3]}."}
    if chance.random() < 0.7:
        world.site["exports"] = [
            "citations",
            "data",
            "embeds",
            "feeds",
            "jsonld",
            "markdown",
            "sitemap",
        ]
    if chance.random() < 0.5:
        world.site["base_url"] = "https://example.org/tea/"
    if chance.random() < 0.7:
        world.templates = {f"{page}.html": ALL_THERE_IS for page in PAGES}
    for kind in (
        "source",
        "actor",
        "actor",
        "actor",
        "term",
        "issue",
        "issue",
        "event",
        "event",
        "article",
    ):
        add(world, kind)
    return world


# --- edits -----------------------------------------------------------------------------------


def add(world: World, kind: str = "") -> None:
    chance = world.chance
    kind = kind or chance.choice([k for k in FOLDERS if k != "claim" or world.keys("actor")])
    home = chance.choice(("own", "own", "yaml", "list")) if kind != "page" else "own"
    row = Entity(fields_of(world, kind), "", home, chance.randrange(1000))
    if home == "own":
        row.body = body(world)
    world.entities[kind, slug(kind, chance)] = row


def add_one(world: World) -> None:
    add(world)


def drop(world: World) -> None:
    del world.entities[world.chance.choice(world.keys())]


def rename(world: World) -> None:
    """Another slug for an entity, in its place among the others."""
    chance = world.chance
    old = chance.choice(world.keys())
    new = old[0], slug(old[0], chance)
    if new in world.entities:
        return
    if chance.random() < 0.4 and old[0] in ("article", "actor", "issue", "source"):
        world.entities[old].fields["redirect_from"] = [old[1]]
    world.entities = {new if key == old else key: row for key, row in world.entities.items()}


def change_kind(world: World) -> None:
    """An entity becomes one of another kind under the same slug."""
    keys = world.keys()
    kind, slug = old = world.chance.choice([key for key in keys if "/" not in key[1]])
    kind = world.chance.choice(
        [k for k in FOLDERS if k != kind and (k != "claim" or world.keys("actor"))]
    )
    row = world.entities.pop(old)
    row.home = "own" if kind == "page" else row.home
    row.fields = fields_of(world, kind) | {k: v for k, v in row.fields.items() if k == "mentions"}
    world.entities[kind, slug] = row


def change_home(world: World) -> None:
    """An entity moves from a list to a file of its own, or back."""
    key = world.chance.choice(world.keys())
    row = world.entities[key]
    row.home = world.chance.choice(("own", "yaml", "list")) if key[0] != "page" else "own"
    if row.home != "own":
        row.body = ""


def change_fields(world: World) -> None:
    key = world.chance.choice(world.keys())
    world.entities[key].fields = fields_of(world, key[0])


def change_one_field(world: World) -> None:
    key = world.chance.choice(world.keys())
    fields, new = world.entities[key].fields, fields_of(world, key[0])
    name = world.chance.choice(list(new | fields))
    if name in new:
        fields[name] = new[name]
    elif name not in (
        "name",
        "title",
        "date",
        "text",
        "statement",
        "made_by",
        "definition",
        "as_of",
    ):
        del fields[name]


def change_body(world: World) -> None:
    row = world.entities[world.chance.choice(world.keys())]
    if row.home == "own":
        row.body = world.chance.choice(
            (body(world), row.body + f"\n{prose(world)}\n", f"\n\n{row.body}")
        )


def restyle(world: World) -> None:
    """The same fields, written otherwise."""
    world.entities[world.chance.choice(world.keys())].style += 1


def swap_fields(world: World) -> None:
    """The order of an entity's fields."""
    row = world.entities[world.chance.choice(world.keys())]
    rows = list(row.fields.items())
    world.chance.shuffle(rows)
    row.fields = dict(rows)


def change_alias(world: World) -> None:
    """An alias comes, goes, or moves to another entity."""
    chance, keys = world.chance, world.keys("actor", "term")
    if not keys:
        return
    fields, other = (world.entities[chance.choice(keys)].fields for _ in range(2))
    aliases = list(fields.get("aliases", ()))
    if aliases and chance.random() < 0.6:
        gone = aliases.pop(chance.randrange(len(aliases)))
        if chance.random() < 0.5:
            other["aliases"] = list(dict.fromkeys([*other.get("aliases", ()), gone]))
    else:
        aliases.insert(0, chance.choice(NAMES))
    fields["aliases"] = list(dict.fromkeys(aliases))
    if not fields["aliases"]:
        del fields["aliases"]


def reorder(world: World) -> None:
    rows = list(world.entities.items())
    world.chance.shuffle(rows)
    world.entities = dict(rows)


def change_site(world: World) -> None:
    chance = world.chance
    name, value = chance.choice((
        ("title", "Tea"), ("title", "Coffee & Milk"), ("description", "All of it."), ("language", "de"), ("language", "ar"),
        ("base_url", "https://example.org/"), ("mentions", False), ("html", True), ("licence", "CC BY 4.0"),
        ("theme", {"accent": "#06c"}), ("nav", [{"title": "Them", "to": "actors/"}]), ("publisher", "Us"),
        ("nav", [{"title": "More", "items": [{"to": "about/"}, {"to": reference(world, "page", "issue")}]}]),
        ("exports", ["citations", "data", "embeds", "feeds", "jsonld", "markdown", "sitemap"]), ("exports", []),
    ))  # fmt: skip
    if name in world.site and chance.random() < 0.5 and name != "title":
        del world.site[name]
    else:
        world.site[name] = value


def change_about(world: World) -> None:
    page = world.chance.choice(({}, {"title": "On us"}, {"mentions": False}))
    world.about = world.chance.choice((None, (page, body(world)), (page, body(world))))


def change_seed(world: World) -> None:
    chance = world.chance
    name = chance.choice(("a.txt", "b.txt", "c.txt"))
    if chance.random() < 0.2:
        world.seeds.pop(name, None)
    else:
        world.seeds[name] = "\n\n".join(chance.sample(WORDS, chance.randint(2, 5)))


def change_static(world: World) -> None:
    chance = world.chance
    name = chance.choice(
        ("a.svg", "b.svg", "c.txt", "actors/note.txt", "robots.txt", "favicon.ico", "llms.txt")
    )
    if name in world.static and chance.random() < 0.6:
        text = world.static.pop(name)
        if chance.random() < 0.4:
            world.static[f"d{name[-4:]}"] = text
    else:
        world.static[name] = PICTURE.format(chance.randrange(9))


def change_template(world: World) -> None:
    chance = world.chance
    name = chance.choice(
        (
            "actor.html",
            "base.html",
            "parts/date.html",
            "parts/link.html",
            "home.html",
            "static/own.css",
        )
    )
    if name in world.templates and chance.random() < 0.6:
        del world.templates[name]
    elif name.endswith(".css"):
        world.templates[name] = f"a {{ top: {chance.randrange(9)}px }}"
    else:
        text = (ROOT / "templates" / name).read_text()
        world.templates[name] = (
            text.replace("{% macro", f"<!-- {chance.randrange(9)} -->{{% macro") + " "
        )


def another_day(world: World) -> None:
    world.day = world.chance.choice((19_800, 19_801, 19_805, 19_810))


def grow(world: World) -> None:
    """Past the bounds from which a site is large, or back."""
    if world.chance.random() < 0.25:
        world.extra = world.chance.choice((0, 0, 200, 201, 290, 310))


EDITS: tuple[Callable[[World], None], ...] = (
    add_one, add_one, drop, rename, rename, change_kind, change_home, change_home, change_fields, change_one_field,
    change_one_field, change_one_field, change_body, change_body, restyle, swap_fields, change_alias, change_alias,
    change_alias, reorder, change_site, change_about, change_seed, change_static, change_template, another_day, grow,
)  # fmt: skip
