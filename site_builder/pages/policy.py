"""The content security policy of pages: in the page itself, and as a header that hosts send."""

from __future__ import annotations

from site_builder.pages.alone import alone_source


def content_policy(*, searches: bool, alone: bool = False) -> str:
    """The content policy of a page (W3C Content Security Policy 3): nothing from other hosts, no script in it.

    A page that `searches` may run WebAssembly, which the search index needs; one that stands `alone`, linking
    to nothing, has its style in itself. Who may frame a page can only
    be said in a header: see `host_files.headers`.
    """
    script = "'self' 'wasm-unsafe-eval'" if searches else "'self'"
    rules = (
        "default-src 'none'",
        f"script-src {script}",
        f"style-src 'self' {alone_source()}" if alone else "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
    return "; ".join(rules)
