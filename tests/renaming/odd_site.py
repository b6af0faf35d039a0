"""A small site whose files are written in every odd way that is allowed."""

from __future__ import annotations

from pathlib import Path

FILES: dict[str, str] = {
    "content/site.yaml": """\
title: The dam   # the site
nav:
  - title: Dam
    to: issues/dam/
  - {title: 'The town', to: "actor/town"}
  - title: Surveyor
    to: ./actors/surveyor/index.html
  - title: The leak
    to: timeline/#leak
  - title: First
    to: claims/#safe
  - title: More
    items:
      - title: Who
        to: "[[actor/surveyor]]"
      - to: issues/dam/#positions
""",
    "content/about.md": """\
Written from [@minutes "until May"], about [[town]] and [the dam](issues/dam/), see
[the issue's file](issues/dam.md "its title") or [[dam#position-town|what the town wants]].
""",
    "content/actors/town.md": """\
---
name: Town of Aldern
aliases: [Aldern, "the Town"]
affiliation: county  # since 1900
redirect_from:   # from the first year
  - the-town
---
Of old.

`[[town]]` is code. The [[ surveyor | man ]] works for [[actors/county]], the [[Town of Aldern]] too.

| who | what |
|---|---|
| [[surveyor\\|he]] | [@minutes; @letter "not safe"] |

> He said [[county#background|so]], and [[
> surveyor|again]].

[ref]: ../issues/dam.md#position-town
[other]: /actors/surveyor/

See [the dam][ref] and [him][other], [us](/content/actors/town.md), [leak](../timeline/#leak), [x](/actors/surveyor).
""",
    "content/actors/surveyor.yaml": "{name: Hans Lind, kind: person, affiliation: 'town', redirect_from: [lind]}\r\n",
    "content/actors/county.md": '\ufeff---\r\nname: County\r\nrelations:\r\n  to: "town"\r\n  label: above\r\n  cite: [minutes]\r\n---\r\n\r\nAbove [[town]],\r\nsee [[surveyor]].\r\n',
    "content/issues/dam.md": """\
---
title: The dam
positions:
  - actor: [town, 'county']   # both
    stance: supports
    summary: >-
      As [[town]] says, and
      [[surveyor]] wrote [@minutes "until May"].
    cite: 'minutes "until May"'
  - {actor: surveyor, stance: rejects, cite: "letter \\"not safe\\"; minutes"}
cite:
  - source: minutes
    words: until May
  - '@letter "not safe"'
---
As in [another part](#position-town), see [[#position-surveyor]].
""",
    "content/claims.yaml": """\
# the claims
safe:
  statement: "It is \\"safe\\", as [[town|they]] say: [it](issues/dam/)."
  made_by: town
  contested_by: surveyor
  issues: dam
  cite: minutes
'unsafe':
  statement: 'It isn''t safe, [[Hans Lind]] and [[surveyor]] say.'
  made_by: [ "surveyor", actors/town ]
  issues:
  - dam
  cite:
    - letter "not safe"
""",
    "content/events.yaml": """\
leak: {date: 2026-01, title: A leak, actors: [&t town, surveyor], issues: dam, cite: minutes}
meeting:
  date: 2026-02
  title: The meeting
  text: |
    First [[leak]], then [[safe|a claim]].

    Then [[town]].
  after: leak
  actors: *t
  redirect_from: [old-meeting]
  cite: minutes""",
    "content/sources.yaml": """\
minutes:
  title: Minutes
  file: minutes.txt
letter: {title: Letter, file: letter.txt}
""",
    "content/terms.yaml": """\
non-paper:
  definition: A paper of [[town]], not [[spillway]].
spillway:
  definition: Where water goes, see [[non-paper]] and [[term/non-paper]].
""",
    "content/updates.yaml": """\
first:
  date: 2026-03
  text: Changed [[dam]], [[meeting]].
  touches:
    - dam
    - town
    - unsafe
    - minutes
""",
    "content/articles/one.md": """\
---
title: One
as_of: 2026-03-01
standfirst: "The [[town]] said [@minutes \\"until May\\"]."
key_points:
  - The [[surveyor|surveyor]] left.
  - text: '[[town|The town]] stays'
    cite: minutes
actors: [town, surveyor, county]
issues:
  - dam
sources:
  - minutes
  - letter
---
[[two]] comes next, with [[safe]], [[first]], a [[non-paper]] and [claims](claims/#unsafe).
""",
    "content/articles/two.md": """\
---
title: Two
as_of: 2026-03-02
---
After [[article/one]], [that one](articles/one/), [term](terms/#spillway) and [it](../updates/#first).
""",
    "seeds/minutes.txt": "It holds until May, they say.\n",
    "seeds/letter.txt": "It is not safe.\n",
}


def write(root: Path) -> None:
    """Writes the site into a folder."""
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
