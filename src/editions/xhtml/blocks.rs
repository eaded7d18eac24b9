//! Blocks: paragraphs, quotations, lists, figures and tables.

use crate::compose::{
    Anchor, Block, BlockKind, Composition, Content, Figure, Item, Kind, Labels, Reading, Table,
    TextId,
};

use super::counters::Counter;
use super::kinds::element_of;
use super::{Body, Element, ImageSource};
use crate::measure::{Column, Columns, Holds, Share, Side, columns, picture};
use crate::theme::{Em, Sheet};

impl<'a, 's> Body<'a, 's> {
    /// Writes blocks one after the other.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.heading(heading),
                BlockKind::Pull(text) => self.pull(*text),
                BlockKind::Break => {
                    self.markup.empty(Element::new("hr"));
                    self.markup.line();
                }
                BlockKind::Content(content) => self.content(&block.anchor, content),
            }
        }
    }

    fn content(&mut self, anchor: &Anchor, content: &'a Content) {
        match content {
            Content::Paragraph(text) => self.block(*text),
            Content::Quote { paragraphs, by } => self.quote(paragraphs, *by),
            Content::List { labels, items } => self.list(*labels, items),
            Content::Figure(figure) => self.figure(anchor, figure, None),
            Content::Table(table) => self.table(anchor, table),
        }
    }

    /// Who said it stands outside the quotation (HTML, 4.4.4).
    fn quote(&mut self, paragraphs: &[TextId], by: Option<TextId>) {
        if by.is_some() {
            self.open_line(Element::new("figure").with("class", "quotation"));
        }
        self.open_line(Element::new("blockquote"));
        for text in paragraphs {
            self.block(*text);
        }
        self.close_line();
        if let Some(by) = by {
            self.block(by);
            self.close_line();
        }
    }

    /// Where the words stand in the text already, only the eye meets them again.
    fn pull(&mut self, text: TextId) {
        let reading = self.context.composition[text].reading;
        let role = (reading == Reading::Text).then_some("doc-pullquote");
        let aside = self.meaning("aside", "pullquote", role);
        let aside = aside.with("class", "pull-quote");
        match reading {
            Reading::Text => {
                self.markup.open(aside);
                self.markup.open(self.element(text));
                self.text(text);
            }
            Reading::Decoration => {
                self.markup.open(aside.with("aria-hidden", "true"));
                self.markup.open(self.element(text));
                self.text_for_the_eye(text);
            }
        }
        self.markup.close();
        self.close_line();
    }

    /// Style sheets know the bullets by depth, and European digits; other digits are asked for here.
    fn list(&mut self, labels: Labels, items: &'a [Item]) {
        let digits = self.context.composition.digits;
        let counter = match labels {
            Labels::Bullets(_) => Counter::Usual,
            Labels::Numbers => Counter::of(digits),
        };
        let name = match labels {
            Labels::Bullets(_) => "ul",
            Labels::Numbers => "ol",
        };
        let style = match counter {
            Counter::Named(style) => Some(format!("list-style-type: {style}")),
            Counter::Usual | Counter::Spelled => None,
        };
        let composition = self.context.composition;
        let column = composition.list_column(items);
        let element = Element::new(name).with_some("style", style.as_deref());
        self.open_line(self.turned(element, column));
        for item in items {
            let style = match counter {
                Counter::Spelled => Some(format!("list-style-type: '{} '", item.label)),
                Counter::Usual | Counter::Named(_) => None,
            };
            let element = Element::new("li").with_some("style", style.as_deref());
            let element = match self.only_paragraph(&item.blocks) {
                Some(text) => self.spoken(element, text),
                None => element,
            };
            self.markup.open(element);
            self.item(&item.blocks);
            self.close_line();
        }
        self.close_line();
    }

    /// A single paragraph needs no element of its own, lists after it or not.
    fn item(&mut self, blocks: &'a [Block<Content>]) {
        let mut rest = blocks;
        if let (Some(text), [_, others @ ..]) = (self.only_paragraph(blocks), blocks) {
            self.text(text);
            if !others.is_empty() {
                self.markup.line();
            }
            rest = others;
        }
        for block in rest {
            self.content(&block.anchor, &block.kind);
        }
    }

    /// The first block of an item, where it is a paragraph and the only one. One in a language or a direction of its own needs an
    /// element where others follow, which would take these from the item.
    fn only_paragraph(&self, blocks: &[Block<Content>]) -> Option<TextId> {
        let is_paragraph = |block: &&Block<Content>| matches!(block.kind, Content::Paragraph(_));
        let alone = blocks.iter().filter(is_paragraph).count() == 1;
        let Content::Paragraph(text) = blocks.first().filter(|_| alone)?.kind else {
            return None;
        };
        let composition = self.context.composition;
        let own = &composition[text];
        let is_other = own.language.is_some() || own.column != composition.record.direction;
        (blocks.len() == 1 || !is_other).then_some(text)
    }

    pub(super) fn figure(&mut self, anchor: &Anchor, figure: &Figure, class: Option<&str>) {
        let composition: &'a Composition = self.context.composition;
        let image = &composition[figure.image];
        let shown = picture(figure, image, self.context.options.frame());
        let class = class.or(match (figure.portrait, shown.side()) {
            (true, _) => Some("portrait"),
            (false, Side::Centre) => Some("centred"),
            (false, Side::Start | Side::End) => None,
        });
        // A portrait floats, as wide as it is; its picture is all of that.
        let (around, own) = match class == Some("portrait") {
            true => (Some(format!("width: {}", shown.share)), "100%".to_owned()),
            false => (None, shown.share.to_string()),
        };
        let element = Element::new("figure").with("id", anchor.as_str());
        let element = element.with_some("class", class);
        self.open_line(element.with_some("style", around.as_deref()));
        let share = shown.share;
        let source = (self.context.image)(composition, figure.image);
        let (set, sizes) = self.sizes(&source, image.width, share);
        // MuPDF up to 1.21 moves a picture above what stands before its figure, unless something is around it.
        self.open_line(Element::new("div"));
        self.markup.empty(
            Element::new("img")
                .with("src", &source.address)
                .with_some("srcset", set.as_deref())
                .with_some("sizes", sizes.as_deref())
                .with("alt", &figure.alt)
                .with("width", &image.width.to_string())
                .with("height", &image.height.to_string())
                .with("style", &format!("width: {own}")),
        );
        self.markup.line();
        self.close_line();
        if figure.caption.is_some() || figure.credit.is_some() {
            self.open_line(Element::new("figcaption"));
            if let Some(caption) = figure.caption {
                self.block(caption);
            }
            if let Some(credit) = figure.credit {
                self.block(credit);
            }
            self.close_line();
        }
        self.close_line();
    }

    /// Which copies of an image there are, and how wide it is shown: what a browser chooses by (HTML, 4.8.4.2.1).
    fn sizes(
        &self,
        source: &ImageSource,
        width: u32,
        share: Share,
    ) -> (Option<String>, Option<String>) {
        if source.smaller.is_empty() {
            return (None, None);
        }
        let smaller = source.smaller.iter();
        let copies = smaller.map(|(address, width)| format!("{address} {width}w"));
        let whole = format!("{} {width}w", source.address);
        let set = copies.chain([whole]).collect::<Vec<_>>().join(", ");
        // On a screen wider than the measure the text is as wide as that, in the reader's text size.
        let theme = &self.context.options.theme;
        let measure = theme.measures.measure / Sheet::of(theme).body();
        let part = share.ratio();
        let sizes = format!(
            "(min-width: {:.1}em) {:.1}em, {:.0}vw",
            measure + 2.0,
            measure * part,
            part * 100.0
        );
        (Some(set), Some(sizes))
    }

    fn table(&mut self, anchor: &Anchor, table: &Table) {
        let (composition, options) = (self.context.composition, self.context.options);
        let shared = columns(composition, &options.theme, options.frame(), table);
        if shared.wide {
            self.open_line(self.region(table));
        }
        let element = Element::new("table").with("id", anchor.as_str());
        let first = table.header.iter().flatten().next().copied();
        let element = self.turned(element, composition.column(first));
        self.open_line(element.with_some("class", shared.crowded.then_some("crowded")));
        if let Some(caption) = table.caption {
            let element = self.spoken(Element::new("caption"), caption);
            self.fill(element, caption);
        }
        self.rows("thead", &table.header, &shared);
        self.rows("tbody", &table.rows, &shared);
        self.close_line();
        if shared.wide {
            self.close_line();
        }
    }

    /// What a table is moved in where the page is narrower: it can be reached and moved by keys too (WCAG 2.2, 2.1.1), and is named
    /// by the table's caption, or by what heads its columns.
    fn region(&self, table: &Table) -> Element {
        let composition = self.context.composition;
        let label = match table.caption {
            Some(caption) => composition[caption].plain(),
            None => {
                let heads = table
                    .header
                    .iter()
                    .flatten()
                    .map(|cell| composition[*cell].plain());
                let heads = heads.filter(|head| !head.trim().is_empty()).take(NAMING);
                heads.collect::<Vec<_>>().join(", ")
            }
        };
        let label = Some(label).filter(|label| !label.is_empty());
        Element::new("div")
            .with("class", "wide")
            .with("role", "group")
            .with_some("aria-label", label.as_deref())
            .with("tabindex", "0")
    }

    /// The first row of the head says the columns' shares for all.
    fn rows(&mut self, group: &'static str, rows: &[Vec<TextId>], shared: &Columns) {
        let composition = self.context.composition;
        let head = group == "thead";
        self.open_line(Element::new(group));
        for (index, row) in rows.iter().enumerate() {
            self.open_line(Element::new("tr"));
            for (column, (text, form)) in row.iter().zip(&shared.columns).enumerate() {
                let style = (index == 0 && head).then(|| format!("width: {}", form.share));
                let kind = composition[*text].kind;
                let scope = match kind {
                    Kind::HeadCell => Some("col"),
                    Kind::RowHead => Some("row"),
                    _ => None,
                };
                // A cell that heads its row has a class already.
                let (beside, own) = match kind {
                    Kind::RowHead => (class(form), None),
                    _ => (None, class(form)),
                };
                let cell = self.spoken(element_of(kind, beside), *text);
                let cell = cell.with_some("scope", scope).with_some("class", own);
                self.markup.open(cell.with_some("style", style.as_deref()));
                let inset = match head {
                    true => Em(0.0),
                    false => shared.inset(index, column),
                };
                self.inset_text(*text, inset, form.align);
                self.close_line();
            }
            self.close_line();
        }
        self.close_line();
    }

    /// The words of a cell, off the side of its column so that figures stand under their decimal points.
    fn inset_text(&mut self, text: TextId, inset: Em, side: Side) {
        // A box is no part of the words beside it, which may run the other way than their table (CSS Writing Modes 3, 2.4.4).
        let room = (inset.0 > 0.0005).then(|| {
            format!(
                "display: inline-block; padding-inline-end: {:.3}em",
                inset.0
            )
        });
        let room = room.map(|style| Element::new("span").with("style", &style));
        match (room, side) {
            (None, _) => self.text(text),
            (Some(room), Side::Start | Side::Centre) => {
                self.markup.leaf(room, "");
                self.text(text);
            }
            (Some(room), Side::End) => {
                self.text(text);
                self.markup.leaf(room, "");
            }
        }
    }

    pub(super) fn open_line(&mut self, element: Element) {
        self.markup.open(element);
        self.markup.line();
    }

    pub(super) fn close_line(&mut self) {
        self.markup.close();
        self.markup.line();
    }
}

/// How many heads of columns name a table that has no caption.
const NAMING: usize = 4;

/// The class of a column's cells.
fn class(column: &Column) -> Option<&'static str> {
    match (column.holds, column.align) {
        (Holds::Figures, Side::End) => Some("number"),
        (Holds::Figures, Side::Start) => Some("figures"),
        (Holds::Figures, Side::Centre) => Some("figures centred"),
        (Holds::Words, Side::Start) => None,
        (Holds::Words, Side::Centre) => Some("centred"),
        (Holds::Words, Side::End) => Some("ended"),
    }
}
