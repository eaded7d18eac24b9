//! Words that content shows: said of marked content, beside the text, or seen alone.

use std::rc::Rc;

use hayro_syntax::object::{Array, Name, Object};
use hayro_syntax::page::Resources;

use super::super::font::Font;
use super::super::program::Program;
use super::super::sight::Showing;
use super::super::usual;
use super::{Reader, SPACE};
use crate::read::paper::{Beside, BesideKind, DrawnLine};

/// Words beside the text have hardly more colours than one.
const MOST_INKS: usize = 8;

/// Signs that have no room of their own stand so far before the end of what they follow, in hundredths of a point.
const ASIDE: i64 = 100;

/// A head has three parts.
const MOST_PARTS: usize = 8;

/// What of a string is seen: white space at its end is not.
fn inked<'a>(text: &str, bytes: &'a [u8]) -> Option<&'a [u8]> {
    let spaces = text.len() - text.trim_end_matches(' ').len();
    bytes.get(..bytes.len().checked_sub(2 * spaces)?)
}

impl Reader<'_> {
    /// Words are shown in a font from here on. Where it is the same in another size, a glyph without a width still belongs to the
    /// one before it.
    pub(super) fn choose(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'_>,
        font: &mut Rc<Font>,
    ) {
        let chosen = self.font(name, resources);
        if !Rc::ptr_eq(&chosen, font) {
            self.draughts.pause();
        }
        *font = chosen;
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Rc<Font> {
        let Some(dict) = resources.get_font(name) else {
            return Rc::new(Font::default());
        };
        let Some(id) = dict.obj_id() else {
            return Rc::new(Font::of(&dict, self.budget));
        };
        let (draughts, budget) = (&mut *self.draughts, self.budget);
        let open = || {
            let mut font = Font::of(&dict, budget);
            let program = Program::of(&dict, budget);
            font.index = draughts.font(program.font.clone());
            font.program = Some(program);
            Rc::new(font)
        };
        Rc::clone(self.fonts.entry(id).or_insert_with(open))
    }

    /// Takes down words that are shown with room between them.
    pub(super) fn show_all(&mut self, texts: &Array<'_>, font: &Font) {
        (self.last, self.gap) = (None, None);
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => {
                    self.show(text.as_bytes(), font);
                    if self.budget.pay(text.as_bytes().len()) {
                        self.pairs.show(text.as_bytes(), font);
                    }
                }
                Object::Number(back) => {
                    let back = back.as_f64();
                    self.sight.back(back);
                    self.pairs.back(back);
                    self.gap = Some(self.gap.unwrap_or(0.0) + back);
                    if back < SPACE {
                        self.space();
                    }
                }
                _ => {}
            }
        }
        if !self.pairs.end(font) {
            let what = "letters stand nearer to each other or farther than elsewhere".to_owned();
            self.strange.insert((what, None));
        }
    }

    /// Takes down words where they are shown.
    pub(super) fn show(&mut self, bytes: &[u8], font: &Font) {
        // All marked content that is open is asked what it is.
        if !self.budget.pay(self.open.len()) {
            return;
        }
        let text = font.text(bytes, self.budget);
        if let Some(next) = text.chars().next() {
            if let Some((gap, before)) = self.gap.take().zip(self.last) {
                let wrong = usual::gap(gap, before, next);
                self.strange
                    .extend(wrong.map(|(what, need)| (what.to_owned(), need)));
            }
            // Of much white space a line shows one, whether one string shows it or each a string of its own.
            let white = text.chars().rev().take_while(|c| c.is_whitespace()).count();
            let is_all = white == text.chars().count();
            let goes_on = is_all && self.last.is_none_or(char::is_whitespace);
            self.last = text.chars().last().filter(|_| white < 2 && !goes_on);
        }
        if self.has_ground {
            let what = "words stand on a ground, which covers alone have";
            self.strange.insert((what.to_owned(), None));
        }
        let artifact = self.open.iter().find_map(|marked| marked.artifact);
        self.sight.show(&Showing {
            text: &text,
            widths: font.widths(bytes),
            ink: inked(&text, bytes).and_then(|inked| font.widths(inked)),
            mark: self.open.iter().rev().find_map(|marked| marked.mcid),
            is_artifact: artifact.is_some(),
            is_head: matches!(artifact, Some(BesideKind::Head | BesideKind::Foot)),
            is_hidden: self.open.iter().any(|marked| marked.is_hidden),
            font: font.index,
        });
        if let Some(kind) = artifact {
            self.beside(kind, &text);
            if kind == BesideKind::Decoration {
                self.aside.push_str(&text);
                self.hyphen(&text);
            }
        }
        // What keeps a hyphen at a line's end is drawn with the hyphen's outline, and shows nothing. Beside the text no other text can
        // stand for glyphs that have none of their own.
        let keeps = artifact == Some(BesideKind::Decoration) && self.sight.is_unpainted();
        let says_nothing = artifact.is_some() && text.chars().all(|c| c == '\u{2060}');
        if !keeps && !says_nothing {
            self.draughts.show(bytes, font, self.number);
        }
        let mut replaced = self.open.iter_mut().rev();
        match replaced.find(|marked| marked.actual.is_some()) {
            Some(marked) => marked.drawn.push_str(&text),
            None => self.say(&text),
        }
    }

    /// A hyphen that parts a word at the end of a line.
    fn hyphen(&mut self, text: &str) {
        if !matches!(text.trim(), "-" | "\u{2010}") || self.sight.is_unpainted() {
            return;
        }
        let (across, size, ink) = self.sight.last().unwrap_or_default();
        self.hyphens.push(DrawnLine {
            page: self.number,
            base: self.sight.line_in_hundredths(),
            left: across[0],
            right: across[1],
            size,
            ink,
            is_plain: false,
        });
    }

    /// Words beside the text: those of one kind on a page are told together.
    fn beside(&mut self, kind: BesideKind, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let line = self.sight.line_in_hundredths();
        let (across, size, ink) = self.sight.last().unwrap_or_default();
        match self
            .beside
            .iter_mut()
            .rev()
            .take_while(|own| own.page == self.number)
            .find(|own| own.kind == kind)
        {
            Some(own) => {
                own.words.push_str(text);
                own.runs_forward &= across[1] + ASIDE >= own.across[1];
                let has_room = own.parts.len() < MOST_PARTS;
                match own.parts.last_mut() {
                    Some(part) if (across[0] - part[1]).abs() < size => part[1] = across[1],
                    _ if has_room => own.parts.push(across),
                    _ => {}
                }
                own.lines = [own.lines[0].min(line), own.lines[1].max(line)];
                own.across = [own.across[0].min(across[0]), own.across[1].max(across[1])];
                own.sizes = [own.sizes[0].min(size), own.sizes[1].max(size)];
                if !own.inks.contains(&ink) && own.inks.len() < MOST_INKS {
                    own.inks.push(ink);
                }
            }
            None => self.beside.push(Beside {
                page: self.number,
                kind,
                words: text.to_owned(),
                lines: [line; 2],
                height: self.sight.height(),
                across,
                parts: vec![across],
                sizes: [size; 2],
                runs_forward: true,
                inks: vec![ink],
            }),
        }
    }

    /// Takes down words as they are said.
    pub(super) fn say(&mut self, text: &str) {
        if self.open.iter().any(|marked| marked.artifact.is_some()) {
            return;
        }
        let mcid = self.open.iter().rev().find_map(|marked| marked.mcid);
        match self.page.zip(mcid) {
            Some(place) => self.marked.entry(place).or_default().push_str(text),
            None => self.unmarked.push_str(text),
        }
        self.loose.push_str(text);
    }

    /// A new place on the page: between words for those who read without structure.
    pub(super) fn space(&mut self) {
        if !self.loose.ends_with(' ') {
            self.loose.push(' ');
        }
        if !self.aside.ends_with('\n') {
            self.aside.push('\n');
        }
    }
}
