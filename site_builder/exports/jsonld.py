"""Describes a page in the vocabulary of https://schema.org, as JSON-LD 1.1.

Each page has one graph: nodes with stable `@id`s (the entity's address and a fragment), by which other
nodes refer to them. Addresses are full if the site has a base address; else they are relative to the page, as
JSON-LD in HTML allows. What is not known is left out, such as a date that is not exact to the day.

A state has two types, `Country` and `Organization`: it is a place, but it also acts and makes claims, which
in schema.org only persons and organisations do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from markupsafe import Markup

from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.models import (
    Actor,
    Article,
    Claim,
    EntityId,
    Event,
    Issue,
    Source,
    Term,
)
from site_builder.content.shape import said_in
from site_builder.exports.jsonld_makers import makers, publisher
from site_builder.exports.jsonld_quotations import placed_quotations
from site_builder.exports.texts import words
from site_builder.links.graph import Linked
from site_builder.pages.frame import trail
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.pages.story import story_of

Node = dict[str, Any]

_ACTOR_TYPES: Mapping[str | None, str | list[str]] = {
    "person": "Person",
    "state": ["Country", "Organization"],
    "organisation": "Organization",
    "bloc": "Organization",
    "armed force": "Organization",
    "group": "Thing",
    None: "Thing",
}
_UNORGANISED = ("", "person", "group")
"""Kinds of actors that can have no members; a group is not an organisation either."""


def page_jsonld(pages: Pages, route: Route, title: str, modified: str) -> Markup:
    """The graph of a page as the text of a script element, with special characters escaped."""
    nodes = _Writer(pages, route, title, modified).nodes()
    if not nodes:
        return Markup("")
    return script_text({"@context": "https://schema.org", "@graph": nodes})


def script_text(data: object) -> Markup:
    """JSON for a script element, without characters that are special in HTML."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(text)  # noqa: S704  # nothing is left that HTML could read


