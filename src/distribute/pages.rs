//! The pages of a site: a front page, one for each series, one for each piece, from templates that escape.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, Value};
use serde_json::{Value as Json, json};
use url::Url;

use super::around::Around;
use super::citation::{self, Form};
use super::feeds::{FEED, absolute};
use super::manifest::Audience;
use super::paging::{ListPlace, paged};
use super::publication::{Download, Publication, file_path, page_path};
use super::shelves::{Shelf, ShelfKind, shelves};
use super::site_view::SiteView;
use super::structured;
use crate::compose::{Person, Words, date_line};
use crate::piece::{Address, LanguageTag, Orcid, Ror, Slug, Withdrawal};

/// What a page may load (CSP 3): the site's own sheet, faces and images. Data that a `script` element holds is not run.
const POLICY: &str = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// So many pieces stand on one page of a list.
const PAGE_LENGTH: usize = 24;
/// So many names stand on one page of names.
const NAMES: usize = 1000;
/// So many authors are named in a list.
const AUTHORS: usize = 3;

/// The house's logo in the head of every page.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct SiteLogo {
    /// Its path in the site.
    pub(super) path: String,
    /// What it says.
    pub(super) alt: String,
    /// Its width in pixels.
    pub(super) width: u32,
    /// Its height in pixels.
    pub(super) height: u32,
}

/// Writes pages.
pub(super) struct PageWriter<'a> {
    engine: Environment<'static>,
    site: &'a SiteView,
    base: Option<&'a Url>,
    style: &'a str,
    audience: Audience,
    logo: Option<SiteLogo>,
    faces: SheetPaths,
}

/// The sheets of fallback faces that are no piece's own, where pages need them.
#[derive(Debug, Default)]
pub(super) struct SheetPaths {
    /// What stands around the text of a piece.
    pub(super) frame: Option<String>,
    /// Lists, and what stands around them.
    pub(super) lists: Option<String>,
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
    /// A writer of pages that stand in a site with these style sheets.
    pub(super) fn new(
        site: &'a SiteView,
        base: Option<&'a Url>,
        style: &'a str,
        audience: Audience,
        logo: Option<SiteLogo>,
        faces: SheetPaths,
    ) -> Result<Self, PageError> {
        let mut engine = Environment::new();
        engine.set_auto_escape_callback(|_| AutoEscape::Html);
        engine.set_formatter(write_escaped);
        engine.add_template("base.html", include_str!("templates/base.html"))?;
        engine.add_template("piece.html", include_str!("templates/piece.html"))?;
        engine.add_template("list.html", include_str!("templates/list.html"))?;
        engine.add_template("notice.html", include_str!("templates/notice.html"))?;
        Ok(Self {
            engine,
            site,
            base,
            style,
            audience,
            logo,
            faces,
        })
    }

