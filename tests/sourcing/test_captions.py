"""Captions: moments, speakers, and what rolls said once."""

from __future__ import annotations

import pytest

from site_builder.sources.text_form import read
from site_builder.sourcing.captions import extract
from site_builder.text.places import MOMENT

ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.030 --> 00:00:02.909 align:start position:0%
\x20
the<00:00:00.560><c> first</c><00:00:00.880><c> thing</c>

00:00:02.909 --> 00:00:02.919 align:start position:0%
the first thing
\x20

00:00:02.919 --> 00:00:05.669 align:start position:0%
the first thing
to<00:00:03.560><c> say</c>

00:00:05.669 --> 00:00:05.679 align:start position:0%
to say
\x20

00:00:25.000 --> 00:00:26.000
to say
"""


def test_what_rolls_is_said_once_and_what_is_said_again_later_twice() -> None:
    assert (
        extract(ROLLING, ".vtt").text == "[00:00:00] the first thing\nto say\n[00:00:25] to say\n"
    )


VTT = "WEBVTT\n\n{}\n"
CUE = "00:00:0{0}.000 --> 00:00:0{0}.900\n{1}\n"


def cues(*texts: str) -> str:
    return VTT.format("\n".join(CUE.format(n, text) for n, text in enumerate(texts, 1)))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["We would", "go. Now.", "Yes."], "[00:00:01] We would\ngo. Now.\n[00:00:03] Yes.\n"),
        (["<v Anna Holt>We <i>go</i> &amp; come", "<v Anna Holt>back"], "[00:00:01 Anna Holt] We go & come\nback\n"),
        (["<v Anna>Go.</v> <v.loud Ben>No."], "[00:00:01 Anna] Go.\n\n[00:00:01 Ben] No.\n"),
        (["<v Anna>Go.", "Who?"], "[00:00:01 Anna] Go.\n\n[00:00:02] Who?\n"),
        (["MAYOR HOLT: We go", "now"], "[00:00:01 MAYOR HOLT] We go\nnow\n"),
        (["Anna: We go", "- Who?", "- Me."], "[00:00:01 Anna] We go\n\n[00:00:02] Who?\n\n[00:00:03] Me.\n"),
        ([">> We go", ">> Anna: No"], "[00:00:01] We go\n\n[00:00:02 Anna] No\n"),
        (["at 10: we go", "it is this: no"], "[00:00:01] at 10: we go\nit is this: no\n"),
        (["go on", "go on and on"], "[00:00:01] go on\nand on\n"),
        (["No.\nNo."], "[00:00:01] No.\n[00:00:01] No.\n"),
        (["[p. 3]"], "[00:00:01] [\u200bp. 3]\n"),
    ],
)  # fmt: skip
def test_who_says_what_when(texts: list[str], said: str) -> None:
    assert extract(cues(*texts), ".vtt").text == said


def test_without_sentences_a_moment_is_said_every_quarter_of_a_minute() -> None:
    rows = "\n".join(
        f"00:00:{n:02}.000 --> 00:00:{n + 2:02}.000\nwords {n}\n" for n in range(0, 40, 2)
    )
    lines = extract(VTT.format(rows), ".vtt").text.split("\n")
    assert [line for line in lines if line.startswith("[")] == [
        "[00:00:00] words 0",
        "[00:00:16] words 16",
        "[00:00:32] words 32",
    ]


def test_srt_has_no_tags_left() -> None:
    srt = '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="red">Hi</font> <b>there</b>\n'
    assert extract(srt, ".srt").text == "[00:00:01] Hi there\n"


def test_a_speaker_speaks_to_the_end_of_the_paragraph() -> None:
    form = read("[00:01 A] one\n[00:02] two\n\n[00:03] three\n[00:04 B] four\n")
    speakers = [mark.speaker for mark in form.marks if mark.kind == MOMENT]
    assert speakers == ["A", "A", "", "B"]
