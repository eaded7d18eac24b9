"""Round-ups of four statements as they come in: capitals, tables for layout, interviews, mails, asterisks, biographies.

Each is a DOCX, a text or a Markdown file, with what an editor would make of it.
"""

import io
import re
import struct
import zlib

import docx
import yaml

from round_ups import PEOPLE, TITLE

TEXTS = [
    [
        "The ceasefire has held for eleven days, which is longer than most people in the region expected when the talks began in Istanbul.",
        "What is missing is a mechanism that both sides trust. Without monitors on the ground every incident will be read as a breach.",
    ],
    [
        "None of the parties has an interest in a new escalation: trade has come to a halt, prices have doubled, and winter is close at hand.",
        "In the longer term, only a framework on transit, refugees and armed groups can prevent the next crisis; that takes much patience.",
    ],
    [
        "I negotiated with Kabul for three years, and I have never seen a text of this kind survive its first serious incident at the border.",
        "The mediators should therefore stay in the room. Doha and Ankara have the leverage that neither of the two neighbours has alone.",
    ],
    [
        "In Chaman the traders count their losses by the hour. Some four thousand lorries have been waiting since the crossing was closed.",
        "Nobody here speaks of strategy. People ask when the gate will open, and whether their cousins on the other side are still safe.",
    ],
]
BIOS = [
    "Amina Khan is Director of the Centre for Afghanistan, Middle East and Africa at the Institute of Strategic Studies Islamabad.",
    "Dr. Fahd Humayun is an Assistant Professor of Political Science at Tufts University.",
    "Mansoor Ahmad Khan is a former Ambassador of Pakistan to Afghanistan. He now directs a think tank in Islamabad.",
    "Saleem Shahid is with Dawn in Quetta.",
]
ALL = list(zip(PEOPLE, TEXTS, BIOS))


def png():
    """A grey square."""
    rows = b"".join(b"\0" + b"\x80" * 240 for _ in range(300))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 240, 300, 8, 0, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def expected(name=lambda name: name, what=True, bio=False, title=TITLE, texts=TEXTS, date="2025-11-12"):
    """What the source should say."""
    people = []
    for ((one, is_), _, life), said in zip(ALL, texts):
        person = {"name": name(one), "statement": list(said)}
        if what:
            person["affiliation"] = what(is_) if callable(what) else is_
        if bio:
            person["bio"] = life
        people.append(person)
    return {"title": title, "date": date, "contributors": people}


def asked(questions):
    """Each under the questions."""
    right = expected()
    for person in right["contributors"]:
        said = zip(questions, person["statement"])
        person["statement"] = [line for question, text in said for line in (str({"heading": question}), text)]
    return right


def bold(made, text, style=None):
    paragraph = made.add_paragraph(style=style)
    paragraph.add_run(text).bold = True
    return paragraph


def head(made, title=TITLE):
    made.add_paragraph("Flash Point")
    bold(made, title)
    made.add_paragraph("November 12, 2025")


def paragraphs(made, texts):
    for text in texts:
        made.add_paragraph(text)


# --- DOCX


def capitals(made):
    head(made, TITLE.upper())
    for (name, what), texts, _ in ALL:
        bold(made, name.upper())
        bold(made, what.upper())
        paragraphs(made, texts)
    return expected(str.upper, str.upper, title=TITLE.upper())


def capitals_plain(made):
    made.add_paragraph("FLASH POINT")
    made.add_paragraph(TITLE.upper())
    made.add_paragraph("12 NOVEMBER 2025")
    for (name, what), texts, _ in ALL:
        made.add_paragraph(name.upper())
        made.add_paragraph(what)
        paragraphs(made, texts)
    return expected(str.upper, title=TITLE.upper())


def capitals_one_line(made):
    head(made)
    for (name, what), texts, _ in ALL:
        bold(made, f"{name.upper()}, {what}")
        paragraphs(made, texts)
    return expected(str.upper)


def two_columns(made):
    """One table for layout: who speaks on the left, the text on the right."""
    head(made)
    table = made.add_table(rows=0, cols=2)
    for (name, what), texts, _ in ALL:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(name).bold = True
        left.add_paragraph(what)
        right.text = texts[0]
        for text in texts[1:]:
            right.add_paragraph(text)
    return expected()