class _Writer:
    """Collects the nodes of one page, each once."""

    def __init__(self, pages: Pages, route: Route, title: str, modified: str) -> None:
        self.pages = pages
        self.graph = pages.graph
        self.site = pages.graph.content.site
        self.route = route
        self.title = title
        self.modified = modified
        self._base = self.site.base_url or "../" * route.path.count("/") or "./"
        self._nodes: dict[str, Node] = {}

    def nodes(self) -> list[Node]:
        """All nodes of the page."""
        kind = self.route.id.kind if self.route.id else self.route.type
        rule = self._RULES.get(kind)
        if rule:
            rule(self)
        self._breadcrumbs()
        return list(self._nodes.values())

    # small things

    def address(self, path: str) -> str:
        """A path of the site as an address."""
        return f"{self._base}{path}"

    def id_of(self, id: EntityId) -> str:
        """An entity's `@id`: the fragment is its kind on its own page, elsewhere its anchor."""
        path = self.graph.addresses.of(id)
        return self.address(path if "#" in path else f"{path}#{id.kind}")

    def _add(self, node: Node) -> Node:
        """Adds a node without its empty fields; returns a reference to it."""
        id = node["@id"]
        self._nodes[id] = {key: value for key, value in node.items() if value not in (None, "", [])}
        return {"@id": id}

    def _refs(self, ids: Iterable[EntityId]) -> list[Node]:
        """References to entities; adds a short node for each that has none."""
        return [self._short(id) for id in dict.fromkeys(ids)]

    def _short(self, id: EntityId) -> Node:
        at = self.id_of(id)
        if at not in self._nodes:
            card = self.pages.cards.of(id)
            kind = KINDS[id.kind]
            type = _ACTOR_TYPES[card.subkind or None] if kind.model is Actor else kind.schema_type
            name, text = ("", card.name) if kind.title == said_in(kind.model) else (card.name, "")
            address = self.address(card.path)
            self._add({"@type": type, "@id": at, "name": name, "url": address, "text": text})
        return {"@id": at}

    def _publisher(self) -> Node | None:
        if not self.site.publisher:
            return None
        return self._add(publisher(self.pages.site, self.address))

    def _website(self) -> Node:
        return self._add(
            {
                "@type": "WebSite",
                "@id": self.address("#site"),
                "name": self.site.title,
                "description": self.site.description,
                "url": self.address(""),
                "inLanguage": self.site.language,
                "publisher": self._publisher(),
                "license": licence(self.site.licence),
            }
        )

    def _breadcrumbs(self) -> None:
        steps = [*trail(self.pages, self.route), (self.title, self.route.path)]
        if len(steps) < 2:
            return
        items = [
            {
                "@type": "ListItem",
                "position": n,
                "name": name,
                "item": {"@type": "WebPage", "@id": self.address(path)},
            }
            for n, (name, path) in enumerate(steps, 1)
        ]
        id = self.address(f"{self.route.path}#trail")
        self._add({"@type": "BreadcrumbList", "@id": id, "itemListElement": items})

    def _citations(self, linked: Linked) -> list[Node]:
        """The sources that an entry cites, and the quotations whose place in them is known."""
        marks = [mark.source for marks in linked.cites.values() for mark in marks]
        sources = self._refs([*linked.refs_at("sources"), *marks])
        return [*sources, *placed_quotations(linked, self.pages.locale, self.id_of)]

    # one method for each kind of page

    def _article(self) -> None:
        assert self.route.id is not None
        story = story_of(self.pages, self.route.id)
        linked = story.article
        record = linked.entry.record_of(Article)
        path = self.graph.addresses.of(self.route.id)
        self._add(
            {
                "@type": "NewsArticle",
                "@id": self.id_of(self.route.id),
                "headline": record.title,
                "description": words(linked, "standfirst"),
                "url": self.address(path),
                "mainEntityOfPage": self.address(path),
                "isPartOf": self._website(),
                "inLanguage": self.site.language,
                **makers(self.site, record.authors or self.site.authors),
                "publisher": self._publisher(),
                "dateModified": self.modified,
                "contentReferenceTime": record.as_of.exact_day,
                "license": licence(self.site.licence),
                "about": self._refs(story.issues),
                "mentions": self._refs(story.actors),
                "citation": self._citations(linked),
            }
        )

    def _home(self) -> None:
        self._website()
        for id in self.graph.ids_of(FRONT):
            self._short(id)

    def _issue(self) -> None:
        assert self.route.id is not None
        linked = self.graph.linked[self.route.id]
        record = linked.entry.record_of(Issue)
        path = self.graph.addresses.of(self.route.id)
        actors = [target for where, target in linked.refs.items() if where[0] == "positions"]
        claims = self.pages.naming("claim.issues", self.route.id)
        events = self.pages.naming("event.issues", self.route.id)
        about = self._add(
            {
                "@type": "Thing",
                "@id": self.id_of(self.route.id),
                "name": record.title,
                "description": words(linked, "summary") or record.question,
                "url": self.address(path),
            }
        )
        self._add(
            {
                "@type": "NewsArticle",
                "@id": self.address(f"{path}#page"),
                "headline": record.question or record.title,
                "description": words(linked, "summary"),
                "url": self.address(path),
                "mainEntityOfPage": self.address(path),
                "isPartOf": self._website(),
                "inLanguage": self.site.language,
                **makers(self.site, self.site.authors),
                "publisher": self._publisher(),
                "dateModified": self.modified,
                "license": licence(self.site.licence),
                "about": about,
                "mentions": self._refs([*actors, *(row.entry.id for row in (*claims, *events))]),
                "citation": self._citations(linked),
            }
        )

    def _actor(self) -> None:
        assert self.route.id is not None
        linked = self.graph.linked[self.route.id]
        record = linked.entry.record_of(Actor)
        path = self.graph.addresses.of(self.route.id)
        others = dict.fromkeys([record.short_name, *record.aliases])
        image = self.graph.file_of(record.image.src) if record.image else ""
        node: Node = {
            "@type": _ACTOR_TYPES[record.kind],
            "@id": self.id_of(self.route.id),
            "name": record.name,
            "alternateName": [name for name in others if name and name != record.name],
            "description": words(linked, "role"),
            "url": self.address(path),
            "mainEntityOfPage": self.address(path),
            "sameAs": list(record.same_as),
            "image": self.address(image) if image else None,
        }
        belongs = linked.refs.get(("affiliation",))
        known = record.kind not in (None, "group")
        if belongs and known and self.pages.cards.of(belongs).subkind not in _UNORGANISED:
            node["memberOf"] = self._short(belongs)
        self._add(node)

    def _source(self) -> None:
        assert self.route.id is not None
        linked = self.graph.linked[self.route.id]
        record = linked.entry.record_of(Source)
        self._add(
            {
                "@type": "CreativeWork",
                "@id": self.id_of(self.route.id),
                "name": record.title,
                "genre": record.kind,
                "author": [{"@type": "Person", "name": name} for name in record.authors],
                "publisher": record.publisher
                and {"@type": "Organization", "name": record.publisher},
                "datePublished": record.published.exact_day if record.published else "",
                "inLanguage": record.language,
                "url": record.url or self.address(self.graph.addresses.of(self.route.id)),
                "archivedAt": record.archived,
            }
        )

    def _claims(self) -> None:
        for linked in self.pages.claims:
            record = linked.entry.record_of(Claim)
            who = linked.refs_at("made_by")
            # Only persons and organisations can be authors, and an actor without a kind may be neither.
            known = [by for by in who if self.pages.cards.of(by).subkind not in ("", "group")]
            claim = self._add(
                {
                    "@type": "Claim",
                    "@id": self.id_of(linked.entry.id),
                    "text": words(linked, "statement"),
                    "url": self.address(self.graph.addresses.of(linked.entry.id)),
                    "author": self._refs(known),
                    "mentions": self._refs(by for by in who if by not in known),
                    "about": self._refs(linked.refs_at("issues")),
                    "citation": self._citations(linked),
                }
            )
            if record.verdict:
                self._review(linked, record, claim)

    def _review(self, linked: Linked, record: Claim, claim: Node) -> None:
        verdict = record.verdict
        assert verdict is not None
        self._add(
            {
                "@type": "ClaimReview",
                "@id": f"{self.id_of(linked.entry.id)}-review",
                "claimReviewed": words(linked, "statement"),
                "itemReviewed": claim,
                "author": {"@type": "Organization", "name": verdict.reviewer},
                "reviewRating": {"@type": "Rating", "alternateName": verdict.rating},
                "reviewBody": words(linked, "verdict", "text"),
                "datePublished": verdict.date.exact_day if verdict.date else "",
                "url": verdict.url or self.address(self.graph.addresses.of(linked.entry.id)),
            }
        )

    def _timeline(self) -> None:
        for linked in self.pages.events:
            record = linked.entry.record_of(Event)
            begin, end = record.date.begin, record.date.end
            self._add(
                {
                    "@type": "Event",
                    "@id": self.id_of(linked.entry.id),
                    "name": record.title,
                    "description": words(linked, "text"),
                    "startDate": begin.iso if begin else "",
                    "endDate": end.iso if end and record.date.is_interval else "",
                    "url": self.address(self.graph.addresses.of(linked.entry.id)),
                    "about": self._refs([*linked.refs_at("actors"), *linked.refs_at("issues")]),
                }
            )

    def _terms(self) -> None:
        within = {"@id": self.address("terms/#terms")}
        terms = []
        for linked in self.graph.of_kind("term"):
            record = linked.entry.record_of(Term)
            term = {
                "@type": "DefinedTerm",
                "@id": self.id_of(linked.entry.id),
                "name": linked.entry.title,
                "alternateName": list(record.aliases),
                "description": words(linked, "definition"),
                "url": self.address(self.graph.addresses.of(linked.entry.id)),
                "inDefinedTermSet": within,
            }
            terms.append(self._add(term))
        self._add(
            {"@type": "DefinedTermSet", **within, "name": self.title, "hasDefinedTerm": terms}
        )

    def _data(self) -> None:
        files = [
            ("explainer.json", "application/json"),
            *([("positions.csv", "text/csv")] if "positions/" in self.graph.index_pages else []),
        ]
        self._add(
            {
                "@type": "Dataset",
                "@id": self.address("data/#dataset"),
                "name": self.site.title,
                "description": self.site.description,
                "url": self.address("data/"),
                "inLanguage": self.site.language,
                "creator": self._publisher(),
                "license": licence(self.site.licence),
                "dateModified": self.modified,
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "contentUrl": self.address(path),
                        "encodingFormat": type,
                    }
                    for path, type in files
                ],
            }
        )

    _RULES: ClassVar[Mapping[str, Callable[[_Writer], None]]] = {
        "article": _article,
        "home": _home,
        "issue": _issue,
        "actor": _actor,
        "source": _source,
        "claims": _claims,
        "timeline": _timeline,
        "terms": _terms,
        "data": _data,
    }


def licence(text: str | None) -> str | Node | None:
    """A licence for schema.org: its address, or a `CreativeWork` with its name."""
    if not text:
        return None
    is_address = text.startswith(("http://", "https://"))
    return text if is_address else {"@type": "CreativeWork", "name": text}
