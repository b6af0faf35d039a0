"""A language as pages and exports use it: dates in words, messages, alphabetical order, direction.

Whatever makes something for readers is handed a `Locale`; nothing else knows which language a page is in.
"""

from __future__ import annotations

from gettext import NullTranslations

from site_builder.content.dates import Date
from site_builder.content.kinds import KINDS, kind_listed_on
from site_builder.content.standards import Asked
from site_builder.links.graph import Mark
from site_builder.pages import messages
from site_builder.pages.dates import DateView, date_view
from site_builder.text.places import shown

_RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))


class Locale:
    """One language. `language` is its tag; `translations` give its texts for English ones."""

    def __init__(self, language: str, translations: NullTranslations | None = None) -> None:
        self.language = language
        self.translations = translations or NullTranslations()

    @property
    def direction(self) -> str:
        """The direction of its script: `ltr` or `rtl`."""
        return "rtl" if self.language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"

    def translate(self, message: str) -> str:
        """The text for an English one."""
        return self.translations.gettext(message)

    def plural(self, one: str, many: str, count: int) -> str:
        """The text for one of a pair of English ones, by how many there are."""
        return self.translations.ngettext(one, many, count)

    def number(self, count: int) -> str:
        """A number as it stands in a sentence: up to nine in words."""
        if 0 < count <= len(messages.NUMBERS):
            return self.translate(messages.NUMBERS[count - 1])
        return str(count)

    def date(self, date: Date) -> DateView:
        """A date in words. Raises nothing: an unknown date has words too."""
        return date_view(date)

    def order(self, name: str) -> str:
        """The key to sort a name by."""
        return name.casefold()

    def quoted(self, words: str) -> str:
        """Words in quotation marks."""
        return f"“{words}”"

    def place(self, mark: Mark) -> str:
        """Where in its source something cited stands: as its author wrote it, else as the source says it."""
        if mark.place or mark.found is None:
            return mark.place
        return self.place_named(mark.found.kind, mark.found.label)

    def place_named(self, kind: str, label: str) -> str:
        """What a place of a source is called, by the kind and the label of its mark."""
        return shown(kind, label, self.language)

    def title(self, path: str) -> str:
        """The title of the page at a path that belongs to no entity. Raises `KeyError` if there is none."""
        return self.translate(messages.TITLES.get(path) or _called(kind_listed_on(path)))

    def navigation(self, path: str) -> str:
        """What one of the five parts of an explainer is called in its navigation."""
        return self.translate(messages.NAVIGATION[path])

    def navigation_or_title(self, path: str) -> str:
        """What a page that belongs to no entity is called in a navigation; "" for an address elsewhere."""
        known = messages.NAVIGATION.get(path) or messages.TITLES.get(path)
        return self.translate(known) if known else ""

    def description(self, path: str) -> str:
        """What such a page holds, in a sentence; "" if no message says so."""
        known = messages.DESCRIPTIONS.get(path)
        return self.translate(known) if known else ""

    def heading(self, part: str) -> str:
        """The heading of a part. Raises `LookupError` for a part that `messages.HEADINGS` lacks."""
        try:
            return self.translate(messages.HEADINGS[part])
        except KeyError:
            known = ", ".join(messages.HEADINGS)
            raise LookupError(f"there is no heading '{part}'; there are {known}") from None

    def kind(self, kind: str) -> str:
        """What entities of a kind are called together."""
        return self.translate(messages.KIND_NAMES.get(kind) or _called(kind))

    def section(self, kind: str) -> str:
        """What the copies of a kind's pages are called together in `llms.txt`."""
        return self.translate(messages.SECTIONS[kind])

    def update(self, kind: str) -> str:
        """What a kind of note of changes is called: `update`, `clarification` or `correction`."""
        return self.translate(messages.UPDATES[kind])

    def part(self, part: str) -> str:
        """The heading of a part of a page; without a message, its name."""
        return self.translate(messages.HEADINGS.get(part) or part.replace("-", " ").capitalize())

    def asked(self, asked: Asked | None) -> str:
        """That somebody was asked, in words: `Asked on 10 March 2026; declined to answer`; "" for None."""
        if asked is None:
            return ""
        date = self.date(asked.date)
        if asked.date.exact_day:
            said = self.translate("Asked on %(date)s") % {"date": date.text}
        elif date.is_known:
            said = self.translate("Asked: %(date)s") % {"date": date.text}
        else:
            said = self.translate("Asked")
        return f"{said}; {self.translate(messages.ANSWERS[asked.answer])}"

    def embed(self, path: str) -> str:
        """The title of an embed of several entities, by the path of its page."""
        return self.translate(messages.EMBEDS[path])


def _called(kind: str) -> str:
    """What entities of a kind without messages are called."""
    return KINDS[kind].plural.capitalize()
