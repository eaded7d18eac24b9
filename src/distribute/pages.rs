//! The pages of a site: a front page, one for each series, one for each piece, from templates that escape.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, Value};
use serde_json::{Value as Json, json};
use url::Url;

use super::citation::{self, Form};
use super::feeds::{FEED, absolute};
use super::publication::{Download, Publication, file_path};
use super::site_view::SiteView;
use super::structured;
use crate::compose::Person;
use crate::piece::{Address, Orcid, Ror};

/// What a page may load (CSP 3): the site's own sheet, faces and images. Data that a `script` element holds is not run.
const POLICY: &str = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// So many pieces stand on one page of a list.
const PAGE_LENGTH: usize = 48;

/// Writes pages.
pub(super) struct PageWriter<'a> {
    engine: Environment<'static>,
    site: &'a SiteView,
    base: Option<&'a Url>,
    style: &'a str,
}

/// Writes a value into a page: markup that was named safe as it stands, anything else as text, and nothing for nothing.
///
/// The engine's own escaping turns every slash of an address into a reference as well.
fn write_escaped(
    out: &mut Output<'_>,
    _: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    let text = value.to_string();
    if value.is_safe() {
        out.write_str(&text)?;
    } else {
        out.write_str(&quick_xml::escape::escape(text))?;
    }
    Ok(())
}

/// The text of a piece as markup: its title block and what follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageText<'a> {
    /// The title block.
    pub(super) title_block: &'a str,
    /// The sections and the notes.
    pub(super) sections: &'a str,
}

/// A page: its path and its bytes.
pub(super) type RenderedPage = (String, Vec<u8>);

