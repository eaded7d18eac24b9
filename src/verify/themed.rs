//! Looks that an edition may have where its theme asks for them: sizes, spaces, rules and weights that no shipped theme has.

use std::sync::OnceLock;

use super::difference::{Difference, Kind as Of, quoted};
use crate::compose::Kind;
use crate::read::{Block, Need};
use crate::theme::{Colour, FaceRole, Sheet, Slant, Theme, Weight};

/// What a theme has, in points and as shares of the size of text.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    /// The sizes of type, and the least and the greatest of them.
    rows: Vec<(Kind, f64)>,
    sizes: (f64, f64),
    /// What stands between the letters of each kind.
    spaced: Vec<(Kind, f64)>,
    /// The colour of each kind.
    inks: Vec<(Kind, [u8; 3])>,
    /// That of links to addresses.
    links: [u8; 3],
    body: f64,
    /// The greatest space and inset, and how far lines may come nearer than their space.
    spaces: f64,
    space_shares: (f64, f64),
    rules: f64,
    /// Each rule: how thick it is, and its colour.
    drawn: Vec<(f64, [u8; 3])>,
    /// What may stand between letters, as a share of their size.
    tracking: (f64, f64),
    leading: (f64, f64),
    measure: f64,
    /// Kinds that are neither heavy nor slanted.
    plain: Vec<Kind>,
    /// Whether there is a kind whose letters are as heavy as strong ones, or a family with one weight alone.
    is_strong: bool,
}

/// Cells of crowded tables, and raised letters, are smaller by as much.
const CROWDED: f64 = 0.65;
/// Those whose words may be smaller.
const CELLS: &[Kind] = &[Kind::HeadCell, Kind::RowHead, Kind::Cell];
/// Letters of lines that are spread to the edge stand so much nearer or farther at most, as a share of the size.
const SPREAD: f64 = 0.03;
/// A rule that is thicker than this may be drawn thinner.
const THIN: f64 = 2.0;
/// How small cells may be, in points.
const LEAST_CELL: f64 = 7.0;
/// Sizes that differ by less are one, as a share.
const SIZE: f64 = 0.03;
/// What editions round.
const SLACK: f64 = 0.02;

impl Looks {
    /// Those of a theme, and of those that are shipped.
    pub(super) fn of_themes(theme: Option<&Theme>) -> Vec<Self> {
        static SHIPPED: OnceLock<Vec<Looks>> = OnceLock::new();
        let shipped = SHIPPED.get_or_init(|| {
            let all = Theme::names().filter_map(Theme::named);
            all.map(|theme| Self::of(&theme)).collect()
        });
        let own = theme.map(Self::of).into_iter();
        own.chain(shipped.iter().cloned()).collect()
    }

