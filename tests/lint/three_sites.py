"""Three small sites of ordinary journalism: a ferry, a school's meals, a museum. Nothing is wrong in them."""

from __future__ import annotations

FERRY = {
    "content/site.yaml": "title: The Skerra ferry\n",
    "content/actors.yaml": """\
moen:
  name: Ingrid Moen
  kind: person
  role: Chief engineer of the line
  cite: hearing "Ingrid Moen, chief engineer of the line"
haugland:
  name: Tor Haugland
  kind: person
  role: Skipper
ness:
  name: Alice Ness
  kind: person
  aliases: Sister Alice
line:
  name: Skerra Line
""",
    "content/sources.yaml": """\
hearing:
  title: The hearing
  file: hearing.txt
log:
  title: The log
  file: log.txt
""",
    "seeds/hearing.txt": """\
Ingrid Moen, chief engineer of the line, told the hearing that the port engine had been out of service for eleven days. "We had asked for a new pump in three letters," she said. She put the cost of the repair at 1.4 million kroner, a fifth of the yearly budget.

Tor Haugland, who had 26 years at sea, said that he had turned back twice that week. Of the 84 passengers, 31 were school children. He gave the order to anchor at 9.40 and waited for two hours.

Alice Ness, a nurse aboard, said that six people were hurt, two of them badly. The youngest was a 9-year-old boy. She had four blankets.

The line answered that 14 per cent of its crossings were late in 2025, down from 19 per cent. It runs four ferries and employs 220 people.
""",
    "seeds/log.txt": """\
Wind force 8, visibility 400 metres. Speed 12 knots until 9.35.

Anchored in 30 metres of water. Both anchors held.
""",
    "content/articles/skerra.md": """\
---
title: Two hours at anchor
as_of: 2026-02-10
key_points:
  - text: The port engine had been out of service for eleven days when the ferry lost power.
    cite: hearing "the port engine had been out of service for eleven days"
  - text: Six of the 84 passengers were hurt.
    cite: hearing "six people were hurt, two of them badly"
---
Moen told the hearing that the line knew. [@hearing "We had asked for a new pump in three letters"] The repair would have cost 1.4 million kroner. [@hearing "the cost of the repair at 1.4 million kroner"]

Tor Haugland turned back twice in that week. [@hearing "he had turned back twice that week"] Nearly half of those aboard were not grown up: 31 were children. [@hearing "31 were school children"] Haugland, a man with 26 years at sea, waited two long hours. [@hearing "waited for two hours"]

A nurse, Alice Ness, had only four blankets. [@hearing "She had four blankets"] Her youngest patient was a boy of 9. [@hearing "The youngest was a 9-year-old boy"]

The anchors held in 30 metres of water. [@log "Anchored in 30 metres of water"] They had done 12 knots. [@log "Speed 12 knots until 9.35"] Visibility was 400 metres. [@log "visibility 400 metres"]

The line says that it is late less often: 14 per cent of its crossings were late last year. [@hearing "14 per cent of its crossings were late in 2025"] It has 220 employees. [@hearing "employs 220 people"] [[line|It]] has four ferries. [@hearing "It runs four ferries"]
""",
    "content/events.yaml": """\
anchored:
  date: 2026-01-12
  title: The ferry waits for two hours at anchor
  cite: hearing "waited for two hours"
""",
}