/// Why a page could not be written; a fault of a template.
#[derive(Debug, thiserror::Error)]
#[error("a page could not be written: {0:#}")]
pub struct PageError(#[from] minijinja::Error);

impl<'a> PageWriter<'a> {
    /// A writer of pages that stand in a site with this style sheet.
    pub(super) fn new(
        site: &'a SiteView,
        base: Option<&'a Url>,
        style: &'a str,
    ) -> Result<Self, PageError> {
        let mut engine = Environment::new();
        engine.set_auto_escape_callback(|_| AutoEscape::Html);
        engine.set_formatter(write_escaped);
        engine.add_template("base.html", include_str!("templates/base.html"))?;
        engine.add_template("piece.html", include_str!("templates/piece.html"))?;
        engine.add_template("list.html", include_str!("templates/list.html"))?;
        Ok(Self {
            engine,
            site,
            base,
            style,
        })
    }

    /// The page of a piece.
    pub(super) fn piece(
        &self,
        piece: &Publication,
        text: PageText<'_>,
    ) -> Result<RenderedPage, PageError> {
        let address = self.base.map(|base| absolute(base, &piece.page));
        let meta = structured::meta(self.site, self.base, piece);
        let meta: Vec<Json> = meta
            .iter()
            .map(|(kind, name, content)| json!({"kind": kind, "name": name, "content": content}))
            .collect();
        let page = json!({
            "lang": piece.record.language.as_str(),
            "dir": piece.record.direction,
            "heading": piece.record.full_title,
            "description": piece.record.summary,
            "canonical": address,
            "root": "../",
            "meta": meta,
            "people": piece.record.people.iter().filter_map(person).collect::<Vec<_>>(),
            "downloads": piece.downloads.iter().map(download).collect::<Vec<_>>(),
            "citations": citation::FORMS.map(|form| citation_link(piece, &form)),
            "series": piece.record.series,
            "series_slug": self.site.series_of(&piece.record.series).map(|series| &series.slug),
            "json_ld": structured::json_ld(self.site, self.base, piece),
            "title_block": text.title_block,
            "text": text.sections,
            "citation": citation::line(piece, address.as_deref()),
            "words_lang": self.words_lang(piece.record.language.as_str()),
        });
        Ok((piece.page.clone(), self.render("piece.html", page)?))
    }

    /// The front page and those of the series, the newest piece first, long lists in pages.
    pub(super) fn lists(&self, pieces: &[&Publication]) -> Result<Vec<RenderedPage>, PageError> {
        let several = self.site.series.len() > 1;
        let mut pages = self.list(
            "",
            "index",
            &self.site.title,
            self.site.description.as_deref(),
            several,
            pieces,
        )?;
        for series in &self.site.series {
            let of_series = self.site.pieces_of(series, pieces);
            pages.extend(self.list(
                "series/",
                &series.slug,
                &series.name,
                None,
                false,
                &of_series,
            )?);
        }
        Ok(pages)
    }

    fn list(
        &self,
        folder: &str,
        name: &str,
        heading: &str,
        lead: Option<&str>,
        with_series: bool,
        pieces: &[&Publication],
    ) -> Result<Vec<RenderedPage>, PageError> {
        let file = |page: usize| {
            if page == 0 {
                format!("{name}.html")
            } else {
                format!("{name}-page-{}.html", page + 1)
            }
        };
        let last = pieces.len().div_ceil(PAGE_LENGTH).saturating_sub(1);
        let mut pages = Vec::new();
        for page in 0..=last {
            let shown: Vec<&Publication> = pieces
                .iter()
                .copied()
                .skip(page * PAGE_LENGTH)
                .take(PAGE_LENGTH)
                .collect();
            let path = format!("{folder}{}", file(page));
            let values = json!({
                "lang": self.site.language,
                "dir": self.site.dir,
                "root": if folder.is_empty() { "" } else { "../" },
                // The front page's heading is the site's name already.
                "is_front": folder.is_empty() && page == 0,
                "number": (page > 0).then_some(page + 1),
                "newer": (page > 0).then(|| file(page - 1)),
                "older": (page < last).then(|| file(page + 1)),
                "pieces": shown,
                "series": (with_series && page == 0).then_some(&self.site.series),
                "canonical": self.base.map(|base| absolute(base, &path)),
                "description": lead,
                "heading": heading,
                "lead": lead,
                "words_lang": "",
            });
            pages.push((path, self.render("list.html", values)?));
        }
        Ok(pages)
    }

    fn render(&self, template: &str, mut page: Json) -> Result<Vec<u8>, PageError> {
        page["site"] = json!(self.site);
        page["words"] = json!(self.site.words);
        page["style"] = json!(self.style);
        page["policy"] = json!(POLICY);
        page["feed"] = json!(self.base.map(|_| FEED));
        let text = self.engine.get_template(template)?.render(Serde(&page))?;
        Ok(text.into_bytes())
    }

    /// The attributes of an element with the site's own words on a page in another language, as markup.
    fn words_lang(&self, page: &str) -> String {
        if page == self.site.language {
            return String::new();
        }
        // A language tag has neither quotes nor markup in it.
        format!(" lang=\"{}\" dir=\"{}\"", self.site.language, self.site.dir)
    }
}

fn download(download: &Download) -> Json {
    json!({
        "path": download.path,
        "media_type": download.media_type,
        "name": download.format.to_uppercase(),
        "size": size(download.size),
    })
}

fn citation_link(piece: &Publication, form: &Form) -> Json {
    let slug = piece.record.slug.as_str();
    json!({
        "path": file_path(slug, &form.file_name(slug)),
        "media_type": form.media_type,
        "label": form.label,
    })
}

/// A contributor with links, if there are any.
fn person(person: &Person) -> Option<Json> {
    let links = [
        (Some("ORCID"), person.orcid.as_ref().map(Orcid::address)),
        (Some("ROR"), person.ror.as_ref().map(Ror::address)),
        (None, person.url.clone()),
    ];
    let links: Vec<Json> = links
        .into_iter()
        .filter_map(|(name, href)| {
            let href = href.filter(Address::is_web)?;
            let href = href.as_str();
            let plain = || {
                href.split_once("://")
                    .map_or(href, |(_, rest)| rest)
                    .trim_end_matches('/')
            };
            Some(json!({"name": name.unwrap_or_else(plain), "href": href}))
        })
        .collect();
    (!links.is_empty()).then(|| json!({"name": person.name, "links": links}))
}

/// A size as people read it: whole kilobytes, or megabytes with a tenth.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
