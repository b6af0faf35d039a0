"""A corpus by a seed: the same pages, links and positions on every machine.

Of the pages, 60 % are issues (about 350 words, a table, two lists, eight links, five positions) and 40 % are actors
(about 120 words). A home page that lists them all comes on top. The texts are made-up
sentences of the kind that explainers have. Names are in them only as links, so that generators which link names show the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")

ISSUE_SHARE = 0.6
POSITIONS = 5
LINKS_TO_ACTORS = 5
LINKS_TO_ISSUES = 3

STANCES = {
    "supports": "Supports",
    "conditional": "Conditional",
    "rejects": "Rejects",
    "contests": "Contests",
    "unstated": "Not stated",
}
"""The default vocabulary of stances with its labels, in its order."""

WORDS = """
able accord account across action added adviser after again agency agenda agreed aid aim alliance allow along also
although always ambassador amended among amount annual answer appeal approach archive area argued army article aside
assembly assurance attack attempt authority autumn backed balance ballot bank barrier base because before began behind
belief below benefit between beyond bill border both branch brief broad budget building burden cabinet called campaign
capital careful case caution centre chair change chapter charge charter citizen claim clause clear close coalition coast
code commander commission committee common community company compromise concern condition conference conflict congress
consent consider constant contact contract control council counter country course court credit crisis crossing current
damage daily deadline deal debate decade decision declared defence degree delay delegation demand deny depend deputy
detail dialogue difference diplomat direct dispute district document doubt draft during early east economy effect effort
either election embassy emergency energy enforce enough ensure entire envoy equal estimate evening evidence exact example
exchange expect expert export extend factor factory failure family farmer favour federal figure final finance firm first
fiscal follow force foreign forest formal forum forward found framework free fresh friction front frozen future gains
general goods government gradual grain grant ground group growth guarantee harbour hearing height holding hospital hour
house housing human hundred import income index industry inquiry inside instead interest interim interview island issue
joint journal judge judgement keep labour language large later launch lawyer leader leave legal letter level licence limit
line list local long lower mandate many margin maritime market matter mayor measure media mediator meeting member memo
method middle minister ministry minor mission model moment monitor month morning motion mountain movement narrow nation
nearby neighbour network neutral night north notice number objection observer offer office official often oil open opinion
option order other outcome output outside owner package panel paper parliament part partner party passage past payment
peace pension people percent period permit phase place plain plan plant pledge point police policy port power practice
presence press pressure price principle prison process product programme project proof proposal protest province public
quarter question quick quiet quota radio railway range rather ratio reach reason recent record reform refugee refuse
region regular reject release relief remain remark repair repeat reply report request reserve resident resolution result
retreat return revenue review right risk river road role round route rule safety sanction scale schedule school scope sea
season seat second secret section sector security senate senior series service session settle several share ship shore
short signal since small social soldier source south speech spending stage standard state statement station status step
still storage strategy street strict strike strong study subject supply support surplus survey system table talks target
tariff tax team term territory test text third threat tonne total tour toward town trade traffic transfer transit treaty
trial tribunal truce turn under union unit until update urgent usual valley value vehicle version veto village visit voice
volume vote wage warning water weapon week west wheat whole winter within witness word work worker world year zone
""".split()

SYLLABLES = """
al an ar bel bor bran cal car cor dal dan dor el en er fal far fen gal gar gor hal han hor il in ir jor kal kar kel lan
lar lor mal mar mor nal nar nor ol or pal par per ral ran ror sal sar sel tal tar tor ul un ur val var vor wen win yal yor
""".split()

KINDS = ("person", "person", "person", "organisation", "state", "group")


@dataclass(frozen=True)
class Actor:
    """A person or body. `body` is Markdown with `[[slug]]` for links."""

    slug: str
    name: str
    kind: str
    role: str
    body: str


@dataclass(frozen=True)
class Position:
    """Where an actor stands on the issue that holds this. `stance` is a key of `STANCES`."""

    actor: str
    stance: str
    summary: str


@dataclass(frozen=True)
class Issue:
    """A question. `body` is Markdown with `[[slug]]` for links; positions stand in the order of `STANCES`."""

    slug: str
    title: str
    question: str
    summary: str
    stakes: str
    status: str
    positions: tuple[Position, ...]
    body: str


@dataclass(frozen=True)
class Corpus:
    """All pages. Slugs are unique over both kinds; so are names and titles."""

    title: str
    standfirst: str
    edition: str
    """A word that every page shows in its footer; the theme's templates hold it."""
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]

    def names(self) -> dict[str, str]:
        """The text of a link to each slug."""
        return {one.slug: one.name for one in self.actors} | {
            one.slug: one.title for one in self.issues
        }


def make_corpus(pages: int, seed: int = 1) -> Corpus:
    """Make a corpus of so many pages, the home page not counted."""
    # Strings seed by their bytes, on every version of Python alike.
    chance = random.Random(f"site_builder benchmark {seed} {pages}")
    issue_count = round(pages * ISSUE_SHARE)
    titles = unique(issue_titles(chance), issue_count)
    names = unique(actor_names(chance), pages - issue_count)
    issue_slugs = [slug_of(title) for title in titles]
    actor_slugs = [slug_of(name) for name in names]
    actors = tuple(
        make_actor(chance, slug, name, issue_slugs)
        for slug, name in zip(actor_slugs, names, strict=True)
    )
    issues = tuple(
        make_issue(chance, slug, title, actor_slugs, issue_slugs)
        for slug, title in zip(issue_slugs, titles, strict=True)
    )
    return Corpus(
        title="The long talks",
        standfirst=sentence(chance),
        edition="first",
        actors=actors,
        issues=issues,
    )


