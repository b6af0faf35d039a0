"""The Jinja environment: finds and renders templates, and reports their mistakes.

Each template is looked for in the site's own `templates/` first, then in the default theme. Undefined names are
errors. `vocabulary` has the functions and filters for templates.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from gettext import NullTranslations
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes

from site_builder.diagnostics import Diagnostic, Location
from site_builder.engine.tables import Reads, marks_of
from site_builder.pages.locale import Locale
from site_builder.pages.page import Page
from site_builder.reading.files import digest, line_of
from site_builder.reading.themes import default_theme
from site_builder.rendering import bounds
from site_builder.rendering.limit import MOST_MEMORY, SETTING, Limit, TooSlow, seconds
from site_builder.rendering.vocabulary import Vocabulary
from site_builder.text import lazily
from site_builder.text.guesses import did_you_mean

TEMPLATES = (".html", ".xml", ".svg", ".txt")
"""The suffixes of template files."""
_SETTINGS: Mapping[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
"""The settings of Jinja that affect compiled templates."""
COMPILED_BY = f"{_SETTINGS} 2"
"""A cache key of how templates are compiled: the settings, and a version of everything else."""

_OUR_CLASS = lazily.pattern(r"'site_builder\.[\w.]+\.(\w+) object'")
"""How Jinja names a value of ours. Authors of templates know `IssueContext`, but not its module."""
_ENDLESS = (RecursionError, TooSlow, MemoryError)
"""How a template fails that never ends."""


class TemplateProblem(Exception):
    """A template that can't be read or fails; has the finding."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Environment(jinja2.Environment):
    """A Jinja environment that records which templates use each other, and limits operators.

    All templates share one mapping of globals. Jinja's own `ChainMap` for each template is searched in Python,
    which takes a tenth of the rendering time, and templates never add globals.
    """

    times = staticmethod(bounds.times)
    power = staticmethod(bounds.power)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._named: dict[str, set[str]] = {}
        """By template: the templates it has used so far with `extends`, `import` or `include`."""
        self._reads: dict[str, Reads] = {}

    def join_path(self, template: str, parent: str) -> str:
        named = self._named.setdefault(parent, set())
        if template not in named:
            named.add(template)
            self._reads.clear()
        return super().join_path(template, parent)

    def reads(self, name: str) -> Reads:
        """Hashes of a template and of all that it needs, once it has been rendered."""
        if name not in self._reads:
            needed, waiting = {name}, [name]
            while waiting:
                more = self._named.get(waiting.pop(), set()) - needed
                needed |= more
                waiting += more
            self._reads[name] = marks_of(("template", name) for name in needed)
        return self._reads[name]

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """As Jinja's, which rewrites every frame of a traceback: thousands, in an endless recursion."""
        error = sys.exc_info()[1]
        if isinstance(error, _ENDLESS):
            raise error
        super().handle_exception(source)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        return super()._generate(bounds.limit_operators(source), name, filename, defer_init)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Templates:
    """The templates of a site.

    `folders` are searched in order. `assets` has the published paths of static files by name. `cache` stores
    compiled templates.
    """

    def __init__(
        self,
        root: Path,
        folders: Sequence[Path],
        assets: Mapping[str, str],
        cache: jinja2.BytecodeCache | None = None,
    ) -> None:
        self._root = root
        self._folders = folders
        self.environment = _Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=cache,
            **_SETTINGS,
        )
        self._limit = Limit()
        self._endless: Diagnostic | None = None
        """The finding about a template that does not end, so that no other page waits for it."""
        self._vocabulary = Vocabulary(assets)
        self._vocabulary.add_to(self.environment)
        self._locale: Locale | None = None
        self._install(NullTranslations())

    def begin(self) -> None:
        """Forgets which template never ended: with other content it may."""
        self._endless = None

    def _install(self, translations: NullTranslations) -> None:
        """Makes `gettext` and related functions use these translations."""
        self.environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]

    def render(self, page: Page, locale: Locale) -> str:
        """Renders a page. Raises `TemplateProblem` if its template is missing, unreadable or fails."""
        self._vocabulary.begin(page)
        return self.draw(
            page.template,
            locale,
            site=page.site,
            page=page.view,
            content=page.content,
            notes=page.notes,
            cards=page.cards,
        )

    def reads(self, name: str) -> Reads:
        """What rendering a template read of the theme. The result is out of date if one of these changes."""
        return self.environment.reads(name)

    def draw(self, name: str, locale: Locale, **context: Any) -> str:
        """Renders a file other than a page from these values. Raises `TemplateProblem`."""
        if self._endless:
            raise TemplateProblem(self._endless)
        if locale is not self._locale:
            self._locale = self._vocabulary.locale = locale
            self._install(locale.translations)
        try:
            with self._limit():
                return self.environment.get_template(name).render(**context)
        except Exception as error:  # whatever a template raises, its author has to correct it
            found = self._diagnose(name, error)
            if isinstance(error, _ENDLESS):
                self._endless = found
                raise TemplateProblem(found) from None
            raise TemplateProblem(found) from error

    def check_syntax(self, names: Iterable[str]) -> list[Diagnostic]:
        """Syntax errors in the site's own templates among these names, before anything is rendered.

        The default theme is not checked: reading all of it takes longer than building a small site.
        """
        found = []
        for name in names:
            if name.startswith("static/") or not name.endswith(TEMPLATES):
                continue
            try:
                with self._limit():
                    self.environment.get_template(name)
            except Exception as error:  # noqa: BLE001  # as above
                found.append(self._diagnose(name, error))
        return found

    def _diagnose(self, name: str, error: BaseException) -> Diagnostic:
        """The finding about an error while a template was read or rendered."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            message = error.message or "this template can't be read"
            return self._finding("template-syntax", message, error.filename or name, error.lineno)
        filename, line = self._frame(error) or (name, 1)
        if isinstance(error, jinja2.TemplateNotFound):
            guess = did_you_mean(str(error.name), self.environment.list_templates())
            message = f"there is no template '{error.name}'{guess}"
            return self._finding("template-missing", message, filename, line)
        message = str(error) or type(error).__name__
        if isinstance(error, KeyError):
            message = str(error.args[0])  # `str(error)` would be quoted
        if isinstance(error, RecursionError):
            message = "this template includes itself endlessly"
        elif isinstance(error, MemoryError):
            message = f"this takes more than {MOST_MEMORY >> 30} GB of memory for one page"
        elif isinstance(error, TooSlow):
            message = f"this takes more than {seconds():g} seconds for one page; is there an endless loop?"
            hint = f"if it really needs that long, set {SETTING} in the environment"
            return self._finding("template-error", message, filename, line, hint)
        elif isinstance(error, jinja2.UndefinedError):
            message = _OUR_CLASS.sub(r"\1", message)
        elif not isinstance(error, LookupError):
            message = f"{type(error).__name__}: {message}"
        return self._finding("template-error", message, filename, line)

    def _frame(self, error: BaseException) -> tuple[str, int] | None:
        """The file and line of the innermost template in an error's traceback."""
        found: TracebackType | None = None
        traceback = error.__traceback__
        folders = tuple(str(folder) for folder in self._folders)
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename.startswith(folders):
                found = traceback
            traceback = traceback.tb_next
        if found is None:
            return None
        line = found.tb_lineno
        template = found.tb_frame.f_globals.get("__jinja_template__")
        if (
            template is not None
        ):  # a frame that Jinja has not rewritten has line numbers of Python code
            line = template.get_corresponding_lineno(line)
        return found.tb_frame.f_code.co_filename, line

    def _finding(
        self, code: str, message: str, filename: str, line: int, hint: str = ""
    ) -> Diagnostic:
        path = Path(filename)
        if not path.is_absolute():
            path = next((f / path for f in self._folders if (f / path).is_file()), path)
        try:
            text = line_of(path.read_text("utf-8", "replace"), line)
        except OSError:
            text = ""
        column = len(text) - len(text.lstrip()) + 1
        shown = self._shown(path)
        return Diagnostic(code, message, Location(shown, line, column, 1, text), hint)

    def _shown(self, path: Path) -> str:
        """A template's path for messages: relative to the site, or marked as the default theme's."""
        try:
            return path.relative_to(self._root).as_posix()
        except ValueError:
            pass
        try:
            return "<default theme>/" + path.relative_to(default_theme()).as_posix()
        except ValueError:
            return path.as_posix()


