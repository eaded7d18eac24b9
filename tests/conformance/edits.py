"""Random edits in a DOCX edition, by python-docx: what an editor does in Word."""

import copy
import random
import re

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

STYLES = ["body", "list", "first paragraph", "normal"]


def says(path):
    """The paragraphs of an edition, by their words; numbers of notes are counted anew, so no digits."""
    texts = []
    for paragraph in docx.Document(path).element.body.iter(qn("w:p")):
        text = "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        texts.append(re.sub(r"\s+", " ", re.sub(r"\d+", "", text)).strip())
    return [text for text in texts if text]


def edit(original, edited, seed):
    """Makes one to three edits; says which, or nothing where there is nothing to edit."""
    rolls = random.Random(seed)
    document = docx.Document(original)
    paragraphs = [Paragraph(node, document) for node in document.element.body.iter(qn("w:p"))]
    texts = [
        paragraph
        for paragraph in paragraphs
        if any(name in paragraph.style.name.lower() for name in STYLES) and len(paragraph.text) > 20
    ]
    done = []
    for _ in range(rolls.choice([1, 2, 3]) if texts else 0):
        paragraph = rolls.choice(texts)
        node = paragraph._p
        in_cell = node.getparent() is not None and node.getparent().tag == qn("w:tc")
        if node.getparent() is None:
            continue
        kind = rolls.choice(["word", "word", "append", "delete", "add"])
        done.append((kind, paragraph.text[:40]))
        if kind == "word":
            runs = [run for run in paragraph.runs if re.search(r"\w{4}", run.text)]
            for run in runs[:1]:
                word = rolls.choice(re.findall(r"\w{4,}", run.text))
                run.text = run.text.replace(word, "changed", 1)
        elif kind == "append":
            paragraph.add_run(" And a sentence more.")
        elif kind == "delete" and not in_cell:
            node.getparent().remove(node)
        elif kind == "add":
            new = copy.deepcopy(node)
            for child in list(new):
                if child.tag != qn("w:pPr"):
                    new.remove(child)
            node.addnext(new)
            Paragraph(new, document).add_run(f"A new paragraph {rolls.randint(1, 99)} that somebody wrote behind it.")
    document.save(edited)
    return done