    pub(super) fn of(theme: &Theme) -> Self {
        let sheet = Sheet::of(theme);
        let body = f64::from(sheet.body().0);
        let all = || Kind::ALL.into_iter().map(|kind| (kind, sheet[kind]));
        let rows: Vec<(Kind, f64)> = all()
            .map(|(kind, row)| (kind, f64::from(row.size.0)))
            .collect();
        let least = rows.iter().map(|(_, size)| *size).fold(f64::MAX, f64::min);
        let most = rows.iter().map(|(_, size)| *size).fold(0.0, f64::max);
        let spaces = &sheet.spaces;
        let of_blocks = [
            spaces.float,
            spaces.under_image,
            spaces.thought_break,
            spaces.above_rule,
            spaces.between_headings,
            spaces.cell,
            spaces.gutter,
        ];
        let of_blocks = of_blocks.map(|space| f64::from(space.0));
        let greatest = of_blocks.into_iter().fold(0.0, f64::max);
        let of_row = |row: &crate::theme::Row| {
            let spaces = [
                row.before,
                row.after,
                row.between,
                row.inset_start,
                row.inset_end,
                row.indent,
                row.leading,
                // A line of ideographs stands in by two of them.
                row.size * 2.0,
            ];
            spaces
                .into_iter()
                .fold(0.0, |most: f64, space| most.max(space.0.into()))
        };
        let own = all().map(|(_, row)| of_row(&row)).fold(greatest, f64::max);
        let shares = all().map(|(_, row)| of_row(&row) / f64::from(row.size.0));
        let shares = shares.fold(greatest / least, f64::max);
        let name = &sheet[Kind::Heading2];
        let affiliation = &sheet[Kind::Affiliation];
        let nearer = f64::from((affiliation.before - name.after) / affiliation.size);
        let tracking = all().map(|(_, row)| f64::from(row.tracking.0));
        let rules = [
            sheet.title_rule,
            sheet.pull_bar,
            sheet.table_rule,
            sheet.head_rule,
        ];
        let rules = rules.map(|rule| f64::from(rule.0));
        let colours = &theme.colours;
        let of_rules = [colours.rules, colours.accent, colours.quiet, colours.quiet];
        let of_rules = of_rules.map(Colour::bytes);
        let plain = all().filter(|(_, row)| row.weight == Weight::Regular);
        let is_one = |role: FaceRole| {
            let family = role.family(&theme.faces);
            let face = |weight| &theme.fonts[theme.fonts.of(family, weight, Slant::Upright)];
            let (light, heavy) = (face(Weight::Regular), face(Weight::Semibold));
            light.name == heavy.name && light.digest == heavy.digest
        };
        let roles = [FaceRole::Text, FaceRole::Headings, FaceRole::Apparatus];
        Self {
            sizes: (least, most),
            spaced: all()
                .map(|(kind, row)| (kind, f64::from(row.tracking.0)))
                .collect(),
            inks: all()
                .map(|(kind, row)| (kind, row.ink.colour(&theme.colours).bytes()))
                .collect(),
            links: colours.links.bytes(),
            body,
            spaces: own,
            // A mark stands before its text by the room of the label, and what stands under a name is nearer to it.
            space_shares: (nearer.min(-shares), shares),
            drawn: rules.into_iter().zip(of_rules).collect(),
            rules: rules.into_iter().fold(0.0, f64::max),
            tracking: tracking.fold((0.0, 0.0), |(low, high), own| (low.min(own), high.max(own))),
            leading: all()
                .map(|(_, row)| f64::from(row.leading / row.size))
                .fold((f64::MAX, 0.0), |(low, high), own| {
                    (own.min(low), own.max(high))
                }),
            measure: f64::from(theme.measures.measure.0),
            plain: plain.map(|(kind, _)| kind).collect(),
            is_strong: has_heavy_text(&sheet) || roles.into_iter().any(is_one),
            rows,
        }
    }

    /// Whether a theme has what something needs.
    pub(super) fn has(&self, need: Need) -> bool {
        let of = |thousandths: i64| thousandths as f64 / 1000.0;
        let near = |own: i64, least: f64, most: f64, room: f64| {
            let own = of(own);
            let slack = own.abs() * SLACK + room;
            (least - slack..=most + slack).contains(&own)
        };
        let within = |own: i64, least: f64, most: f64| near(own, least, most, 0.06);
        let (least, most) = self.sizes;
        match need {
            Need::Size(size) => within(size, least * CROWDED, most),
            Need::SizeShare(share) => within(share, least * CROWDED / self.body, most / self.body),
            Need::Space(space) => within(space, 0.0, self.spaces),
            Need::SpaceShare(share) => within(share, self.space_shares.0, self.space_shares.1),
            Need::Rule(rule) => within(rule, 0.0, self.rules),
            Need::RuleShare(share) => within(share, 0.0, self.rules / self.body),
            Need::Drawn { thick, colour } => self.drawn.iter().any(|(rule, own)| {
                // Where a thick rule has no room it is thinner.
                Need::is_one_colour(*own, colour) && near(thick, rule.min(THIN), *rule, 0.06)
            }),
            Need::Tracking(by) => within(by, self.tracking.0 * most, self.tracking.1 * most),
            // Lines that are spread to the edge have a little between their letters besides.
            Need::TrackingShare(share) => near(share, self.tracking.0, self.tracking.1, 0.02),
            Need::LeadingShare(share) => within(share, self.leading.0, self.leading.1),
            Need::MeasureShare(share) => within(share, 0.0, self.measure / self.body),
            Need::Inset(inset) => within(inset, 0.0, self.measure * 0.9),
            Need::HeadingsUnder { above, under } => {
                let under = self.of_level(under).fold(0.0, f64::max);
                self.of_level(above).any(|size| size < under)
            }
            Need::HeadingsAsText(level) => self.of_level(level).any(|size| size < self.body * 1.02),
            Need::PlainHeadings(level) => headings(level).iter().any(|kind| {
                let is_small =
                    |(own, size): &(Kind, f64)| own == kind && *size <= self.body * (1.04 + SLACK);
                self.plain.contains(kind) && self.rows.iter().any(is_small)
            }),
            Need::StrongAsText => self.is_strong,
        }
    }

