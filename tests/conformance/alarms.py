#!/usr/bin/env python3
"""Looks for false alarms of `verify`: alarms.py FLASHPOINT [COUNT] [SEED] [houses]

Makes random pieces out of everything that a source can hold, in several scripts, directions and themes, makes all their editions and holds
these against their sources. What is told of any of them is a fault of a writer or of the verifier. Prints how many pieces and editions
were held; exits 0 only where nothing was told. Where something is, the piece stays in the folder that is named. With `houses`, every ten
pieces have a theme that is random too: each of its keys may have any value that a theme can have.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "tests/fixtures/valid/images"
# So many pieces are made in one run, with one theme.
AT_ONCE = 50
# The same, where each run has a random theme.
AT_ONCE_IN_HOUSES = 10

WORDS = {
    "en": "border trade ministers summit co-operation naïve state-of-the-art U.S.–led 1,250 3.5% №5 well-being whatever agreement said "
    "“quoted” (in part) O’Neill e.g. [sic] NATO UNESCO 2024/25 half-hour re-election x² 10 km § 12 £3m A&B <tag> 5 > 3 C# 100% & and/or …".split(),
    "fr": "l’été « déjà » négociations : aujourd’hui c’est-à-dire ; œuvre ! garçon ? 25 % Mme Dupont".split(),
    "de": "Straße Grenzübergang Vertragsverhandlungen „Wort“ z. B. Übergrößenträger Maß 1.250,50 €".split(),
    "pl": "źdźbło w z i o granica rozmowy ówczesny żółć".split(),
    "ru": "граница переговоры в и с министр «слово» 12 г. съезд ёлка".split(),
    "el": "σύνορα εμπόριο συνομιλίες ἐρώτημα λόγος ;".split(),
    "vi": "biên giới đàm phán thương mại câu hỏi Việt Nam".split(),
    "tr": "sınır ılık İstanbul görüşmeler ğ şimdi".split(),
    "ar": "الحدود التجارة المفاوضات وَالسَّلَام لا الله ١٢٫٥ (قوس) محمد، ؟ 1,250 UNESCO".split(),
    "ur": "سرحد تجارت مذاکرات گفتگو ہے۔ پاکستان، کشیدگی ۲۰۲۵ لیے‌ کہ NATO".split(),
    "fa": "مرز تجارت می‌شود گفت‌وگو خانه‌ها ۱۲٪ است.".split(),
    "he": "גבול סחר שִׂיחָה ארה״ב (סוגריים) 12% של".split(),
    "hi": "सीमा व्यापार क्षेत्र हिन्दी राष्ट्रीय ज्ञान श्री १२ है।".split(),
    "bn": "সীমান্ত বাণিজ্য ক্ষেত্র জ্ঞান ১২".split(),
    "ta": "எல்லை வர்த்தகம் க்ஷ ஸ்ரீ கொள்கை தமிழ்".split(),
    "th": "ชายแดน การค้า น้ำ ผู้ใหญ่ เจรจา กรุงเทพฯ".split(),
    "my": "နယ်စပ် ကုန်သွယ်ရေး မြန်မာ".split(),
    "km": "ព្រំដែន ពាណិជ្ជកម្ម".split(),
    "ka": "საზღვარი ვაჭრობა".split(),
    "hy": "սահման առեւտուր և".split(),
    "am": "ድንበር ንግድ፡ ነው።".split(),
    "zh-Hans": "边境 贸易 谈判， 部长说 “和平” 。 （2025年） 、 UNESCO 12%".split(),
    "zh-Hant": "邊境 貿易 談判， 部長說 「和平」 。 2025 年".split(),
    "ja": "国境 貿易、 交渉は 「平和」 です。 カタカナ ー っ （2025年） 々".split(),
    "ko": "국경 무역 협상은 “평화” 입니다. 2025년 12%".split(),
}
TIGHT = ("zh-Hans", "zh-Hant", "ja", "th", "km", "my")
OTHERS = ["🙂", "👩‍👩‍👧", "🇵🇰", "✓", "→", "∑", "e\u0301", "a\u0308\u0323", "ﬁ", "x\u00a0y", "soft\u00adhyphen", "zero\u200bwidth", "½", "№ 7", "Ω", "µ", "ǅ", "ſ", "①",
          "verylongwordwithoutanyendthatnolineholdsatall" * 3, "https://example.org/a/very/long/path/that-is/written?out=yes&more=1#part",
          "--", "---", "''", "``", "\\*", "\\[", "a_b_c", "1*2" , "~", "^", "#", "|", "100 000", "10:30", "a/b/c", "(c)", "...", "–", "—", "‘a’", "’90s", "ʿAlī", "Ŧ", "ɓ"]


class Maker:
    """Makes one piece; every choice is the random number's."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.seed = seed
        self.language = self.r.choice(["en", "en-GB", "en-US"] * 4 + list(WORDS))
        self.notes = {}
        self.said = []

    def some(self, of, likely=0.5):
        return self.r.random() < likely

    def words(self, language=None, most=12, least=1):
        language = language or self.language
        own = WORDS.get(language, WORDS["en"])
        words = [self.r.choice(own) for _ in range(self.r.randint(least, most))]
        if self.r.random() < 0.15:
            words.insert(self.r.randint(0, len(words)), self.r.choice(OTHERS))
        if self.r.random() < 0.1:
            words.insert(self.r.randint(0, len(words)), self.r.choice(WORDS[self.r.choice(list(WORDS))]))
        text = ("" if language in TIGHT and self.r.random() < 0.8 else " ").join(words)
        for mark in "*[]^~\\":
            text = text.replace("\\" + mark, "\0").replace(mark, "\\" + mark).replace("\0", "\\" + mark)
        return text

    def inline(self, language=None, most=6, notes=True):
        """A text with marks at odd places."""
        parts = []
        for _ in range(self.r.randint(1, most)):
            words = self.words(language, 9)
            kind = self.r.random()
            if kind < 0.08:
                parts.append(f"*{words}*")
            elif kind < 0.14:
                parts.append(f"**{words}**")
            elif kind < 0.17:
                parts.append(f"***{words}***")
            elif kind < 0.19:
                parts.append(f"*{words} **{self.words(language, 2)}** {self.words(language, 2)}*")
            elif kind < 0.23:
                parts.append(f"[{words}](https://example.org/{self.r.randint(1, 99)}?q=a&b={self.r.randint(1, 9)})")
            elif kind < 0.25:
                parts.append(f"[*{words}*](https://example.org/)")
            elif kind < 0.29:
                other = self.r.choice(list(WORDS))
                parts.append(f"[{self.words(other, 5)}](lang:{other})")
            elif kind < 0.31:
                other = self.r.choice(list(WORDS))
                parts.append(f"*[{self.words(other, 3)}](lang:{other})*")
            elif kind < 0.33:
                parts.append(f"x^{self.r.choice(['2', 'th', 'n+1', 'er'])}^")
            elif kind < 0.35:
                parts.append(f"H~{self.r.choice(['2', 'n'])}~O")
            elif kind < 0.37:
                parts.append(f"pre*fix*suf **b**c")
            elif kind < 0.44 and notes:
                parts.append(words + "".join(self.note() for _ in range(self.r.choice([1, 1, 1, 2, 3]))))
            else:
                parts.append(words)
        text = " ".join(parts)
        return text if text.strip() else "words"

    def note(self):
        if self.notes and self.r.random() < 0.3:
            return f"[^{self.r.choice(list(self.notes))}]"
        name = f"n{len(self.notes) + 1}"
        self.notes[name] = "."
        self.notes[name] = self.inline(most=2, notes=False)
        return f"[^{name}]"

    def items(self, depth):
        items = []
        for _ in range(self.r.randint(1, 5)):
            kind = self.r.random()
            if kind < 0.65:
                items.append(self.inline(most=2))
            elif kind < 0.85 and depth < 4:
                items.append([self.inline(most=2), self.listing(depth + 1)])
            elif kind < 0.9 and depth < 2:
                items.append([self.inline(most=2), {"quote": {"text": self.inline(most=1), "by": self.words(most=2)}}])
            elif kind < 0.93 and depth < 2:
                items.append([self.inline(most=1), self.table()])
            elif kind < 0.96 and depth < 2:
                items.append([self.inline(most=1), self.figure()])
            else:
                items.append([self.inline(most=1), self.inline(most=2), self.inline(most=1)])
        return items

    def listing(self, depth=0):
        return {self.r.choice(["list", "numbered"]): self.items(depth)}

    def table(self):
        columns = self.r.choice([1, 2, 2, 3, 3, 4, 5, 7])
        figures = self.r.random() < 0.4

        def cell(column):
            kind = self.r.random()
            if column and figures:
                return self.r.choice(["12", "1,204.5", "−3.2", "(4.1)", "—", "n.a.", "0.05*", "~7", "12%", "€ 3", 14, 2.5, "12" + (self.note() if self.r.random() < 0.1 else "")]).__str__().replace("0.05*", "0.05\\*")
            return "" if kind < 0.06 else self.inline(most=1) if kind < 0.3 else self.words(most=3)

        table = {"rows": [[cell(c) for c in range(columns)] for _ in range(self.r.choice([1, 2, 3, 5, 9, 40]) if self.r.random() < 0.9 else 1)]}
        table["header"] = [[self.words(most=2) for _ in range(columns)] for _ in range(self.r.choice([1, 1, 1, 2]))]
        if self.r.random() < 0.2:
            table["header"][0][0] = ""
        if self.r.random() < 0.4:
            table["row_heads"] = True
        if self.r.random() < 0.6:
            table["caption"] = self.inline(most=2)
        if self.r.random() < 0.2:
            table["columns"] = [{"align": self.r.choice(["start", "centre", "end", "decimal"])} if self.r.random() < 0.7 else {"width": f"{max(3, 60 // columns)}%"} for _ in range(columns)]
        return {"table": table}

    def figure(self):
        name = self.r.choice(["rgb.png", "photo.jpg", "alpha.png", "alpha.webp", "chart.svg", "grey.png", "palette.png", "turned.jpg", "shadow.svg"])
        figure = {"image": f"images/{name}", "alt": self.plain()}
        if self.r.random() < 0.6:
            figure["caption"] = self.inline(most=2)
        if self.r.random() < 0.4:
            figure["credit"] = self.inline(most=1, notes=False)
        if self.r.random() < 0.3:
            figure["width"] = f"{self.r.choice([20, 35, 50, 80, 100])}%"
        return {"figure": figure}

    def plain(self, most=6):
        """A text that is read without markup."""
        return self.words(most=most).replace("\\", "")

    def quote(self):
        quote = {"text": self.inline() if self.r.random() < 0.7 else [self.inline(most=3) for _ in range(self.r.randint(2, 3))]}
        if self.r.random() < 0.6:
            quote["by"] = self.inline(most=1, notes=self.r.random() < 0.2)
        if self.r.random() < 0.25:
            other = self.r.choice(list(WORDS))
            quote = {"text": self.words(other, 12), "language": other, "by": self.words(other, 2)}
        return {"quote": quote}

    def blocks(self, most=8):
        blocks = []
        for _ in range(self.r.randint(1, most)):
            kind = self.r.random()
            if kind < 0.45:
                text = self.inline()
                self.said.append(text)
                blocks.append(text)
            elif kind < 0.5:
                other = self.r.choice(list(WORDS))
                blocks.append(f"[{self.words(other, 14)}](lang:{other})")
            elif kind < 0.59:
                blocks += [{"heading": self.inline(most=1, notes=self.r.random() < 0.3)}, self.inline()]
            elif kind < 0.63:
                blocks += [{"subheading": self.inline(most=1)}, self.inline(most=2)]
            elif kind < 0.71:
                blocks.append(self.listing())
            elif kind < 0.79:
                blocks.append(self.table())
            elif kind < 0.85:
                blocks.append(self.figure())
            elif kind < 0.92:
                blocks.append(self.quote())
            elif kind < 0.95 and self.said:
                words = self.r.choice(self.said)
                plain = [word for word in words.split(" ") if not set(word) & set("*[]^~\\()")]
                if plain:
                    blocks.append({"pull": " ".join(plain[:8])})
            elif kind < 0.96:
                blocks.append({"query": "Is that so?"})
            elif blocks and not (isinstance(blocks[-1], dict) and "break" in blocks[-1]):
                blocks += [{"break": None}, self.inline(most=2)]
            else:
                blocks.append("\n\n".join([self.inline(most=2), self.inline(most=2)]))
        return blocks

    def contributor(self):
        own = {"name": self.plain(3), "statement": self.blocks()}
        if self.r.random() < 0.7:
            own["affiliation"] = self.words(most=5)
        if self.r.random() < 0.25:
            own["role"] = self.r.choice(["edt", "trl", "ill", "aui", "ctb"])
        if self.r.random() < 0.25:
            own["bio"] = self.inline(most=3)
        if self.r.random() < 0.2:
            own["portrait"] = {"image": "images/portrait.jpg", "alt": self.plain()}
            own.setdefault("bio", self.inline(most=2))
        if self.r.random() < 0.2:
            own["orcid"] = "0000-0002-1825-0097"
        if self.r.random() < 0.2:
            own["ror"] = "https://ror.org/02mhbdp94"
        if self.r.random() < 0.2:
            own["url"] = "https://example.org/~who/?a=1&b=2"
        if self.r.random() < 0.15:
            before, self.language = self.language, self.r.choice(list(WORDS))
            own["language"] = self.language
            own["statement"] = self.blocks(5)
            if self.r.random() < 0.5:
                own["name"], own["name_language"] = self.plain(2), self.language
            self.language = before
        return own

    def piece(self, others):
        r = self.r
        piece = {"series": "Flash Point" if r.random() < 0.8 else self.plain(3), "title": self.inline(most=1, notes=False), "date": f"20{r.randint(10, 25)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}",
                 "language": self.language, "slug": f"piece-{self.seed}", "contributors": [self.contributor() for _ in range(r.choice([1, 1, 2, 2, 3, 5]))]}
        if all(own.get("role") for own in piece["contributors"]) and r.random() < 0.5:
            piece["contributors"][0].pop("role")
        optional = {
            "subtitle": lambda: self.inline(most=1, notes=False), "short_title": lambda: self.plain(2), "number": lambda: r.randint(1, 99), "date_text": lambda: self.plain(3),
            "updated": lambda: "2025-12-01", "identifier": lambda: f"FP/{self.seed}", "isbn": lambda: "978-3-16-148410-0", "doi": lambda: f"10.1234/fp.{self.seed}",
            "url": lambda: f"https://example.org/{self.seed}", "publisher": lambda: self.plain(4), "rights": lambda: "© 2025 " + self.words(most=4),
            "license": lambda: "https://creativecommons.org/licenses/by/4.0/", "summary": lambda: self.plain(20), "keywords": lambda: [f"{self.plain(2)} {n}" for n in range(3)],
            "subjects": lambda: [f"{self.plain(1)} {n}" for n in range(2)], "citation": lambda: self.inline(most=2, notes=False), "disclaimer": lambda: self.inline(most=2, notes=False),
            "cover": lambda: {"image": "images/cover.png", "alt": self.plain()}, "introduction": lambda: self.blocks(4),
            "corrections": lambda: [{"date": "2025-11-11", "text": self.inline(most=2, notes=False)} for _ in range(r.randint(1, 2))],
            "status": lambda: "draft", "embargo": lambda: "2030-01-01T00:00:00+01:00", "aliases": lambda: [f"old-{self.seed}"],
            "withdrawn": lambda: None, "translation_of": lambda: r.choice(others),
        }
        for key, of in optional.items():
            if key == "withdrawn" or (key == "translation_of" and not others):
                continue
            if r.random() < (0.08 if key in ("status", "embargo", "translation_of") else 0.22):
                piece[key] = of()
        if self.notes:
            piece["notes"] = self.notes
        return piece


