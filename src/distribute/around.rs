//! What the page of a piece shows besides the piece: the pieces before and after it in its series, and its translations.

use std::collections::BTreeMap;

use super::build_piece::SitePiece;
use super::publication::Publication;
use super::site_view::SiteView;
use crate::digest::Sha256;
use crate::piece::Slug;

/// What stands around a piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Around<'a> {
    /// The piece before it in its series.
    pub(super) previous: Option<&'a Publication>,
    /// The piece after it.
    pub(super) next: Option<&'a Publication>,
    /// Its translations, and what it is a translation of, by their languages.
    pub(super) translations: Vec<&'a Publication>,
    /// The slug of the one among these that it is a translation of.
    pub(super) original: Option<&'a Slug>,
}

/// No chain of translations is followed farther.
const LONGEST: usize = 8;

/// A piece, and the slug of what it is a translation of.
pub(super) type Related<'a> = (&'a Publication, Option<&'a Slug>);

impl Around<'_> {
    /// The hash of what a page shows of it, in a site with this frame and style sheet.
    pub(super) fn hash(&self, frame: &str, style: &str) -> Sha256 {
        let mut fields = vec![frame, style];
        for piece in [self.previous, self.next] {
            let told = piece.map(|piece| [piece.page.as_str(), &piece.record.full_title]);
            fields.extend(told.unwrap_or_default());
        }
        for piece in &self.translations {
            fields.extend([piece.page.as_str(), piece.record.language.as_str()]);
            fields.push(&piece.record.full_title);
        }
        fields.extend(self.original.map(Slug::as_str));
        Sha256::of_fields(fields)
    }
}

/// Which slug each piece has that had another before, by the earlier ones.
pub(super) fn former_slugs(pieces: &[SitePiece]) -> BTreeMap<Slug, Slug> {
    let former = pieces.iter().flat_map(|piece| {
        let slug = &piece.publication.record.slug;
        piece.former.iter().map(|old| (old.clone(), slug.clone()))
    });
    former.collect()
}

/// What stands around each of the pieces, which stand newest first; `former` tells which slug a piece has that had another.
pub(super) fn around<'a>(
    view: &SiteView,
    pieces: &[Related<'a>],
    former: &BTreeMap<Slug, Slug>,
) -> Vec<Around<'a>> {
    let mut around: Vec<Around<'a>> = vec![Around::default(); pieces.len()];
    let mut of_series: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for (index, (piece, _)) in pieces.iter().enumerate() {
        let series = view.series_of(&piece.record.series);
        let series = series.map(|series| series.slug.as_str());
        if let Some(newer) = of_series.insert(series, index) {
            around[index].next = Some(pieces[newer].0);
            around[newer].previous = Some(piece);
        }
    }
    let mut groups: BTreeMap<&Slug, Vec<usize>> = BTreeMap::new();
    let of_slug: BTreeMap<&Slug, usize> = pieces
        .iter()
        .enumerate()
        .map(|(index, (piece, _))| (&piece.record.slug, index))
        .collect();
    let current = |slug: &'a Slug| match of_slug.contains_key(slug) {
        true => Some(slug),
        false => former.get(slug).and_then(|slug| {
            let (known, _) = of_slug.get_key_value(slug)?;
            Some(*known)
        }),
    };
    for (index, (piece, _)) in pieces.iter().enumerate() {
        let mut met = vec![&piece.record.slug];
        let mut root = met[0];
        while met.len() <= LONGEST {
            let of = of_slug.get(root).and_then(|index| pieces[*index].1);
            let Some(of) = of.map(|of| current(of).unwrap_or(of)) else {
                break;
            };
            if met.contains(&of) {
                // Pieces that name each other are one group, whichever was asked for first.
                root = met.iter().copied().min().unwrap_or(root);
                break;
            }
            met.push(of);
            root = of;
        }
        groups.entry(root).or_default().push(index);
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        for index in group {
            let others = group.iter().filter(|other| *other != index);
            let mut others: Vec<&Publication> = others.map(|other| pieces[*other].0).collect();
            others.sort_by(|a, b| {
                let key = |piece: &Publication| {
                    (piece.record.language.to_string(), piece.record.slug.clone())
                };
                key(a).cmp(&key(b))
            });
            let is_there = |slug: &&Slug| others.iter().any(|other| other.record.slug == **slug);
            let original = pieces[*index].1.and_then(current).filter(is_there);
            around[*index].original = original;
            around[*index].translations = others;
        }
    }
    around
}
