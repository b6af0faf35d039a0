"""An e-mail to the text form. What is somebody else's is left out, and addresses do not go into the record."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from site_builder.sources.writing import by_sentences, literal
from site_builder.sourcing.found import Extracted, Unreadable

_INTRODUCES = re.compile(
    r"^(?:On|Am|Le|El|Il|Op|Den|Dnia|Em)\b.{5,200}(?:wrote|schrieb|écrit|escribió|scritto|schreef|skrev|napisał|escreveu)\b.{0,80}:\s*$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^\S.{1,150}\b(?:writes|wrote|schreibt|schrieb|écrit|escribe|escribió|scrive|scritto|schreef|skrev|napisał|"
    r"escreveu)\b.{0,80}:\s*$",
    re.IGNORECASE,
)
"""Says who wrote what follows, if quoted lines do: `Ben Writer <ben@post.example> writes:`."""
_SEPARATES = re.compile(
    r"-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|"
    r"Message d'origine|Message transféré)\s*-{2,}\s*$",
    re.IGNORECASE,
)
"""Behind what all the rest is of an earlier e-mail."""


def extract(data: bytes) -> Extracted:
    """The text of an e-mail, and what its head says of it."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    found = Extracted(tool="Python's email", kind="e-mail")
    try:
        _describe(found, message)
        body = message.get_body(preferencelist=("plain", "html")) or _other_text(message)
        text = _content(body) if body is not None else ""
    except (ValueError, LookupError, IndexError, TypeError, AttributeError, KeyError):
        raise Unreadable("this e-mail is broken; open it, save it as text, and add that") from None
    if not message.keys() or (not text.strip() and not message.get("from")):
        raise Unreadable("this is no e-mail: it has no head")
    if not text.strip():
        raise Unreadable("this e-mail has no text; add what is attached to it by itself")
    if body is not None and body.get_content_type() == "text/html":
        from site_builder.sourcing.web_page import extract as extract_html

        found.text = extract_html(text.encode(), whole=True).text
    else:
        found.text = _plain(text, flowed=body is not None and body.get_param("format") == "flowed")
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if names:
        found.notes.append(
            f"not read, since it is attached: {', '.join(map(str, names))}; save it and add it by itself"
        )
    left_out = found.text.count("\n[omit] ") + found.text.startswith("[omit] ")
    if left_out:
        found.notes.append(
            f"left out: {left_out} lines of an earlier e-mail (the lines [omit] in the text)"
        )
    return found


def extract_page(data: bytes) -> Extracted:
    """The article of a web page that was saved as MHTML, which has the form of an e-mail."""
    from site_builder.sourcing.web_page import extract as extract_html

    message = BytesParser(policy=policy.default).parsebytes(data)
    body = message.get_body(preferencelist=("html",))
    if body is None:
        raise Unreadable("there is no page in this file; save it as HTML, and add that")
    found = extract_html(_content(body).encode())
    address = " ".join(str(message.get("snapshot-content-location", "")).split())
    found.url = found.url or address
    return found


def _other_text(message: EmailMessage) -> MIMEPart | None:
    """The text of an e-mail in a form that mail programs show as it is (RFC 2046, 4.1.4), such as `text/markdown`."""
    for part in message.walk():
        if part.get_content_maintype() == "text" and not part.is_attachment():
            return part
    return None


def _content(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):
        payload = body.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _describe(found: Extracted, message: EmailMessage) -> None:
    found.title = " ".join(str(message.get("subject", "")).split())
    names = (name for name, _ in getaddresses([str(message.get("from", ""))]))
    found.authors = [" ".join(name.split()) for name in names if name and "@" not in name]
    try:
        found.published = parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    except (ValueError, TypeError):
        found.published = ""


def _plain(text: str, *, flowed: bool) -> str:
    """A plain text with its paragraphs, and what it quotes of other e-mails left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    paragraph: list[str] = []

    def end() -> None:
        if paragraph:
            out.append(by_sentences(_joined(paragraph, flowed=flowed), "en"))
            paragraph.clear()

    lines = text.split("\n")
    introduced = -1
    rest_is_earlier = False
    for number, line in enumerate(lines):
        rest_is_earlier = rest_is_earlier or _SEPARATES.match(line) is not None
        if _introduces(line) or (_SAYS.match(line) and _is_quoted_after(lines, number)):
            introduced = number
        elif number + 1 < len(lines) and _introduces(
            f"{line.rstrip()} {lines[number + 1].strip()}"
        ):
            introduced = number + 1
        introduces = bool(line.strip()) and (rest_is_earlier or introduced in {number, number + 1})
        if line.startswith(">") or introduces:
            end()
            out.append(f"[omit] {' '.join(line.split())}")
        elif line.strip():
            paragraph.append(line)
        else:
            end()
            out.append("")
    end()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n") + "\n"


def _introduces(line: str) -> bool:
    """Whether a line says that an earlier e-mail follows."""
    return _INTRODUCES.match(line.strip()) is not None


def _is_quoted_after(lines: list[str], number: int) -> bool:
    """Whether the next line of an e-mail that is not blank is one of an earlier e-mail."""
    return next((line for line in lines[number + 1 :] if line.strip()), "").startswith(">")


def _joined(lines: list[str], *, flowed: bool) -> list[str]:
    """Lines as the paragraphs they are: an e-mail's lines are cut at some seventy characters."""
    rows: list[str] = []
    last = ""
    for line in lines:
        goes_on = last.endswith(" ") if flowed else len(last.rstrip()) >= 55
        is_item = re.match(r"\s*(?:[-*•–]|\d+[.)])\s", line)
        if rows and goes_on and not is_item:
            rows[-1] = f"{rows[-1].rstrip()} {line.strip()}"
        else:
            rows.append(line.strip())
        last = line
    return [literal(row) for row in rows]