THEMES = [["--theme", "classic"], ["--theme", "modern"], ["--theme", "journal"], ["--theme", "modern", "--pdf-standard", "ua-2"], ["--theme", "house.yaml"], ["--theme", "classic", "--page-size", "a5"]]
HOUSE = """extends: classic
publisher: The House
logo: {file: images/chart.svg, alt: The mark of the house, width: 30%}
front: {publisher: on, summary: on, cover: on, contents: on}
paragraphs: {acronyms: small-capitals}
"""
FACES = ROOT / "tests/fixtures/faces"
COLOURS = ["text", "headings", "accent", "quiet", "links"]
SIZES = {"text": (7, 24), "title": (10, 60), "subtitle": (8, 40), "heading-2": (8, 40), "heading-3": (7, 36), "heading-4": (7, 32), "small": (6, 16), "indent": (0, 60)}
USUAL = {"text": (9, 13), "title": (18, 36), "subtitle": (11, 18), "heading-2": (13, 20), "heading-3": (11, 15), "heading-4": (10, 13), "small": (7.5, 10), "indent": (0, 24)}
KINDS = """series title subtitle byline credit date heading-2 heading-3 heading-4 end-heading end-subheading affiliation paragraph quote quote-source pull list caption
figure-credit table-head row-head table-cell note end-matter furniture""".split()
CELLS = ("caption", "figure-credit", "table-head", "row-head", "table-cell")
FIELDS = ["{series}", "{number}", "{title}", "{short-title}", "{names}", "{date}", "{publisher}", "{page}", "{pages}"]


