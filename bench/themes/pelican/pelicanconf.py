"""Pelican's settings: pages only, no feeds and no archives, names and positions gathered once."""

SITENAME = "The long talks"
SITEURL = ""
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
ARTICLE_PATHS = []
PAGE_PATHS = ["issues", "actors"]
PAGE_URL = "{section}/{slug}/"
PAGE_SAVE_AS = "{section}/{slug}/index.html"
PATH_METADATA = r"(?P<section>[^/]+)/(?P<slug>[^/]+)\.md"
DIRECT_TEMPLATES = ["index"]
THEME_STATIC_PATHS = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

STANDFIRST = "@STANDFIRST@"

_gathered = {}


def gathered(pages):
    """Names and positions by slug, made at the first page and kept."""
    if not _gathered:
        _gathered["actors"] = {page.slug: page for page in pages if page.section == "actors"}
        positions = _gathered["positions"] = {}
        for page in pages:
            if page.section == "issues":
                for line in page.positions:
                    actor, stance, summary = line.split("|")
                    positions.setdefault(actor, []).append((page, stance, summary))
    return _gathered


JINJA_GLOBALS = {"gathered": gathered}