# --- static files of a theme ---------------------------------------------------------------------

_CSS_URL = lazily.pattern(
    r"""url\(\s*(['"]?)(?P<name>[^'")]+)\1\s*\)|@import\s+['"](?P<import>[^'"]+)['"]"""
)


def fingerprinted(name: str, data: bytes) -> str:
    """The published path of a theme's static file: `assets/site.1a2b3c4d.css`."""
    stem, dot, suffix = name.rpartition(".")
    return f"assets/{stem or suffix}.{digest(data)[:8]}{dot}{suffix if stem else ''}"


def publish_assets(files: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Published paths by name, and contents by published path, of a theme's static files.

    Style sheets may name other static files (`url(font.woff2)`, `@import "tokens.css"`). These names are replaced
    by the published ones, so their digests become part of the style sheet's digest.
    """
    paths: dict[str, str] = {}
    contents: dict[str, bytes] = {}

    def publish(name: str, chain: tuple[str, ...]) -> str | None:
        if name in paths:
            return paths[name]
        if name not in files or name in chain:
            return None
        data = files[name]
        if name.endswith(".css"):
            text = data.decode("utf-8", "replace")

            def replace(match: re.Match[str]) -> str:
                wanted = match["name"] or match["import"]
                path = publish(wanted.removeprefix("./"), (*chain, name))
                return match[0].replace(wanted, path.removeprefix("assets/")) if path else match[0]

            data = _CSS_URL.sub(replace, text).encode()
        path = paths[name] = fingerprinted(name, data)
        contents[path] = data
        return path

    for name in sorted(files):
        publish(name, ())
    return paths, contents