class House:
    """Makes one theme. It may be ugly; it may not be one that is refused."""

    def __init__(self, seed):
        self.r = random.Random(f"house {seed}")

    def some(self, likely):
        return self.r.random() < likely

    def length(self, usual, bounds):
        """A length that a theme may have: mostly a usual one, now and then the least, the greatest or any."""
        r = self.r
        low, high = usual if self.some(0.7) else bounds
        number = r.choice([low, high, r.uniform(low, high), r.uniform(low, high)])
        inside = [f"{number:.2f}pt", f"{number:.0f}pt", f"{number / 72 * 25.4:.2f}mm"]
        return r.choice([length for length in inside if bounds[0] <= self.points(length) <= bounds[1]])

    def points(self, length):
        return float(length[:-2]) * {"pt": 1, "mm": 72 / 25.4}[length[-2:]]

    def colour(self, dark=False):
        low, high = (0, 90) if not dark else (190, 255)
        return "#%02X%02X%02X" % tuple(self.r.randint(low, high) for _ in range(3))

    def template(self):
        r = self.r
        parts = [r.choice(FIELDS + ["The House", "–", " / ", "№", "Das Haus & Söhne", "گھر", "頁"]) for _ in range(r.choice([1, 1, 2, 3]))]
        return "none" if self.some(0.3) else " ".join(parts)

    def furniture(self):
        return {part: self.template() for part in ("start", "centre", "end") if self.some(0.6)} or {"start": "none"}

    def family(self):
        r = self.r
        kind = r.random()
        if kind < 0.6:
            return r.choice(["source-serif", "source-sans"])
        names = ("regular", "italic", "bold", "bold-italic")
        files = r.choice([("EBGaramond-Regular.otf", "EBGaramond-Italic.otf", "EBGaramond-Bold.otf", "EBGaramond-Italic.otf"),
                          ("Cantarell-Regular.otf", "Cantarell-Regular.otf", "Cantarell-Bold.otf", "Cantarell-Bold.otf"), ("Vollkorn-Regular.ttf",) * 4])
        family = {style: f"faces/{file}" for style, file in zip(names, files)}
        if self.some(0.6):
            family |= {"use": ["pdf", "cover"] + r.sample(["docx", "epub", "web"], r.randint(0, 3)), "licence": "faces/OFL.md"}
        return family

    def text(self, kind, theme):
        """What is said of one kind of text."""
        r, row = self.r, {}
        choices = {"face": ["text", "headings", "apparatus"], "weight": ["regular", "bold", "semibold"], "slant": ["upright", "italic"],
                   "case": ["as-written", "small-capitals", "all-small-capitals"], "figures": ["old-style", "lining"], "hyphenation": ["on", "off"],
                   "alignment": ["justified", "start", "balanced", "centre", "end"], "colour": COLOURS + [self.colour()], "tracking": ["-0.05em", "0.3em", "0em", "0.06em", "-0.012em"]}
        for key, values in choices.items():
            if key == "alignment" and kind in ("table-head", "row-head", "table-cell", "furniture"):
                continue
            if self.some(0.25):
                row[key] = r.choice(values)
        if kind != "paragraph" and self.some(0.3):
            row["size"] = self.length((8, 30), (5, 96 if self.some(0.2) else 40))
            row["leading"] = f"{min(120, self.points(row['size']) * r.choice([1, 1.2, 1.4, 2]) + 1.2):.1f}pt"
        lengths = {"before": ((0, 30), (0, 200)), "after": ((0, 30), (0, 200)), "inset-start": ((0, 40), (0, 90)), "inset-end": ((0, 40), (0, 60)), "indent": ((0, 20), (0, 60)), "between": ((0, 12), (0, 60))}
        for key, (usual, bounds) in lengths.items():
            where = {
                "before": kind not in ("paragraph", "end-matter", "note", "furniture") + CELLS,
                "inset-start": kind not in ("paragraph", "end-matter", "furniture") + CELLS,
                "inset-end": kind not in ("paragraph", "end-matter", "furniture", "list", "note") + CELLS,
                "indent": kind in ("paragraph", "quote", "end-matter"),
                "between": kind in ("paragraph", "quote", "end-matter", "list"),
            }
            if where[key if key != "after" else "before"] and self.some(0.2):
                row[key] = self.length(usual, bounds)
        return row

    def theme(self):
        r = self.r
        theme = {"name": "random house", "extends": r.choice(["classic", "modern", "journal"])}
        if self.some(0.5):
            theme["faces"] = {"text": self.family(), "headings": self.family(), "apparatus": self.family()}
            if self.some(0.3):
                theme["faces"]["han"] = r.choice(["simplified", "traditional", "japanese", "korean"])
            if self.some(0.3):
                theme["faces"]["urdu"] = r.choice(["naskh", "nastaliq"])
        if self.some(0.5):
            colours = {key: self.colour() for key in ("text", "headings", "accent", "quiet", "links", "rules", "cover-paper") if self.some(0.6)}
            colours |= {"paper": r.choice(["#FFFFFF", "#FFFDF8", "#FAFAFA"]), "cover-text": "#FFFFFF", "cover-accent": "#FFF0C0", "cover-paper": colours.get("cover-paper", "#101010")}
            colours["dark"] = {"paper": "#101010"} | {key: self.colour(True) for key in ("text", "headings", "accent", "quiet", "links", "rules")}
            theme["colours"] = colours
        measures = {key: self.length(USUAL[key], SIZES[key]) for key in SIZES if self.some(0.4)}
        if "text" in measures or self.some(0.2):
            text = self.points(measures.setdefault("text", "11pt"))
            measures["leading"] = f"{min(40, text * r.choice([1.15, 1.3, 1.6]) + 0.1):.1f}pt"
        theme["measures"] = measures
        page = {"size": r.choice(["A4", "A5", "B5", "Letter", "170mm x 240mm", "300mm x 300mm", "120mm x 160mm"])}
        theme["measures"]["measure"] = {"A5": "300pt", "B5": "340pt", "120mm x 160mm": "240pt"}.get(page["size"], r.choice(["340pt", "360pt", "420pt", "300pt"]))
        for side in ("top", "bottom"):
            if self.some(0.3):
                page[f"margin-{side}"] = self.length((40, 90), (18, 110))
        if self.some(0.2):
            page["margin-start"] = self.length((30, 60), (18, 60))
        page |= {part: self.furniture() for part in ("head", "foot") if self.some(0.5)}
        if self.some(0.4):
            page["first"] = {part: self.furniture() for part in ("head", "foot")}
        theme["page"] = page
        switches = {
            "paragraphs": {"alignment": ["justified", "ragged"], "hyphenation": ["on", "off"], "figures": ["old-style", "lining"], "small-capitals": ["on", "off"], "acronyms": ["capitals", "small-capitals"],
                           "space": [self.length((0, 12), (0, 60))]},
            "front": {key: ["on", "off"] for key in ("publisher", "summary", "cover", "contents")},
            "epub": {"cover": ["png", "jpeg"]}, "pdf": {"standard": ["ua-1", "ua-2"]}, "docx": {"embed_faces": ["on", "off"]},
            "spaces": {key: [self.length(*bounds)] for key, bounds in {"figure": ((4, 30), (0, 120)), "under-image": ((0, 12), (0, 60)), "break": ((4, 30), (0, 120)), "above-rule": ((0, 20), (0, 120)),
                       "between-headings": ((0, 12), (0, 60)), "cell": ((0, 6), (0, 24)), "gutter": ((4, 14), (0, 20))}.items()},
            "rules": {"title": [self.length((0, 2), (0, 12))], "pull": [self.length((0, 4), (0, 24))], "table": [self.length((0.2, 2), (0.2, 12))], "table-head": [self.length((0.2, 2), (0.2, 12))]},
        }
        for name, keys in switches.items():
            said = {key: r.choice(values) for key, values in keys.items() if self.some(0.35)}
            if said:
                theme[name] = said
        if self.some(0.5):
            theme["publisher"] = r.choice(["The House", "Maß & Söhne", "ادارہ", "出版社"])
        if self.some(0.4):
            theme["logo"] = {"file": r.choice(["images/chart.svg", "images/alpha.png", "images/photo.jpg"]), "alt": "The mark of the house", "width": r.choice(["5%", "30%", "100%"])}
        texts = {kind: self.text(kind, theme) for kind in KINDS if self.some(0.3)}
        theme["texts"] = {kind: row for kind, row in texts.items() if row}
        return theme