MEALS = {
    "content/site.yaml": "title: Lunch for all\n",
    "content/actors.yaml": """\
okafor:
  name: Grace Okafor
  kind: person
  role: Professor of nutrition
pell:
  name: Martin Pell
  kind: person
  role: Head teacher
dray:
  name: Councillor Susan Dray
  kind: person
  aliases: Susan Dray
""",
    "content/sources.yaml": """\
study:
  title: The study
  file: study.txt
council:
  title: The council's minutes
  file: council.txt
""",
    "seeds/study.txt": """\
Professor Grace Okafor followed 1,860 pupils in 22 schools for five years. Those who ate free lunches missed 4.2 days a year, against 6.1 days for the rest. A quarter of all families had never applied.

"It is not only the food," Okafor writes. "It is the queue that nobody is ashamed of." The trial cost £3.10 a meal.

Pupils were weighed three times. Nine schools dropped out in the second year.
""",
    "seeds/council.txt": """\
Martin Pell said that his kitchen made 340 meals a day with five cooks. He would need two more.

Susan Dray moved to extend the trial by 18 months. The motion was carried by 23 votes to 17, with 4 abstentions. It costs £2.6m a year.

Mr Pell thanked the cooks. The next meeting is on 5 May.
""",
    "content/articles/lunch.md": """\
---
title: Who eats
as_of: 2026-04-01
key_points:
  - text: Pupils with free lunches missed 4.2 days a year, the others 6.1 days.
    cite: study "missed 4.2 days a year, against 6.1 days for the rest"
  - text: The council carried the motion by 23 votes to 17.
    cite: council "The motion was carried by 23 votes to 17"
---
Okafor followed 1,860 pupils in 22 schools. [@study "followed 1,860 pupils in 22 schools for five years"] One family in four, she found, had never applied. [@study "A quarter of all families had never applied"] For Grace Okafor, shame is part of it. [@study "It is the queue that nobody is ashamed of"]

Meals cost £3.10 each. [@study "The trial cost £3.10 a meal"] Nine schools left. [@study "Nine schools dropped out in the second year"]

Martin Pell has five cooks. [@council "his kitchen made 340 meals a day with five cooks"] They make 340 meals. [@council "his kitchen made 340 meals a day"] The head teacher would like two more cooks. [@council "He would need two more"]

Susan Dray asked for 18 more months. [@council "extend the trial by 18 months"] It will cost £2.6 million a year. [@council "It costs £2.6m a year"]
""",
    "content/claims.yaml": """\
queue:
  statement: Nobody is ashamed of the queue.
  made_by: okafor
  cite: study "It is the queue that nobody is ashamed of"
""",
}

MUSEUM = {
    "content/site.yaml": "title: The stolen bronze\n",
    "content/actors.yaml": """\
varga:
  name: Petra Varga
  kind: person
  role: Director
osei:
  name: Daniel Osei
  kind: person
  role: Curator
lindqvist:
  name: Karin Lindqvist
  kind: person
  role: Detective inspector
museum:
  name: City Museum
""",
    "content/sources.yaml": """\
report:
  title: The report
  file: report.txt
interview:
  title: The interview
  file: interview.txt
""",
    "seeds/report.txt": """\
Detective Inspector Karin Lindqvist reports that three men entered by a window on the second floor. They needed seven minutes. Twelve of the 45 cameras were not working.

The guard, aged 58, was alone with 16 rooms. The alarm had been switched off for the third time in a month.

Insurers value the bronze at $4.5 million. It weighs 38 kilograms and is 2,400 years old.
""",
    "seeds/interview.txt": """\
Petra Varga: We had asked for eight guards, and we got one. I will not resign.

Daniel Osei: The bronze was lent to us for ten months. I packed it myself in two crates.

Petra Varga: About a third of our visitors came for it. That is 90,000 people.
""",
    "content/articles/bronze.md": """\
---
title: Seven minutes
as_of: 2026-03
key_points:
  - text: Three men took the bronze in seven minutes.
    cite: report "three men entered by a window on the second floor. They needed seven minutes"
---
Twelve cameras did not work. [@report "Twelve of the 45 cameras were not working"] Karin Lindqvist writes that the men came through a window. [@report "three men entered by a window"] It was the third time that month that the alarm was off. [@report "switched off for the third time in a month"]

One guard, a man of 58, had 16 rooms to watch. [@report "The guard, aged 58, was alone with 16 rooms"] The bronze weighs 38 kilograms. [@report "It weighs 38 kilograms"] It is worth $4.5 million. [@report "Insurers value the bronze at $4.5 million"]

Varga will stay. [@interview "I will not resign"] She had asked for eight guards. [@interview "We had asked for eight guards"] A third of all visitors came for the bronze. [@interview "About a third of our visitors came for it"] That is 90,000 people. [@interview "That is 90,000 people"]

Daniel Osei packed it in two crates. [@interview "I packed it myself in two crates"] It was here for ten months. [@interview "lent to us for ten months"]
""",
}
