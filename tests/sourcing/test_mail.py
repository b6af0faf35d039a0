"""E-mails: the text of whoever wrote it."""

from __future__ import annotations

import pytest

from site_builder.sourcing.found import Unreadable
from site_builder.sourcing.mail import extract, extract_page

HEAD = (
    'From: "Holt, Anna" <anna@aldern.example>\nTo: Ben <ben@post.example>\n'
    "Subject: =?utf-8?q?The_d=C3=A4m?=\nDate: Mon, 9 Mar 2026 10:11:12 +0100\n"
)
PLAIN = HEAD + "Content-Type: text/plain; charset=utf-8\n\n"


def test_the_head_says_who_when_and_what_without_addresses() -> None:
    found = extract(f"{PLAIN}It leaks.\n".encode())
    assert (found.title, found.authors, found.published, found.kind) == (
        "The däm",
        ["Holt, Anna"],
        "2026-03-09",
        "e-mail",
    )
    assert found.text == "It leaks.\n"
    nameless = extract(b"From: anna@aldern.example\nSubject: x\n\nIt leaks.\n")
    assert nameless.authors == []


def test_lines_of_an_earlier_mail_are_left_out() -> None:
    body = (
        "It leaks.\n\nOn Mon, 9 Mar 2026 at 09:00, Ben Writer <ben@post.example>\nwrote:\n> Does it leak?\n>> No.\n"
        "On Monday we wrote:\nYours\n"
    )
    found = extract((PLAIN + body).encode())
    assert found.text == (
        "It leaks.\n\n"
        "[omit] On Mon, 9 Mar 2026 at 09:00, Ben Writer <ben@post.example>\n"
        "[omit] wrote:\n"
        "[omit] > Does it leak?\n"
        "[omit] >> No.\n"
        "[omit] On Monday we wrote:\n"
        "Yours\n"
    )
    assert found.notes == ["left out: 5 lines of an earlier e-mail (the lines [omit] in the text)"]


def test_who_wrote_quoted_lines_is_left_out_with_them_and_what_was_only_written_stays() -> None:
    quoted = "Ben Writer <ben@post.example> writes:\n\n> Does it leak?\n\nIt does.\n"
    assert extract((PLAIN + quoted).encode()).text == (
        "[omit] Ben Writer <ben@post.example> writes:\n\n[omit] > Does it leak?\n\nIt does.\n"
    )
    own = "Ben Writer writes:\n\nIt leaks.\n\n> Does it?\n"
    assert extract((PLAIN + own).encode()).text == (
        "Ben Writer writes:\n\nIt leaks.\n\n[omit] > Does it?\n"
    )


def test_a_text_of_another_form_is_read_as_it_is_and_an_attached_one_is_not() -> None:
    head = HEAD + "Content-Type: text/markdown; charset=utf-8\n"
    assert extract(f"{head}\n*It* leaks.\n".encode()).text == "*It* leaks.\n"
    attached = f"{head}Content-Disposition: attachment; filename=a.md\n\nIt leaks.\n"
    with pytest.raises(Unreadable, match="this e-mail has no text"):
        extract(attached.encode())


def test_behind_an_original_message_all_is_earlier() -> None:
    body = "It leaks.\n-- \nAnna\n\n-----Original Message-----\nFrom: Ben\n\nDoes it?\n"
    assert extract((PLAIN + body).encode()).text == (
        "It leaks.\n\n--\n\nAnna\n\n[omit] -----Original Message-----\n[omit] From: Ben\n\n[omit] Does it?\n"
    )


def test_lines_that_were_cut_are_joined_and_sentences_have_their_own() -> None:
    body = "the dam leaks at two places, and it may not last another winter. The\nsurveyor says so.\n- one\n- two\n"
    assert extract((PLAIN + body).encode()).text == (
        "the dam leaks at two places, and it may not last another winter.\nThe surveyor says so.\n\n- one\n\n- two\n"
    )
    flowed = PLAIN.replace("charset=utf-8", "format=flowed")
    assert extract(f"{flowed}The dam \nleaks.\nNext\n".encode()).text == "The dam leaks.\n\nNext\n"


MIXED = (
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
    "Content-Type: text/html; charset=iso-8859-1\n\n<html><body><p>The d\xe4m <b>leaks</b>.</p>"
    "<div class=gmail_quote>Ben wrote:<blockquote type=cite>Old</blockquote></div></body></html>\n--B\n"
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="minutes.pdf"\n\nx\n--B--\n'
)


def test_what_is_attached_is_named_and_not_read() -> None:
    found = extract((HEAD + MIXED).encode("latin-1"))
    assert found.text == "The däm leaks.\n\n[omit] Ben wrote:\n[omit] Old\n"
    assert found.notes == [
        "not read, since it is attached: minutes.pdf; save it and add it by itself",
        "left out: 2 lines of an earlier e-mail (the lines [omit] in the text)",
    ]


def test_a_page_saved_as_mhtml_is_a_page() -> None:
    long = (
        "The dam at Aldern leaks at two places, says the surveyor, and may not last another winter."
    )
    data = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://gazette.example/dam\nSubject: A leak\n"
        "MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=B\n\n--B\n"
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"<html><head><title>A leak</title></head><body><nav><a href=3D'/'>Home</a></nav><p>{long}</p></body></html>\n"
        "--B\nContent-Type: text/css\n\np {}\n--B--\n"
    )  # fmt: skip
    found = extract_page(data.encode())
    assert (found.text, found.url, found.title) == (
        f"A leak\n\n{long}\n",
        "https://gazette.example/dam",
        "A leak",
    )
