"""Says how far a site quotes its sources, for their page and for `llms.txt`."""

from __future__ import annotations

from site_builder.links.graph import Graph


def evidence_in_words(graph: Graph) -> str:
    """How much of its sources the site quotes, and of which it has no text; "" for a site without sources."""
    sources = [graph.sources[id] for id in graph.ids_of("source")]
    if not sources:
        return ""
    count = len(sources)
    passages = sum(len(source.passages) for source in sources)
    quoted = sum(bool(source.passages) for source in sources)
    without = sum(source.text is None for source in sources)
    if not passages:
        quotes = f"It names {_counted(count, 'source')} and quotes {_none(count)} word for word."
    else:
        found = "it was" if passages == 1 else "each was"
        of = "its only source" if count == 1 else f"its {count} sources"
        of = of if quoted == count else f"{quoted} of {of}"
        quotes = (
            f"It quotes {_counted(passages, 'passage')} of {of} word for word; "
            f"{found} found in the text of the source when this site was built."
        )
    if without == 0:
        return quotes
    if without == count:
        whose = "The text of its source" if count == 1 else "The texts of its sources"
        return f"{quotes} {whose} {'is' if count == 1 else 'are'} not kept with it."
    texts = "text of 1 source is" if without == 1 else f"texts of {without} sources are"
    return f"{quotes} The {texts} not kept with it, so nothing is quoted from {'it' if without == 1 else 'them'}."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _none(count: int) -> str:
    return "it nowhere" if count == 1 else "none of them"