# --- edits -------------------------------------------------------------------------------------


def with_issue_edited(corpus: Corpus, word: str) -> Corpus:
    """One word more at the end of the middle issue's text."""
    middle = len(corpus.issues) // 2
    edited = replace(corpus.issues[middle], body=f"{corpus.issues[middle].body}\nAdded {word}.\n")
    return replace(corpus, issues=(*corpus.issues[:middle], edited, *corpus.issues[middle + 1 :]))


def with_actor_renamed(corpus: Corpus, word: str) -> Corpus:
    """A second name for the middle actor, whom as many pages name as any other."""
    middle = len(corpus.actors) // 2
    actor = corpus.actors[middle]
    renamed = replace(actor, name=f"{actor.name} {word.title()}")
    return replace(corpus, actors=(*corpus.actors[:middle], renamed, *corpus.actors[middle + 1 :]))


def with_template_edited(corpus: Corpus, word: str) -> Corpus:
    """Another word in the footer that the templates put on every page."""
    return replace(corpus, edition=word)


# --- pages -------------------------------------------------------------------------------------


def make_actor(chance: random.Random, slug: str, name: str, issues: list[str]) -> Actor:
    """An actor with about 120 words and two links."""
    links = [f"[[{target}]]" for target in sample(chance, issues, 2)]
    paragraphs = [
        sentences(chance, 3),
        woven(sentences(chance, 4), links, chance),
        sentences(chance, 3),
    ]
    return Actor(slug, name, chance.choice(KINDS), sentence(chance), "\n\n".join(paragraphs) + "\n")


def make_issue(
    chance: random.Random, slug: str, title: str, actors: list[str], issues: list[str]
) -> Issue:
    """An issue with about 350 words, a table, two lists, eight links and five positions."""
    others = [other for other in sample(chance, issues, LINKS_TO_ISSUES + 1) if other != slug]
    targets = sample(chance, actors, LINKS_TO_ACTORS) + others[:LINKS_TO_ISSUES]
    links = [f"[[{target}]]" for target in targets]
    chance.shuffle(links)
    parts = [
        woven(sentences(chance, 4), links[:2], chance),
        f"## {phrase(chance, 3)}",
        woven(sentences(chance, 6), links[2:4], chance),
        bullets(chance, links[4:6]),
        f"## {phrase(chance, 3)}",
        sentences(chance, 4),
        table(chance),
        f"## {phrase(chance, 3)}",
        woven(sentences(chance, 5), links[6:], chance),
        "\n".join(f"{number}. {sentence(chance)}" for number in (1, 2, 3)),
        f"It was *{phrase(chance, 2)}* and **{phrase(chance, 2)}**. {sentences(chance, 2)}",
    ]
    return Issue(
        slug=slug,
        title=title,
        question=f"{phrase(chance, 8)}?",
        summary=sentence(chance),
        stakes=sentence(chance),
        status=phrase(chance, 4),
        positions=positions(chance, actors),
        body="\n\n".join(parts) + "\n",
    )


def positions(chance: random.Random, actors: list[str]) -> tuple[Position, ...]:
    """Five positions of different actors, in the order of the stances."""
    order = list(STANCES)
    stances = sorted(chance.choices(order, k=POSITIONS), key=order.index)
    holders = sample(chance, actors, POSITIONS)
    return tuple(
        Position(holder, stance, sentence(chance))
        for holder, stance in zip(holders, stances, strict=False)
    )


# --- words -------------------------------------------------------------------------------------


def phrase(chance: random.Random, words: int) -> str:
    """So many words, the first with a capital."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def sentence(chance: random.Random) -> str:
    """A sentence of about eleven words."""
    return phrase(chance, chance.randint(8, 15)) + "."


def sentences(chance: random.Random, count: int) -> str:
    """So many sentences."""
    return " ".join(sentence(chance) for _ in range(count))


def woven(text: str, links: list[str], chance: random.Random) -> str:
    """The text with the links in it, each between two words of its own place."""
    words = text.split(" ")
    for place, link in zip(sample(chance, range(1, len(words)), len(links)), links, strict=False):
        words[place] = f"{link} {words[place]}"
    return " ".join(words)


def bullets(chance: random.Random, links: list[str]) -> str:
    """A list of four, with a link in each of the first ones."""
    tails = [*links, "", "", "", ""][:4]
    return "\n".join(f"- {phrase(chance, 7)} {tail}".rstrip() for tail in tails)


def table(chance: random.Random) -> str:
    """A table of four columns and four rows under a head."""
    head = [phrase(chance, 1) for _ in range(4)]
    rows = [
        [phrase(chance, 2), *(str(chance.randint(10, 9999)) for _ in range(3))] for _ in range(4)
    ]
    lines = [head, ["---"] * 4, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def issue_titles(chance: random.Random) -> Iterator[str]:
    """Titles of four words."""
    while True:
        yield phrase(chance, 4)


def actor_names(chance: random.Random) -> Iterator[str]:
    """Names of two words that no text has."""
    while True:
        given, family = ("".join(chance.choices(SYLLABLES, k=3)) for _ in range(2))
        yield f"{given.title()} {family.title()}"


def unique(values: Iterator[str], count: int) -> list[str]:
    """The first so many different ones, in order."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[next(values)] = None
    return list(found)


def sample(chance: random.Random, values: Sequence[T], count: int) -> list[T]:
    """So many different values, or as many as there are."""
    return chance.sample(values, min(count, len(values)))


def slug_of(name: str) -> str:
    """The name as a file's name."""
    return name.lower().replace(" ", "-")
