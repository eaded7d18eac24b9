"""Round-ups of four statements in the shapes that people send them in, made by python-docx and LibreOffice."""

import docx

TITLE = "After the Summit: What Now?"
PEOPLE = [
    ("Amina Khan", "Director, Centre for Afghanistan, Middle East and Africa, ISSI"),
    ("Dr. Fahd Humayun", "Assistant Professor of Political Science, Tufts University"),
    ("Mansoor Ahmad Khan", "Former Ambassador of Pakistan to Afghanistan"),
    ("Saleem Shahid", "Bureau Chief, Dawn, Quetta"),
]
PARTED = [
    ("Director", "Centre for Afghanistan, Middle East and Africa, ISSI"),
    ("Assistant Professor of Political Science", "Tufts University"),
    ("Former Ambassador of Pakistan to Afghanistan", None),
    ("Bureau Chief", "Dawn, Quetta"),
]
TEXTS = [
    "The ceasefire has held for eleven days, which is longer than most people in the region expected when the talks began.",
    "None of the parties has an interest in a new escalation: trade has come to a halt, prices have doubled, and winter is close.",
    "What is missing is a mechanism that both sides trust. Without monitors on the ground every incident will be read as a breach.",
    "In the longer term, only a framework on transit, refugees and armed groups can prevent the next crisis; that takes patience.",
]
URDU = [
    "سیز فائر گیارہ دنوں سے برقرار ہے، جو اس سے زیادہ ہے جس کی خطے میں اکثر لوگوں کو توقع تھی۔",
    "کسی فریق کو نئی کشیدگی میں دلچسپی نہیں: طورخم اور چمن میں تجارت رک گئی ہے اور سردی قریب ہے۔",
]


def bold(made, text):
    paragraph = made.add_paragraph()
    paragraph.add_run(text).bold = True
    return paragraph


def head(made):
    made.add_paragraph("Flash Point")
    bold(made, TITLE)
    made.add_paragraph("November 12, 2025")


def texts(made, which=TEXTS):
    for text in which:
        made.add_paragraph(text)


def bold_lines(made):
    head(made)
    for name, what in PEOPLE:
        bold(made, name)
        made.add_paragraph().add_run(what).italic = True
        texts(made)


def by_lines(made):
    head(made)
    for name, what in PEOPLE:
        made.add_paragraph(f"By {name}")
        made.add_paragraph(what)
        texts(made)


def by_and_affiliation(made):
    head(made)
    for name, what in PEOPLE:
        bold(made, f"By {name}, {what}")
        texts(made)


def signatures(made):
    head(made)
    for name, what in PEOPLE:
        texts(made)
        made.add_paragraph(f"— {name}, {what}")


def signatures_of_two_lines(made):
    head(made)
    for name, what in PEOPLE:
        texts(made)
        made.add_paragraph(name)
        made.add_paragraph(what)
        made.add_paragraph("")


def brackets(made):
    head(made)
    for name, what in PEOPLE:
        bold(made, f"{name} ({what})")
        texts(made)


def two_lines(made):
    head(made)
    for (name, _), (what, where) in zip(PEOPLE, PARTED):
        bold(made, name)
        made.add_paragraph(what)
        if where:
            made.add_paragraph(where)
        texts(made)


def line_breaks(made):
    head(made)
    for (name, _), lines in zip(PEOPLE, PARTED):
        paragraph = bold(made, name)
        for line in filter(None, lines):
            paragraph.add_run().add_break()
            paragraph.add_run(line).italic = True
        texts(made)


def title_in_header(made):
    made.sections[0].header.paragraphs[0].text = f"Flash Point: {TITLE}"
    made.add_paragraph("12 November 2025")
    for name, what in PEOPLE:
        bold(made, name)
        made.add_paragraph(what)
        texts(made)


def styles(made):
    made.add_heading(TITLE, 0)
    made.add_paragraph("Flash Point | 12 November 2025")
    for name, what in PEOPLE:
        made.add_heading(name, 1)
        made.add_paragraph(what, style="Subtitle")
        made.add_heading("The state of play", 2)
        texts(made, TEXTS[:2])
        made.add_heading("What next", 2)
        texts(made, TEXTS[2:])


def headings_of_one_line(made):
    made.add_heading(TITLE, 1)
    made.add_paragraph("Published: 12 November 2025")
    for name, what in PEOPLE:
        made.add_heading(f"{name}, {what}", 2)
        texts(made)


def numbers(made):
    head(made)
    for index, (name, what) in enumerate(PEOPLE, 1):
        bold(made, f"{index}. {name}")
        made.add_paragraph(what)
        texts(made, [f"{number}. {text}" for number, text in enumerate(TEXTS, 1)])


def numbered_names(made):
    head(made)
    for name, what in PEOPLE:
        made.add_paragraph(style="List Number").add_run(name).bold = True
        made.add_paragraph(what)
        texts(made)