def run(program, folder, *arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=500, env={"NO_COLOR": "1", "HOME": str(folder)})
    return done.returncode, done.stdout, done.stderr


def main():
    program = Path(sys.argv[1]).resolve()
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    in_houses = sys.argv[4:] == ["houses"]
    at_once = AT_ONCE_IN_HOUSES if in_houses else AT_ONCE
    work = Path(tempfile.mkdtemp(prefix="alarms-"))
    held, editions, refused, alarms = 0, 0, 0, []
    while held < wanted:
        folder = work / str(seed)
        source = folder / "source"
        shutil.copytree(IMAGES, source / "images")
        shutil.copytree(IMAGES, folder / "images")
        shutil.copytree(FACES, folder / "faces")
        house = json.dumps(House(seed).theme(), ensure_ascii=False, indent=1) if in_houses else HOUSE
        (folder / "house.yaml").write_text(house)
        names = []
        for own in range(seed, seed + min(at_once, wanted - held)):
            piece = Maker(own).piece(list(names))
            (source / f"piece-{own}.yaml").write_text(json.dumps(piece, ensure_ascii=False, indent=1))
            names.append(piece["slug"])
        theme = ["--theme", "house.yaml"] if in_houses else THEMES[seed // AT_ONCE % len(THEMES)]
        _, _, said = run(program, folder, "export", "source", "-q", "-f", "all,html", "--dist", "dist", *theme)
        (folder / "export.txt").write_text(said)
        if "fault" in said or "panic" in said:
            alarms.append(f"{folder}: a fault of the program: {said[:600]}")
        where = [argument for argument in theme[:2]]
        _, _, said = run(program, folder, "verify", "source", "--strict", "--report", "report.jsonl", "--dist", "dist", *where)
        (folder / "verify.txt").write_text(said)
        report = folder / "report.jsonl"
        for line in map(json.loads, report.read_text().splitlines()) if report.exists() else []:
            match line.get("verdict"):
                case None:
                    continue
                case "refused" | "missing":
                    refused += 1
                case "equal":
                    editions += 1
                    alarms += [f"{folder / line['edition']}: {reason}" for reason in line.get("not_compared", []) if "kind that is not read" in reason]
                case verdict:
                    editions += 1
                    told = line.get("differences") or [line.get("reason")]
                    alarms.append(f"{folder / line['edition']}: {verdict}: {told[0]}" + (f" (and {len(told) - 1} more)" if told[1:] else ""))
        if not report.exists():
            alarms.append(f"{folder}: nothing was verified: {said[:600]}")
        held += len(names)
        seed += at_once
    print(f"false alarms: {held} random pieces, {editions} editions held, {refused} refused: {len(alarms)} alarms")
    for alarm in alarms[:40]:
        print(f"  {alarm}")
    # A generator whose pieces are refused proves nothing.
    if refused > (editions + refused) // 10:
        alarms.append("too many editions were refused")
        print(f"  {alarms[-1]}: look into {work}")
    if not alarms:
        shutil.rmtree(work)
    sys.exit(1 if alarms else 0)


if __name__ == "__main__":
    main()
