"""What the program itself says to readers in more than one place, in English.

The English text is the key of a translation, as it is for the texts in templates. A text that only one template
shows stands there. `Locale` puts these into the language of a page.
"""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "issues/": "Issues",
    "positions/": "Positions",
    "timeline/": "Timeline",
    "actors/": "Who is who",
    "claims/": "Claims",
    "sources/": "Sources",
    "terms/": "Terms",
    "updates/": "Updates",
    "about/": "About",
    "search/": "Search",
    "data/": "Data to take away",
}
"""The titles of pages that belong to no single entity, by path."""

DESCRIPTIONS: Mapping[str, str] = {
    "issues/": "The questions that keep the sides apart.",
    "positions/": "Who wants what: the positions of the actors on the issues.",
    "timeline/": "What happened, as far as the order is known.",
    "actors/": "The people and bodies in this story.",
    "claims/": "What is claimed, by whom, and what is said against it.",
    "sources/": "The documents that this explainer names.",
    "terms/": "Words used here, and what they mean.",
    "updates/": "What changed here, and corrections.",
    "about/": "How this explainer is made.",
    "search/": "Everything here by name, and a search of its words.",
    "data/": "This explainer as data, feeds and parts to embed, and how to cite it.",
}
"""What these pages hold, in a sentence."""

HEADINGS: Mapping[str, str] = {
    "actor-claims": "What they claim and dispute",
    "actor-events": "When they took part",
    "actors": "Who is who",
    "background": "Background",
    "claims": "What is claimed",
    "events": "When it happened",
    "issues": "The issues",
    "key-points": "The story in a minute",
    "known": "Known",
    "mentions": "Mentioned on",
    "notes": "How we know",
    "open-questions": "What is not known",
    "passages": "Passages used",
    "passages-used": "The passages used",
    "positions": "Where they stand",
    "related": "Related issues",
    "reported": "Reported, not disputed",
    "source": "About this source",
    "stakes": "Why it matters",
    "story": "The story in full",
    "terms": "Words to know",
    "updates": "What changed",
}
"""The headings of parts, by name: those that several pages have, or a page and its Markdown copy."""

OF_ONE_SOURCE: Mapping[str, str] = {
    "all": "All of it from one source.",
    "each": "Each from one source only.",
}
"""On how much the lines of what is reported and not disputed rest."""

KIND_NAMES: Mapping[str, str] = {
    "article": "Articles",
    "issue": "Issues",
    "actor": "People and bodies",
    "claim": "Claims",
    "event": "Events",
    "term": "Terms",
    "source": "Sources",
}
"""What entities of a kind are called together. A kind without a message is called as its folder."""

SECTIONS: Mapping[str, str] = {
    "article": "The story",
    "issue": "Issues",
    "actor": "People and bodies",
    "source": "Documents",
}
"""What the copies of pages are called together in `llms.txt`, by the kind of their entities."""

UPDATES: Mapping[str, str] = {
    "update": "Update",
    "clarification": "Clarification",
    "correction": "Correction",
}
"""What the kinds of notes of changes are called."""

EMBEDS: Mapping[str, str] = {
    "positions/": "Who wants what",
    "timeline/": "What happened",
}
"""The titles of embeds that show more than one entity, by the path of their page."""