def portraits_left(made):
    """A table each, with a portrait on the left and name and text on the right."""
    head(made)
    for (name, what), texts, _ in ALL:
        table = made.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        left.paragraphs[0].add_run().add_picture(png(), width=docx.shared.Cm(3))
        right.paragraphs[0].add_run(name).bold = True
        right.add_paragraph().add_run(what).italic = True
        for text in texts:
            right.add_paragraph(text)
        made.add_paragraph("")
    return expected()


def portraits_and_names(made):
    """Portrait, name and post on the left in line breaks, the text on the right."""
    head(made)
    table = made.add_table(rows=0, cols=2)
    for (name, what), texts, _ in ALL:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run().add_picture(png(), width=docx.shared.Cm(3))
        run = left.add_paragraph().add_run(name)
        run.bold = True
        run.add_break()
        run.add_text(what)
        right.text = texts[0]
        for text in texts[1:]:
            right.add_paragraph(text)
    return expected()


def interview(made):
    """Questions of the house, and answers behind names."""
    head(made)
    for (name, what), _, _ in ALL:
        made.add_paragraph(f"{name}, {what}", style="List Bullet")
    for index, question in enumerate(["How stable is the ceasefire after the first round of talks?", "And what has to happen next?"]):
        bold(made, question)
        for (name, _), texts, _ in ALL:
            paragraph = bold(made, f"{name}: ")
            paragraph.add_run(texts[index])
    return asked(["How stable is the ceasefire after the first round of talks?", "And what has to happen next?"])


def panel(made):
    """Names before each statement, run in and not bold."""
    head(made)
    for (name, _), texts, _ in ALL:
        made.add_paragraph(f"{name}: {texts[0]}")
        paragraphs(made, texts[1:])
    return expected(what=False)


def bold_biographies(made):
    """`**Name** is with X` under each statement."""
    head(made)
    for (name, _), texts, life in ALL:
        bold(made, name)
        paragraphs(made, texts)
        paragraph = bold(made, name)
        paragraph.add_run(life[len(name) :])
    return expected(what=False, bio=True)


def italic_biographies_alone(made):
    """No name above: who speaks is said below."""
    head(made)
    for (name, _), texts, life in ALL:
        paragraphs(made, texts)
        made.add_paragraph().add_run(life).italic = True
    return expected(what=False, bio=True)


def about_the_authors(made):
    head(made)
    for (name, _), texts, _ in ALL:
        bold(made, name)
        paragraphs(made, texts)
    bold(made, "About the Authors")
    for (name, _), _, life in ALL:
        paragraph = bold(made, name)
        paragraph.add_run(life[len(name) :])
    return expected(what=False, bio=True)


def contributors_in_a_table(made):
    head(made)
    for (name, _), texts, _ in ALL:
        made.add_heading(name, 2)
        paragraphs(made, texts)
    made.add_heading("Contributors", 2)
    table = made.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Name", "Affiliation"
    for (name, what), _, _ in ALL:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, what
    return expected()


def contributors_in_a_list(made):
    """A list of who they are before the statements."""
    head(made)
    bold(made, "Contributors")
    for (name, what), _, _ in ALL:
        made.add_paragraph(f"{name}, {what}", style="List Bullet")
    for (name, _), texts, _ in ALL:
        bold(made, name)
        paragraphs(made, texts)
    return expected()


def mails(made):
    """Four mails pasted behind each other, with their heads."""
    made.add_paragraph(TITLE)
    for (name, what), texts, _ in ALL:
        address = name.lower().replace(" ", ".").replace("..", ".")
        bold(made, "From: ").add_run(f"{name} <{address}@example.org>")
        bold(made, "Sent: ").add_run("Wednesday, 12 November 2025 09:14")
        bold(made, "To: ").add_run("Noor Jahan <noor@example.org>")
        bold(made, "Subject: ").add_run("RE: Flash Point")
        made.add_paragraph("Dear Noor,")
        paragraphs(made, texts)
        made.add_paragraph("Best regards,")
        made.add_paragraph(name)
        made.add_paragraph(what)
    return expected()


def with_addresses(made):
    """Three lines of what somebody is, an address of mail among them."""
    head(made)
    for (name, what), texts, _ in ALL:
        bold(made, name)
        made.add_paragraph(what)
        made.add_paragraph(f"{name.split()[-1].lower()}@example.org")
        paragraphs(made, texts)
    return expected()


def end_of_a_statement(made):
    head(made)
    for (name, what), texts, _ in ALL:
        made.add_paragraph(texts[0])
        made.add_paragraph(f"{texts[1]} — {name}, {what}")
    return expected()


