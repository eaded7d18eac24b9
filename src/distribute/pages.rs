//! The pages of a site, from templates that escape: what all of them have in common, and the notices.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, Value};
use serde_json::{Value as Json, json};
use url::Url;

use super::error::PageError;
use super::feeds::{FEED, JSON_FEED, absolute};
use super::manifest::Audience;
use super::publication::{Publication, file_path, page_path};
use super::shelves::ShelfKind;
use super::site_view::SiteView;
use crate::compose::{Words, date_line};
use crate::piece::{LanguageTag, Slug, Withdrawal};

/// What any page may load (CSP 3): the site's own sheet, faces and images. Data that a `script` element holds is not run.
macro_rules! policy {
    ($more:literal) => {
        concat!(
            "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; \
             manifest-src 'self'; connect-src 'self'; base-uri 'none'; ",
            $more
        )
    };
}

/// The policy of pages without a script.
const STILL: &str = policy!("form-action 'none'");
/// That of a piece's page, which has the site's script.
const SCRIPTED: &str = policy!("form-action 'none'; script-src 'self'");
/// That of the search, which asks the site for its index.
const SEARCHING: &str = policy!("form-action 'self'; script-src 'self'");

/// The path of the page of the search.
const SEARCH: &str = "search.html";

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
    /// What every page shows of the site.
    pub(super) site: &'a SiteView,
    /// The address of the site.
    pub(super) base: Option<&'a Url>,
    /// The sheets and scripts of its pages.
    pub(super) assets: &'a PageAssets,
    audience: Audience,
}

/// What pages fetch besides pictures: paths in the site.
#[derive(Debug, Default)]
pub(super) struct PageAssets {
    /// The style sheet of all pages.
    pub(super) style: String,
    /// The script of pieces' pages.
    pub(super) piece_script: String,
    /// The script of the search.
    pub(super) search_script: String,
    /// The sheets of fallback faces.
    pub(super) faces: SheetPaths,
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

impl<'a> PageWriter<'a> {
    /// A writer of pages that stand in a site with these style sheets.
    pub(super) fn new(
        site: &'a SiteView,
        base: Option<&'a Url>,
        assets: &'a PageAssets,
        audience: Audience,
        logo: Option<SiteLogo>,
    ) -> Result<Self, PageError> {
        let mut engine = Environment::new();
        engine.set_auto_escape_callback(|_| AutoEscape::Html);
        engine.set_formatter(write_escaped);
        engine.add_template("base.html", include_str!("templates/base.html"))?;
        engine.add_template("line.html", include_str!("templates/line.html"))?;
        engine.add_template("piece.html", include_str!("templates/piece.html"))?;
        engine.add_template("list.html", include_str!("templates/list.html"))?;
        engine.add_template("notice.html", include_str!("templates/notice.html"))?;
        engine.add_template("search.html", include_str!("templates/search.html"))?;
        // What all pages show is read into the engine once.
        engine.add_global("site", Value::from(Serde(site)));
        engine.add_global("words", Value::from(Serde(site.words)));
        engine.add_global("style", Value::from(Serde(&assets.style)));
        engine.add_global("logo", Value::from(Serde(&logo)));
        engine.add_global("feed", Value::from(Serde(base.map(|_| FEED))));
        engine.add_global("json_feed", Value::from(Serde(JSON_FEED)));
        Ok(Self {
            engine,
            site,
            base,
            assets,
            audience,
        })
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
            "faces": [&self.assets.faces.lists],
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
            "faces": [&self.assets.faces.lists],
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
            "faces": [&self.assets.faces.lists],
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
                // The words of a piece that has moved are none of a person's.
                "heading": name,
                "root": "../",
                "robots": "noindex",
                "refresh": format!("{slug}.html"),
                "canonical": self.base.map(|base| absolute(base, &page)),
                "to": {"page": page, "title": name, "language": "", "direction": "auto"},
                "words_lang": "",
                "faces": [&self.assets.faces.lists],
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

    /// What stands where there is no page; it is asked for at any address, so that it names its own whole.
    pub(super) fn missing(&self) -> Result<RenderedPage, PageError> {
        let page = json!({
            "lang": self.site.language,
            "dir": self.site.dir,
            "heading": self.site.words.not_found,
            "root": self.base.map_or("/", Url::path),
            "robots": "noindex",
            "words_lang": "",
            "faces": [&self.assets.faces.lists],
        });
        Ok(("404.html".to_owned(), self.render("notice.html", page)?))
    }

    /// The page of the search.
    pub(super) fn search(&self) -> Result<RenderedPage, PageError> {
        let path = SEARCH.to_owned();
        let page = json!({
            "lang": self.site.language,
            "dir": self.site.dir,
            "heading": self.site.words.search,
            "root": "",
            "canonical": self.base.map(|base| absolute(base, &path)),
            "faces": [&self.assets.faces.lists],
            "script": self.assets.search_script,
            "policy": SEARCHING,
            "words_lang": "",
        });
        Ok((path, self.render("search.html", page)?))
    }

    /// What hosts that read such a file say of every page (Cloudflare Pages, Netlify).
    pub(super) fn headers() -> String {
        format!(
            "/*\n  Content-Security-Policy: {SEARCHING}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
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

    pub(super) fn render(&self, template: &str, mut page: Json) -> Result<Vec<u8>, PageError> {
        if page.get("policy").is_none() {
            let policy = if page.get("script").is_some() {
                SCRIPTED
            } else {
                STILL
            };
            page["policy"] = json!(policy);
        }
        if self.audience == Audience::Staff {
            page["robots"] = json!("noindex");
        }
        let text = self.engine.get_template(template)?.render(Serde(&page))?;
        Ok(text.into_bytes())
    }

    /// The attributes of an element with the site's own words on a page in another language, as markup.
    pub(super) fn words_lang(&self, page: &str) -> String {
        if page == self.site.language {
            return String::new();
        }
        // A language tag has neither quotes nor markup in it.
        format!(" lang=\"{}\" dir=\"{}\"", self.site.language, self.site.dir)
    }
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
