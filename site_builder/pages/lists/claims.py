"""All claims: `claims/`, `claims.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class ClaimsContext(NamedTuple):
    """`claims/` (`claims.html`)."""

    claims: tuple[ClaimView, ...]
    """Disputed ones first."""


def make(making: Making) -> Made:
    """The list of claims."""
    return made_list(making, ClaimsContext(claims(making, making.within.claims)))


PAGE = PageType("claims", listed("claims/"), make)