def contributions_on_pages(made):
    head(made)
    for (name, what), texts, _ in ALL:
        made.add_page_break()
        made.add_paragraph(f"Contribution by {name}")
        made.add_paragraph(what)
        paragraphs(made, texts)
    return expected()


def numbered_rows(made):
    """A table of a number, a name over a post, and a text."""
    head(made)
    table = made.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ["No.", "Expert", "View"]):
        cell.text = text
    for at, ((name, what), texts, _) in enumerate(ALL):
        number, who, said = table.add_row().cells
        number.text, who.text, said.text = str(at + 1), f"{name}\n{what}", texts[0]
        said.add_paragraph(texts[1])
    return expected()


def signed_in_brackets(made):
    head(made)
    for (name, what), texts, _ in ALL:
        paragraphs(made, texts)
        made.add_paragraph(f"{name} ({what})").alignment = 2
    return expected()


# --- text

TEXT_HEAD = f"Flash Point\n\n{TITLE}\n\n12 November 2025\n\n"


def body(texts):
    return "\n\n".join(texts)


def text_one_line():
    parts = [f"{name}, {what}\n\n{body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return TEXT_HEAD + "".join(parts), expected()


def text_signed():
    parts = [f"{body(texts)}\n\n— {name}, {what}\n\n" for (name, what), texts, _ in ALL]
    return TEXT_HEAD + "".join(parts), expected()


def text_asterisks():
    parts = [f"*{name}*\n_{what}_\n\n{body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return f"FLASH POINT\n*{TITLE}*\n12 November 2025\n\n" + "".join(parts), expected()


def text_underlined():
    line = lambda text, sign: f"{text}\n{sign * len(text)}\n\n"
    parts = [line(name, "-") + f"{what}\n\n{body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return "Flash Point\n\n" + line(TITLE, "=") + "12 November 2025\n\n" + "".join(parts), expected()


def text_mails():
    out = []
    for (name, what), texts, _ in ALL:
        address = name.split()[-1].lower() + "@example.org"
        out.append(
            f"From: {name} <{address}>\nTo: noor@example.org\nDate: Wed, 12 Nov 2025 09:14:02 +0500\nSubject: Re: {TITLE}\n\n"
            f"Dear Noor,\n\nHere is my contribution.\n\n{body(texts)}\n\nBest wishes\n{name.split()[-2]}\n\n--\n{name}\n{what}\n+92 51 123456\n\n"
        )
    return "".join(out), expected()


def text_interview():
    turns = "".join(f"{name.upper()}: {body(texts)}\n\n" for (name, _), texts, _ in ALL)
    who = "".join(f"{name} is {what}.\n" for (name, what), _, _ in ALL)
    return TEXT_HEAD + turns + who, lives(expected(str.upper, what=False))


def lives(right):
    for person, (name, what) in zip(right["contributors"], PEOPLE):
        person["bio"] = f"{name} is {what}."
    return right


def text_questions():
    """An interview with one person."""
    name, what = PEOPLE[0]
    questions = ["How stable is the ceasefire?", "What has to happen next?", "Who can mediate?", "And in Chaman?"]
    turns = "".join(f"Q: {question}\n\nA: {body(texts)}\n\n" for question, texts in zip(questions, TEXTS))
    said = [line for question, texts in zip(questions, TEXTS) for line in [str({"heading": question}), *texts]]
    right = expected()
    right["contributors"] = [{"name": name, "affiliation": what, "statement": said}]
    return TEXT_HEAD + f"{name}, {what}\n\n" + turns, right


def text_numbered():
    parts = [f"{number}) {name} – {what}\n\n{body(texts)}\n\n" for number, ((name, what), texts, _) in enumerate(ALL, 1)]
    return TEXT_HEAD + "".join(parts), expected()


# --- Markdown

MARKDOWN_HEAD = f"# {TITLE}\n\nFlash Point, 12 November 2025\n\n"


def text_chat():
    """As a chat is exported."""
    lines = [f"[12/11/2025, 10:1{at}:00] {name}: {texts[0]}\n{texts[1]}\n" for at, ((name, _), texts, _) in enumerate(ALL)]
    return TEXT_HEAD + "".join(lines), expected(what=False)


def text_responses():
    parts = [f"Response {at + 1}: {name} ({what})\n\n{body(texts)}\n\n" for at, ((name, what), texts, _) in enumerate(ALL)]
    return TEXT_HEAD + "".join(parts), expected()


def text_form():
    parts = [f"Name: {name}\nPosition: {what}\nStatement: {body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return TEXT_HEAD + "".join(parts), expected()


def text_writes():
    parts = [f"{name}, {what}, writes:\n\n{body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return TEXT_HEAD + "".join(parts), expected()


def text_colon_and_dash():
    parts = [f"{name} ({what}):-\n{texts[0]}\n{texts[1]}\n\n" for (name, what), texts, _ in ALL]
    return TEXT_HEAD + "".join(parts), expected()


def text_capitals_and_slash():
    parts = [f"{name.upper()} / {what}\n\n{body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return TEXT_HEAD + "".join(parts), expected(str.upper)


def markdown_italics():
    parts = [f"## {name}\n*{what}*\n\n{body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return MARKDOWN_HEAD + "".join(parts), expected()


def markdown_run_in():
    parts = [f"**{name}**, {what}: {body(texts)}\n\n" for (name, what), texts, _ in ALL]
    return MARKDOWN_HEAD + "".join(parts), expected()


def markdown_bold_and_italic():
    parts = [f"**{name}**  \n*{what}*\n\n{body(texts)}\n\n---\n\n" for (name, what), texts, _ in ALL]
    return MARKDOWN_HEAD + "".join(parts), expected()


def markdown_biographies():
    parts = [f"## {name}\n\n{body(texts)}\n\n*{life}*\n\n" for (name, _), texts, life in ALL]
    return MARKDOWN_HEAD + "".join(parts), expected(what=False, bio=True)


def markdown_quotes():
    parts = [f"> {texts[0]}\n>\n> {texts[1]}\n>\n> — **{name}**, {what}\n\n" for (name, what), texts, _ in ALL]
    return MARKDOWN_HEAD + "".join(parts), expected()


DOCUMENTS = [
    capitals, capitals_plain, capitals_one_line, two_columns, portraits_left, portraits_and_names, interview, panel, bold_biographies,
    italic_biographies_alone, about_the_authors, contributors_in_a_table, contributors_in_a_list, mails, with_addresses, end_of_a_statement,
    signed_in_brackets, contributions_on_pages, numbered_rows,
]
PLAIN = [
    text_one_line, text_signed, text_asterisks, text_underlined, text_mails, text_interview, text_questions, text_numbered,
    text_chat, text_responses, text_form, text_writes, text_colon_and_dash, text_capitals_and_slash,
]
MARKDOWN = [markdown_italics, markdown_run_in, markdown_bold_and_italic, markdown_biographies, markdown_quotes]


def made(folder):
    """Each with its name, its path, and what an editor would make of it."""
    for shape in DOCUMENTS:
        document = docx.Document()
        right = shape(document)
        path = folder / f"{shape.__name__}.docx"
        document.save(path)
        yield shape.__name__, path, right
    for shapes, ending in [(PLAIN, "txt"), (MARKDOWN, "md")]:
        for shape in shapes:
            text, right = shape()
            path = folder / f"{shape.__name__}.{ending}"
            path.write_text(text)
            yield shape.__name__, path, right


def plain(text):
    return re.sub(r"\s+", " ", str(text)).strip()


def corrections(source, right):
    """What an editor has to set right by hand."""
    piece = yaml.safe_load(source)
    found = []
    for key in ["title", "date"]:
        if plain(piece.get(key, "")) != right[key]:
            found.append(f"{key}: {piece.get(key)}")
    if "series" not in piece:
        found.append("no series")
    if piece.get("introduction"):
        found += [f"introduction: {plain(block)[:70]}" for block in piece["introduction"]]
    people = piece["contributors"]
    if len(people) != len(right["contributors"]):
        found += [f"{len(people)} people: {[one['name'] for one in people]}"] * abs(len(people) - len(right["contributors"]))
    for one in right["contributors"]:
        own = next((person for person in people if plain(person["name"]) == one["name"]), None)
        if own is None:
            found.append(f"nobody is {one['name']}")
            continue
        for key in ["affiliation", "bio"]:
            if plain(own.get(key, "")).strip("*_") != one.get(key, ""):
                found.append(f"{one['name']}: {key}: {own.get(key)}")
        said = [plain(block) for block in own["statement"]]
        found += [f"{one['name']} does not say: {text[:50]}" for text in one["statement"] if text not in said]
        found += [f"{one['name']} says: {text[:70]}" for text in said if text not in one["statement"]]
    return found