    /// The page of a piece.
    pub(super) fn piece(
        &self,
        piece: &Publication,
        text: PageText<'_>,
        around: &Around<'_>,
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
            "json_ld": structured::json_ld(self.site, self.base, piece, around),
            "title_block": text.title_block,
            "text": text.sections,
            "faces": [&self.faces.frame, &piece.face_sheet],
            "citation": citation::line(piece, address.as_deref()),
            "words_lang": self.words_lang(piece.record.language.as_str()),
            "translations": around.translations.iter().map(|other| self.translation(other)).collect::<Vec<_>>(),
            "previous": around.previous.map(neighbour),
            "next_piece": around.next.map(neighbour),
            "corrections": self.corrections(piece),
            "correction_label": Words::of(&piece.record.language).unwrap_or_else(Words::english).correction,
        });
        Ok((piece.page.clone(), self.render("piece.html", page)?))
    }

    /// A link to a translation, in its own words.
    fn translation(&self, other: &Publication) -> Json {
        let language = other.record.language.as_str();
        let words = Words::of(&other.record.language);
        let said = words.map_or_else(|| language.to_owned(), |words| words.site.read_here.clone());
        json!({
            "page": other.page,
            "address": self.base.map(|base| absolute(base, &other.page)),
            "language": language,
            "direction": other.record.direction,
            "words": said,
            "title": other.record.full_title,
        })
    }

    /// What was corrected, each with its day.
    fn corrections(&self, piece: &Publication) -> Vec<Json> {
        let corrections = piece.record.corrections.iter();
        let said = corrections.map(|correction| {
            json!({
                "day": date_line(correction.date, &piece.record.language),
                "date": correction.date.to_string(),
                "text": correction.text,
            })
        });
        said.collect()
    }

    /// What stands in the place of a piece that was withdrawn.
    pub(super) fn withdrawn(
        &self,
        piece: &Publication,
        withdrawal: &Withdrawal,
    ) -> Result<RenderedPage, PageError> {
        let language = &piece.record.language;
        let words = Words::of(language).map(|words| (&words.site, language.as_str()));
        let (words, said_in) = words.unwrap_or((&Words::english().site, "en"));
        let day = LanguageTag::parse(said_in).ok();
        let day = day.map_or_else(String::new, |day| date_line(withdrawal.date, &day));
        let page = json!({
            "lang": language.as_str(),
            "dir": piece.record.direction,
            "heading": piece.record.full_title,
            "notice": words.withdrawn.replace("{date}", &day),
            "notice_lang": if said_in == language.as_str() { String::new() } else { format!(" lang=\"{said_in}\" dir=\"auto\"") },
            "reason": withdrawal.reason,
            "root": "../",
            "canonical": self.base.map(|base| absolute(base, &piece.page)),
            "words_lang": self.words_lang(language.as_str()),
        });
        Ok((piece.page.clone(), self.render("notice.html", page)?))
    }

    /// What stands in the place of a piece that was taken off.
    pub(super) fn gone(&self, path: String) -> Result<RenderedPage, PageError> {
        let page = json!({
            "lang": self.site.language,
            "dir": self.site.dir,
            "heading": self.site.words.gone,
            "root": "../",
            "robots": "noindex",
            "words_lang": "",
        });
        Ok((path, self.render("notice.html", page)?))
    }

    /// What leads from an earlier address of a piece to the one that it has.
    pub(super) fn moved(
        &self,
        path: String,
        piece: &Publication,
    ) -> Result<RenderedPage, PageError> {
        let file = piece.page.rsplit('/').next().unwrap_or(&piece.page);
        let page = json!({
            "lang": self.site.language,
            "dir": self.site.dir,
            "heading": self.site.words.moved,
            "root": "../",
            "robots": "noindex",
            "refresh": file,
            "canonical": self.base.map(|base| absolute(base, &piece.page)),
            "to": {"page": piece.page, "title": piece.record.full_title, "language": piece.record.language.as_str(), "direction": piece.record.direction},
            "words_lang": "",
        });
        Ok((path, self.render("notice.html", page)?))
    }

    /// Pages that lead to those of people from where they would be by name.
    pub(super) fn same_people(&self) -> Result<Vec<RenderedPage>, PageError> {
        let write = |(old, slug, name): (&str, &str, &str)| {
            let page = format!("{}{slug}.html", ShelfKind::Person.folder());
            let values = json!({
                "lang": self.site.language,
                "dir": self.site.dir,
                "heading": self.site.words.moved,
                "root": "../",
                "robots": "noindex",
                "refresh": format!("{slug}.html"),
                "canonical": self.base.map(|base| absolute(base, &page)),
                "to": {"page": page, "title": name, "language": "", "direction": "auto"},
                "words_lang": "",
            });
            let path = format!("{}{old}.html", ShelfKind::Person.folder());
            Ok((path, self.render("notice.html", values)?))
        };
        self.site.people.former().map(write).collect()
    }

    /// The rules of `_redirects` that lead from an earlier slug of a piece to the one that it has, its downloads too.
    pub(super) fn redirects(&self, old: &Slug, piece: &Publication) -> String {
        let root = self.base.map_or("/", Url::path);
        let mut rules = format!(
            "{root}{} {root}{} 301\n",
            page_path(old.as_str()),
            piece.page
        );
        let formats = piece.downloads.iter();
        for (extension, path) in
            formats.filter_map(|file| Some((file.path.rsplit_once('.')?.1, &file.path)))
        {
            let from = file_path(old.as_str(), &format!("{old}.{extension}"));
            rules += &format!("{root}{from} {root}{path} 301\n");
        }
        rules
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
        for kind in ShelfKind::ALL {
            let shelves = shelves(kind, pieces, &self.site.people);
            pages.extend(self.index(kind, &shelves)?);
            for shelf in &shelves {
                let (folder, name) = (kind.folder(), &shelf.name);
                pages.extend(self.list(folder, &shelf.slug, name, None, false, &shelf.pieces)?);
            }
        }
        Ok(pages)
    }

    /// The names of all shelves of a kind, long lists in pages.
    fn index(
        &self,
        kind: ShelfKind,
        shelves: &[Shelf<'_>],
    ) -> Result<Vec<RenderedPage>, PageError> {
        let file = |page: usize| match page {
            0 => "index.html".to_owned(),
            page => format!("index-page-{}.html", page + 1),
        };
        let chunks: Vec<&[Shelf<'_>]> = shelves.chunks(NAMES).collect();
        let last = chunks.len().saturating_sub(1);
        let words = self.site.words;
        let heading = match kind {
            ShelfKind::Person => &words.contributors,
            ShelfKind::Topic => &words.topics,
            ShelfKind::Year => &words.years,
        };
        let mut pages = Vec::new();
        for (page, shelves) in chunks.into_iter().enumerate() {
            let path = format!("{}{}", kind.folder(), file(page));
            let names = shelves.iter().map(|shelf| {
                json!({"name": shelf.name, "page": format!("{}.html", shelf.slug), "count": shelf.pieces.len()})
            });
            let values = json!({
                "lang": self.site.language,
                "dir": self.site.dir,
                "root": "../",
                "number": (page > 0).then_some(page + 1),
                "newer": (page > 0).then(|| file(page - 1)),
                "older": (page < last).then(|| file(page + 1)),
                "names": names.collect::<Vec<_>>(),
                "canonical": self.base.map(|base| absolute(base, &path)),
                "heading": heading,
                "words_lang": "",
            });
            pages.push((path, self.render("list.html", values)?));
        }
        Ok(pages)
    }

    /// A piece as lists show it: of many authors the first are named.
    fn listed(&self, piece: &Publication) -> Json {
        let mut shown = json!(piece);
        let names: Vec<&str> = piece
            .record
            .creators()
            .map(|person| person.name.as_str())
            .collect();
        if names.len() > AUTHORS {
            let words = Words::of(&piece.record.language).unwrap_or_else(Words::english);
            let named = names[..AUTHORS].join(", ");
            shown["byline"] = json!([words.site.and_others.replace("{names}", &named)]);
        }
        shown
    }

    /// What stands where there is no page; it is asked for at any address, so that it names its own whole.
    pub(super) fn missing(&self) -> Result<RenderedPage, PageError> {
        let page = json!({
            "lang": self.site.language,
            "dir": self.site.dir,
            "heading": self.site.words.not_found,
            "root": self.base.map_or("/", Url::path),
            "robots": "noindex",
            "words_lang": "",
        });
        Ok(("404.html".to_owned(), self.render("notice.html", page)?))
    }

    /// What hosts that read such a file say of every page (Cloudflare Pages, Netlify).
    pub(super) fn headers() -> String {
        format!(
            "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
             X-Frame-Options: DENY\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
             Permissions-Policy: camera=(), geolocation=(), microphone=()\n  Cross-Origin-Opener-Policy: same-origin\n"
        )
    }

    /// What robots may read (RFC 9309).
    pub(super) fn robots(&self) -> String {
        if self.audience == Audience::Staff {
            return "User-agent: *\nDisallow: /\n".to_owned();
        }
        let map = self
            .base
            .map(|base| format!("Sitemap: {}\n", absolute(base, "sitemap.xml")));
        format!("User-agent: *\nAllow: /\n{}", map.unwrap_or_default())
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
        let file = |place: ListPlace| format!("{}.html", place.name(name, "-page-"));
        let mut pages = Vec::new();
        for page in paged(pieces, PAGE_LENGTH) {
            let shown: Vec<Json> = page.items.iter().map(|piece| self.listed(piece)).collect();
            let path = format!("{folder}{}", file(page.place));
            let number = match page.place {
                ListPlace::Front => None,
                ListPlace::Archive(number) => Some(number),
            };
            let values = json!({
                "lang": self.site.language,
                "dir": self.site.dir,
                "root": if folder.is_empty() { "" } else { "../" },
                // The front page's heading is the site's name already.
                "is_front": folder.is_empty() && number.is_none(),
                "number": number,
                "newer": page.newer.map(file),
                "older": page.older.map(file),
                "pieces": shown,
                "series": (with_series && number.is_none()).then_some(&self.site.series),
                "canonical": self.base.map(|base| absolute(base, &path)),
                "description": lead,
                "heading": heading,
                "lead": lead,
                "faces": [&self.faces.lists],
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
        page["logo"] = json!(self.logo);
        page["policy"] = json!(POLICY);
        page["feed"] = json!(self.base.map(|_| FEED));
        if self.audience == Audience::Staff {
            page["robots"] = json!("noindex");
        }
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

fn neighbour(piece: &Publication) -> Json {
    json!({
        "page": piece.page,
        "title": piece.record.full_title,
        "language": piece.record.language.as_str(),
        "direction": piece.record.direction,
    })
}

/// What stands before and behind the title block of a page, and the text: from these the page can be written anew around it.
const TITLE: [&str; 2] = ["<!-- title -->", "<!-- /title -->"];
const TEXT: [&str; 2] = ["<!-- text -->", "<!-- /text -->"];

/// The title block and the text of a page that this program wrote; none of another one.
pub(super) fn halves_of(page: &str) -> Option<[String; 2]> {
    let between = |[start, end]: [&str; 2]| {
        let from = page.find(start)? + start.len();
        let length = page.get(from..)?.find(end)?;
        page.get(from..from + length).map(str::to_owned)
    };
    Some([between(TITLE)?, between(TEXT)?])
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
