"""What the program itself says to readers in more than one place, in English.

The English text is the key of a translation, as it is for the texts in templates. A text that only one template
shows stands there. `Locale` puts these into the language of a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

NAVIGATION: Mapping[str, str] = {
    "": "Story",
    "positions/": "Positions",
    "timeline/": "Timeline",
    "actors/": "People",
    "sources/": "Sources",
}
"""What the five parts of an explainer are called in its navigation, by path; all other pages stand in the foot."""

STORIES = "Stories"
"""What the first of them is called if there are several."""

PRINT_EDITION = "Print edition"
"""What the foot calls the whole explainer on one page."""

KIND_LABELS: Mapping[str, str] = {
    "article": "Article",
    "issue": "Issue",
    "actor": "Who",
    "position": "Position",
    "claim": "Claim",
    "event": "Event",
    "source": "Source",
    "term": "Term",
    "page": "Page",
}
"""What the search calls one thing that it has found, by its kind."""

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
    "actor-concerned": "What concerned them",
    "actor-events": "When they took part",
    "actors": "Who is who",
    "background": "Background",
    "claims": "What is claimed",
    "disputed": "Disputed",
    "events": "When it happened",
    "issues": "The issues",
    "key-points": "In a minute",
    "known": "Known",
    "mentions": "Mentioned on",
    "below": "More on this",
    "more": "More",
    "not-known": "Not known",
    "notes": "How we know",
    "open-questions": "What is not known",
    "passages": "Passages used",
    "passages-used": "The passages used",
    "positions": "Where they stand",
    "related": "Related issues",
    "reported": "Reported, not disputed",
    "said": "Said by one side only",
    "said-by-several": "Said, and not verified",
    "source": "About this source",
    "stakes": "Why it matters",
    "story": "The story",
    "terms": "Words to know",
    "updates": "What changed",
}
"""The headings of parts, by name: those that several pages have, or a page and its Markdown copy."""

OF_ONE_SOURCE: Mapping[str, str] = {
    "all": "All of it from one source.",
    "each": "Each from one source only.",
}
"""On how much the lines of what is reported and not disputed rest."""

NUMBERS: Sequence[str] = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip
"""Numbers as they stand in a sentence."""

GROUPS: Mapping[str, str] = {
    "divided": "Openly divided",
    "part": "Apart in part",
    "agreed": "Agreed",
    "one": "Only one side heard",
    "none": "No view reported",
}
"""What the questions are called together on which the sides stand alike, most disputed first."""

OPENLY_DIVIDED = (
    "The sides openly disagree on the one question",
    "The sides openly disagree on %(divided)s of %(all)s questions",
)
"""The first clause of the sentence above the picture, by the number of all questions."""
ALL_DIVIDED = (
    "The sides openly disagree on the one question",
    "The sides openly disagree on each of the %(all)s questions",
)
NONE_DIVIDED = (
    "On the one question the sides do not openly disagree",
    "On none of the %(all)s questions do the sides openly disagree",
)
ALL_AGREED = (
    "The sides agree on the one question",
    "The sides agree on each of the %(all)s questions",
)
NO_VIEW = (
    "On the one question, nobody’s view is reported",
    "On none of the %(all)s questions is anybody’s view reported",
)
AGREED_ON = ("they agree on %(count)s", "they agree on %(count)s")
"""The second clause, by the number of questions on which they agree."""
NO_VIEW_ON = ("on %(count)s, nobody’s view is reported", "on %(count)s, nobody’s view is reported")
"""The last clause, by the number of questions without a view."""

KIND_NAMES: Mapping[str, str] = {
    "article": "Articles",
    "issue": "Issues",
    "actor": "People and bodies",
    "claim": "Claims",
    "event": "Events",
    "term": "Terms",
    "source": "Sources",
    "page": "More pages",
}
"""What entities of a kind are called together. A kind without a message is called as its folder."""

SECTIONS: Mapping[str, str] = {
    "article": "The story",
    "issue": "Issues",
    "actor": "People and bodies",
    "source": "Documents",
    "page": "More pages",
}
"""What the copies of pages are called together in `llms.txt`, by the kind of their entities."""

ANSWERS: Mapping[str, str] = {
    "declined": "declined to answer",
    "no answer": "did not answer",
    "not yet": "has not answered yet",
}
"""What came of it that somebody was asked."""

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