    /// Holds the sizes of the words of a PDF against those of their kinds.
    pub(super) fn sizes(
        &self,
        (expected, kinds): (&[Block], &[Option<Kind>]),
        text: &[Block],
    ) -> Vec<Difference> {
        let mut found = Vec::new();
        // Words of a crowded table are made smaller together, as far as the largest can still be read.
        let cells = self.rows.iter().filter(|(kind, _)| CELLS.contains(kind));
        let largest = cells.fold(LEAST_CELL, |most, (_, size)| size.max(most));
        let crowded = LEAST_CELL / largest;
        for ((own, kind), shown) in expected.iter().zip(kinds).zip(text) {
            if own.line() != shown.line() {
                break;
            }
            let row = self.rows.iter().find(|(of, _)| Some(*of) == *kind);
            let Some((kind, size)) = row else {
                continue;
            };
            let ink = self.inks.iter().find(|(of, _)| of == kind);
            let is_of =
                |shown: &[u8; 3]| ink.is_none_or(|(_, ink)| Need::is_one_colour(*ink, *shown));
            let mut of_links = shown.link_inks.iter();
            let is_link = |shown: &[u8; 3]| Need::is_one_colour(self.links, *shown);
            if !shown.inks.iter().all(is_of) || !of_links.all(is_link) {
                found.push(Difference {
                    kind: Of::Block,
                    place: shown.place.clone(),
                    message: format!(
                        "it has another colour than its theme gives it: {}",
                        quoted(&shown.line())
                    ),
                });
            }
            // It is known where there are Latin letters.
            if shown.size == 0 {
                continue;
            }
            let spacing = shown.spacing as f64 / 1000.0;
            let tracking = self.spaced.iter().find(|(of, _)| of == kind);
            let tracking = tracking.map_or(0.0, |(_, tracking)| *tracking);
            if !(tracking.min(0.0) - SPREAD..=tracking.max(0.0) + SPREAD).contains(&spacing) {
                found.push(Difference {
                    kind: Of::Block,
                    place: shown.place.clone(),
                    message: format!(
                        "its letters stand too far from each other, or too near: {}",
                        quoted(&shown.line())
                    ),
                });
            }
            let ratio = shown.size as f64 / 1000.0 / size;
            let least = if CELLS.contains(kind) { crowded } else { 1.0 };
            if !(least - SIZE..=1.0 + SIZE).contains(&ratio) {
                found.push(Difference {
                    kind: Of::Block,
                    place: shown.place.clone(),
                    message: format!(
                        "it is set in {:.1} points, and in {size:.1} by its theme: {}",
                        shown.size as f64 / 1000.0,
                        quoted(&shown.line())
                    ),
                });
            }
        }
        found
    }

    /// The sizes of the headings of a level.
    fn of_level(&self, level: u8) -> impl Iterator<Item = f64> {
        let kinds = headings(level);
        let rows = self.rows.iter();
        rows.filter(|(kind, _)| kinds.contains(kind))
            .map(|(_, size)| *size)
    }
}

/// Whether text that is no heading and heads nothing is as heavy as what is strong in it.
fn has_heavy_text(sheet: &Sheet) -> bool {
    // Words are strong in none of the first ones.
    const HEADS: &[Kind] = &[
        Kind::Series,
        Kind::Byline,
        Kind::Credit,
        Kind::Date,
        Kind::Furniture,
        Kind::Title,
        Kind::Heading2,
        Kind::Heading3,
        Kind::Heading4,
        Kind::EndHeading,
        Kind::EndSubheading,
        Kind::HeadCell,
        Kind::RowHead,
    ];
    let mut text = Kind::ALL.into_iter().filter(|kind| !HEADS.contains(kind));
    text.any(|kind| sheet[kind].weight == Weight::Semibold)
}

/// The kinds of headings that stand at a level.
fn headings(level: u8) -> &'static [Kind] {
    match level {
        1 => &[Kind::Title],
        2 => &[Kind::Heading2, Kind::EndHeading],
        3 => &[Kind::Heading3, Kind::EndHeading, Kind::EndSubheading],
        _ => &[Kind::Heading4, Kind::EndSubheading],
    }
}