def bullets(made):
    head(made)
    for name, what in PEOPLE:
        bold(made, f"{name}:")
        made.add_paragraph(what)
        texts(made, TEXTS[:2])
        texts(made, ["•\tOpen the crossings at Torkham", "•\tAgree on monitors", "•\tKeep the channel open"])
        texts(made, TEXTS[2:])


def two_languages(made):
    head(made)
    for name, what in PEOPLE[:3]:
        bold(made, name)
        made.add_paragraph(what)
        texts(made)
    bold(made, "سلیم شاہد")
    made.add_paragraph("بیورو چیف، ڈان، کوئٹہ")
    texts(made, URDU)


def mail(made):
    made.add_paragraph("Dear colleagues,")
    made.add_paragraph("Please find below the four statements for this week's Flash Point.")
    bold(made, TITLE.upper())
    for name, what in PEOPLE:
        bold(made, name)
        made.add_paragraph(what)
        texts(made)
    made.add_paragraph("Best regards,")
    made.add_paragraph("Noor")


def run_in(made):
    head(made)
    for name, what in PEOPLE:
        paragraph = bold(made, f"{name}, {what}: ")
        paragraph.add_run(TEXTS[0])
        texts(made, TEXTS[1:])


def empty_paragraphs(made):
    head(made)
    for name, what in PEOPLE:
        made.add_paragraph("")
        paragraph = bold(made, name)
        paragraph.add_run().add_break()
        paragraph.add_run(what)
        made.add_paragraph("")
        for text in TEXTS:
            made.add_paragraph(text)
            made.add_paragraph("")


def writers(made):
    """As newspapers say who wrote, below each text."""
    head(made)
    for name, what in PEOPLE:
        texts(made)
        made.add_paragraph(name).alignment = 2
        made.add_paragraph().add_run(f"The writer is {what}.").italic = True


def bars(made):
    head(made)
    for name, what in PEOPLE:
        paragraph = bold(made, name)
        paragraph.add_run(f" | {what}")
        texts(made)


def answers(made):
    made.add_heading(TITLE, 1)
    made.add_paragraph("12 November 2025")
    for name, what in PEOPLE:
        made.add_heading(f"Réponse de {name}", 2)
        made.add_paragraph().add_run(what).italic = True
        texts(made)


SHAPES = [
    bold_lines, by_lines, by_and_affiliation, signatures, signatures_of_two_lines, brackets, two_lines, line_breaks, title_in_header, styles,
    headings_of_one_line, numbers, numbered_names, bullets, two_languages, mail, run_in, empty_paragraphs,
    writers, bars, answers,
]


def made(folder):
    """The documents with the names of their shapes."""
    for shape in SHAPES:
        document = docx.Document()
        shape(document)
        path = folder / f"{shape.__name__}.docx"
        document.save(path)
        yield shape.__name__, path


def pages():
    """Pages that LibreOffice makes documents of."""
    people = lambda name, what: "".join(
        name.format(one=one) + what.format(what=is_) + "".join(f"<p>{text}</p>" for text in TEXTS) for one, is_ in PEOPLE
    )
    start = f"<p>Flash Point</p><p><b><font size=5>{TITLE}</font></b></p><p>Date: 12 November 2025</p>"
    yield "office_breaks", start + people("<p><b>{one}</b><br>", "<i>{what}</i></p>")
    # Footnotes as LibreOffice writes them into pages.
    mark = '<a class="sdfootnoteanc" name="sdfootnote{0}anc" href="#sdfootnote{0}sym"><sup>{0}</sup></a>'
    note = '<div id="sdfootnote{0}"><p><a class="sdfootnotesym" name="sdfootnote{0}sym" href="#sdfootnote{0}anc">{0}</a>{1}.</p></div>'
    named = "".join(
        f"<p><b>{name}</b>{mark.format(number)}</p>" + "".join(f"<p>{text}</p>" for text in TEXTS) for number, (name, _) in enumerate(PEOPLE, 1)
    )
    yield "office_notes", start + named + "".join(note.format(number, what) for number, (_, what) in enumerate(PEOPLE, 1))
    yield "office_headings", f"<h1>{TITLE}</h1><p>12 November 2025</p>" + people("<h3>{one}</h3>", "<p><i>{what}</i></p>")


def wrong(source):
    """What an editor has to set right by hand in the source of a round-up."""
    found = []
    if "title: \"" + TITLE.lower() not in source.lower():
        found.append("the title")
    if source.count("  - name: ") != 4:
        found.append(f"{source.count('  - name: ')} people")
    for name, what in PEOPLE:
        if f"  - name: {name}\n    affiliation: {what}\n" not in source:
            found.append(name)
    if "سلیم" in source:
        is_right = "  - name: سلیم شاہد\n    affiliation: بیورو چیف، ڈان، کوئٹہ\n    language: ur\n" in source
        found = [one for one in found if one != "Saleem Shahid"] + ([] if is_right else ["the statement in Urdu"])
    for text in ["series: ", "date: "]:
        if f"\n{text}" not in "\n" + source:
            found.append(text)
    return found
