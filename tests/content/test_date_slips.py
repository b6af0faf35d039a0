"""What is told to an author who wrote a date in another form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.dates import DateError, parse_date

MEANT = {
    "44 BC": "-0043", "44 BCE": "-0043", "44 B.C.": "-0043", "BC 44": "-0043", "1 BC": "0000", "AD 9": "0009",
    "9 AD": "0009", "1066 CE": "1066", "A.D. 9": "0009", "44 bc": "-0043", "4 b.c.e.": "-0003",
    "15 March 44 BC": "-0043-03-15", "March 15, 44 BC": "-0043-03-15", "March 44 BC": "-0043-03",
    "27 BC to AD 14": "-0026/0014", "27 BC - 14 AD": "-0026/0014", "the 5th century BC": "-04XX",
    "19th century": "18XX", "19th-century": "18XX", "1850s": "185X", "the 1850's": "185X",
    "31 May 2023": "2023-05-31", "31st of May, 2023": "2023-05-31", "the 31st May 2023": "2023-05-31",
    "31. May 2023": "2023-05-31", "31-May-2023": "2023-05-31", "Monday, 5 June 2023": "2023-06-05",
    "Thurs. 5 June 2023": "2023-06-05", "May 31, 2023": "2023-05-31", "May 31st 2023": "2023-05-31",
    "Sept. 5, 2023": "2023-09-05", "2023 May 31": "2023-05-31", "2023-May-31": "2023-05-31", "May 2023": "2023-05",
    "May, 2023": "2023-05", "May-2023": "2023-05", "may 2023": "2023-05", "2023 May": "2023-05",
    "5 June": "XXXX-06-05", "June 5": "XXXX-06-05", "June": "XXXX-06", "29 February": "XXXX-02-29",
    "spring 2023": "2023-21", "Fall 2023": "2023-23", "winter 2023/24": "2023-24", "winter 2023-2024": "2023-24",
    "c. 1850": "1850~", "c.1850": "1850~", "c 1850": "1850~", "ca. 1850": "1850~", "ca 1850": "1850~",
    "circa May 1850": "1850-05~", "about 1850": "1850~", "approx. 1850": "1850~", "approximately 1850": "1850~",
    "around the 1850s": "185X~", "≈1850": "1850~", "~ 1850": "1850~", "perhaps 1850": "1850?", "probably May 1850": "1850-05?",
    "about 44 BC": "-0043~",
    "2024-Q1": "2024-01/2024-03", "2024Q2": "2024-04/2024-06", "Q3 2024": "2024-07/2024-09", "Q4/2024": "2024-10/2024-12",
    "third quarter of 2024": "2024-07/2024-09", "the 4th quarter 2024": "2024-10/2024-12",
    "last quarter of 2024": "2024-10/2024-12", "2024-H1": "2024-01/2024-06", "H2 2024": "2024-07/2024-12",
    "2025-W49": "2025-12-01/2025-12-07", "2025W49": "2025-12-01/2025-12-07", "2025-W49-2": "2025-12-02", "2025-336": "2025-12-02",
    "2025-W01": "2024-12-30/2025-01-05",
    "2023–2025": "2023/2025", "2023-2025": "2023/2025", "2023–25": "2023/2025", "2023/24": "2023/2024", "1998-2003": "1998/2003",
    "from 2022 to 2024": "2022/2024", "between 2022 and 2024": "2022/2024", "between May 2022 and June 2023": "2022-05/2023-06",
    "2024-05-10 to 2024-05-12": "2024-05-10/2024-05-12", "2024-05-10 - 2024-05-12": "2024-05-10/2024-05-12",
    "2024-05-10..2024-05-12": "2024-05-10/2024-05-12", "2024-05-10-2024-05-12": "2024-05-10/2024-05-12",
    "2023-05-30/31": "2023-05-30/2023-05-31", "2023-05-31/06-02": "2023-05-31/2023-06-02",
    "8 to 28 May 2023": "2023-05-08/2023-05-28", "8–28 May 2023": "2023-05-08/2023-05-28", "8-28 May 2023": "2023-05-08/2023-05-28",
    "May to June 2023": "2023-05/2023-06", "5 May to 6 June 2023": "2023-05-05/2023-06-06", "5 May 2023/2023-06": "2023-05-05/2023-06",
    "2022 to present": "2022/..", "2022–now": "2022/..", "2024/unknown": "2024/", "unknown/2024": "/2024",
    "since 2022": "2022/..", "since May 2022": "2022-05/..", "from 2022": "2022/", "until 2023": "/2023", "up to May 2023": "/2023-05",
    "05.06.2023": "2023-06-05", "5. 6. 2023": "2023-06-05", "2023/05/31": "2023-05-31", "2023.5.31": "2023-05-31", "2023/05": "2023-05",
    "2023-5-1": "2023-05-01", "20230531": "2023-05-31", "2023–05–31": "2023-05-31", "−0043": "-0043", "２０２３-05": "2023-05", "٢٠٢٣": "2023",
    "2023-05-31 10:00": "2023-05-31T10:00", "2023-05-31 10:00 UTC": "2023-05-31T10:00Z", "2023-05-31T10:00 +02:00": "2023-05-31T10:00+02:00",
    "2023-05-31T10:00:00.000Z": "2023-05-31T10:00:00Z", "2023-05-31t10:00z": "2023-05-31T10:00Z", "2023-05-31T1000Z": "2023-05-31T10:00Z",
    "2023-05-31T10": "2023-05-31T10:00", "2023-05-31T10Z": "2023-05-31T10:00Z", "2023-05-31Z": "2023-05-31",
    "988": "0988", "988~": "0988~", "988-05-01": "0988-05-01",
    "31/5/2023": "2023-05-31", "5/31/2023": "2023-05-31", "5/5/2023": "2023-05-05", "5/6/2023": "2023-06-05 or 2023-05-06",
    "05-06-2023": "2023-06-05 or 2023-05-06", "5/6/23": "year-month-day, as in 2025-12-02", "25-12-02": "year-month-day, as in 2025-12-02",
    "1800s": "18XX for the century, 180X for the decade",
    "early 2023": "'date: 2023' and below it 'text: early 2023'", "Mid-2023": "'date: 2023' and below it 'text: Mid-2023'",
    "late May 2023": "'date: 2023-05' and below it 'text: late May 2023'", "the end of 2023": "'date: 2023' and below it 'text: the end of 2023'",
    "in the early 1850s": "'date: 185X' and below it 'text: in the early 1850s'", "early 44 BC": "'date: -0043' and below it 'text: early 44 BC'",
    "first half of 2024": "'date: 2024' and below it 'text: first half of 2024'",
    "before 2023": "'date: /2023' and below it 'text: before 2023'", "by May 2023": "'date: /2023-05' and below it 'text: by May 2023'",
    "after 2023": "'date: 2023/' and below it 'text: after 2023'",
}  # fmt: skip


@pytest.mark.parametrize("text", MEANT)
def test_another_form_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert str(caught.value) == f"'{text}' is not a date (write {MEANT[text]})"


FORMS = " (expected a form like 2025, 2025-12, 2025-12-02, 2025-11~, 2022-02/.. or unknown)"
LONG = " (a year has four digits; for one beyond them write unknown, and the words as 'text')"
SHORT = " (write a year with four digits, as in 1944 or 0044)"
NEGATIVE = " (a year has four digits, and 0000 is 1 BC: write -0043 for 44 BC)"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("yesterday", FORMS), ("now", FORMS), ("2025s", FORMS), ("31 June 2023", FORMS), ("13/13/2023", ""), ("Maybe", FORMS),
        ("0 BC", FORMS), ("2025-W60", FORMS), ("2025-400", FORMS), ("2024 or 2025", FORMS), ("2024?~", FORMS), ("soon 2023", FORMS),
        ("about soon", FORMS), ("early days", FORMS), ("before dawn", FORMS), ("30 February", FORMS),
        ("2023-05-31T10:00CET", FORMS), ("1764633600", FORMS), ("ⅯⅯ", FORMS), ("about about", FORMS), ("about 2022~", FORMS),
        ("12025", LONG), ("-12000", LONG), ("12025-05", LONG), ("Y12025", LONG), ("Y-17E7", LONG),
        ("44", SHORT), ("5?", SHORT), ("-44", NEGATIVE), ("-44-03-15", NEGATIVE),
    ],
)  # fmt: skip
def test_what_is_not_plain_gets_the_forms(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert str(caught.value) == f"'{text}' is not a date{hint or FORMS}"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2024-33", " (write 2024-01/2024-03 for the quarter, 2024/2033 for the years)"),
        ("2036-34", " (write 2036-04/2036-06)"),
        ("2024-25", " (write 2024/2025)"),
        ("1914-18", " (write 1914/1918)"),
        ("1939-45", " (write 1939/1945)"),
        ("2030-25", " (write 2030-21)"),
        ("2032-32", " (write 2032-24)"),
        ("2024-31-05", " (write 2024-05-31)"),
        ("2025-13", ""),
        ("2025-42-43", ""),
    ],
)
def test_a_month_that_is_none_may_be_something_else(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    month = text.split("-")[1]
    assert str(caught.value) == f"'{text}' is impossible: there is no month {month}{hint}"


_PIECES = st.lists(
    st.sampled_from([*" -/.–,~?'", "to", "c.", "BC", "AD", "early", "May", "June", "1", "31", "44", "2023", "unknown", "since",
        "Q1", "W01", "T10", "the", "X", "century", "5th", "between", "and", "00s", "²", "٢", "before"]),
    max_size=7,
).map("".join)  # fmt: skip


@given(st.one_of(_PIECES, st.text(max_size=20)))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    try:
        date = parse_date(text)
    except DateError as error:
        assert str(error)  # noqa: PT017
    else:
        assert date.edtf.casefold() in ("unknown", text.strip().casefold())
