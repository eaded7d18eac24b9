//! The two designs: the upright cover and the broad share image. Both stand on a grid of squares.

use unicode_script::UnicodeScript;

use super::canvas::{self, Canvas, Ink, mix};
use super::lines::{Measured, Set};
use super::logo;
use super::ornament::{self, Plot};
use super::setter::{Edge, Setter};
use super::wording::{Phrase, Wording};
use super::{CoverError, SHARE_SIZE};
use crate::piece::{Direction, LanguageTag};
use crate::shape::{Features, Shaper, Styled, Tracking, Voice, isolates};
use crate::theme::{Family, Slant, Theme, Weight, Writing, look_of};

/// The width and height of the cover's design in pixels.
pub(super) const SIZE: (u32, u32) = (1600, 2560);

/// How much smaller a title may be so that its lines end where its words do, as a part of the largest one that has room.
const LEAST_FOR_SENSE: f32 = 0.6;
/// What speaks against a smaller title, by the part that it loses, and against each line more, beside what sense and evenness have
/// against its lines.
const SMALLER: f64 = 1.2;
const LINE: f64 = 0.35;

/// From a logo to the series, in sizes of the series.
const BELOW_LOGO: f32 = 2.0;

/// The measures of a design, in pixels.
struct Design {
    width: u32,
    height: u32,
    /// From the edges to the text.
    margin: f32,
    /// The width of the text.
    column: f32,
    /// The sizes of title (largest), subtitle (smallest), series, names and date.
    title: f32,
    subtitle: f32,
    series: f32,
    names: f32,
    date: f32,
    /// The ornament's places, most generous first, each with the smallest title that is worth it.
    plots: &'static [Choice],
    /// Names joined to one line rather than one under the other.
    joined: bool,
}

/// A place for the ornament.
struct Choice {
    columns: u32,
    rows: u32,
    side: u32,
    /// The smallest title, in pixels.
    least: f32,
}

/// The cover: 1600 by 2560 pixels, the ornament along the foot from edge to edge.
const UPRIGHT: Design = Design {
    width: SIZE.0,
    height: SIZE.1,
    margin: 160.0,
    column: 1280.0,
    title: 172.0,
    subtitle: 52.0,
    series: 58.0,
    names: 62.0,
    date: 46.0,
    plots: &[
        Choice {
            columns: 5,
            rows: 3,
            side: 320,
            least: 136.0,
        },
        Choice {
            columns: 5,
            rows: 2,
            side: 320,
            least: 112.0,
        },
        Choice {
            columns: 5,
            rows: 1,
            side: 320,
            least: 84.0,
        },
        Choice {
            columns: 0,
            rows: 0,
            side: 320,
            least: 0.0,
        },
    ],
    joined: false,
};

/// The share image: 1200 by 630 pixels, the ornament on the side where lines end.
const BROAD: Design = Design {
    width: SHARE_SIZE.0,
    height: SHARE_SIZE.1,
    margin: 70.0,
    column: 640.0,
    title: 76.0,
    subtitle: 26.0,
    series: 28.0,
    names: 28.0,
    date: 22.0,
    plots: &[Choice {
        columns: 2,
        rows: 3,
        side: 210,
        least: 0.0,
    }],
    joined: true,
};

/// The texts of a design, measured.
struct Texts {
    /// The room that a logo takes above them.
    above: f32,
    series: Measured,
    title: Measured,
    subtitle: Option<Measured>,
    names: Vec<Measured>,
    date: Measured,
}

/// The texts of a design, set.
struct SetTexts<'a> {
    above: f32,
    series: Set<'a>,
    title: Set<'a>,
    subtitle: Option<Set<'a>>,
    names: Vec<Set<'a>>,
    date: Set<'a>,
    plot: &'static Choice,
}

/// Draws the cover; so many pixels of the design as `reduction` says become one.
pub(super) fn upright(
    wording: &Wording,
    theme: &Theme,
    reduction: u32,
) -> Result<Vec<u8>, CoverError> {
    UPRIGHT.draw(wording, theme, reduction)
}

/// Draws the cover so many pixels high.
pub(super) fn page(wording: &Wording, theme: &Theme, height: u32) -> Result<Vec<u8>, CoverError> {
    let page = Design { height, ..UPRIGHT };
    page.draw(wording, theme, 1)
}

/// Draws the share image.
pub(super) fn broad(wording: &Wording, theme: &Theme) -> Result<Vec<u8>, CoverError> {
    BROAD.draw(wording, theme, 1)
}

impl Design {
    fn draw(
        &self,
        wording: &Wording,
        theme: &Theme,
        reduction: u32,
    ) -> Result<Vec<u8>, CoverError> {
        let mut shaper = Shaper::new(&theme.fonts);
        let logo = theme.cover_logo.as_ref();
        let logo = logo.map(|logo| logo::Place::new(logo, self.column, self.height as f32));
        let above = logo.map_or(0.0, |logo| logo.height + self.series * BELOW_LOGO);
        let texts = Texts {
            above,
            ..self.texts(wording, theme, &mut shaper)
        };
        let setting = self.fit(&texts);
        let colours = &theme.colours;
        let mut canvas = Canvas::new(
            self.width / reduction,
            self.height / reduction,
            colours.cover_paper,
        );
        let text = canvas.ink(colours.cover_text, 7);
        let accent = canvas.ink(colours.cover_accent, 5);
        let tint = canvas.ink(mix(colours.cover_paper, colours.cover_text, 0.13), 3);
        ornament::draw(
            &mut canvas,
            &self.plot(setting.plot, wording).reduced(reduction),
            wording.seed,
            tint,
            accent,
        );
        let scale = 1.0 / reduction as f32;
        let mut pen = Setter::new(&mut canvas, &mut shaper, self.start(wording), scale);
        self.place(&mut pen, &setting, text, accent);
        let Some(logo) = logo else {
            return canvas.png();
        };
        let x = match wording.direction {
            Direction::LeftToRight => self.margin,
            Direction::RightToLeft => self.width as f32 - self.margin - logo.width,
        };
        let mut picture = canvas.coloured();
        logo.lay(&mut picture, (x, self.margin), reduction)?;
        canvas::png_of(&picture)
    }

    fn texts(&self, wording: &Wording, theme: &Theme, shaper: &mut Shaper<'_>) -> Texts {
        let language = shaper.language(&wording.language);
        let mut measured = |phrase: &Phrase, voice: Voice| {
            let voices: Vec<Voice> = phrase
                .spans
                .iter()
                .map(|span| Voice {
                    slant: look_of(voice.weight, voice.slant, span).1,
                    language: match &span.language {
                        Some(foreign) => shaper.language(&foreign.tag),
                        None => voice.language,
                    },
                    ..voice
                })
                .collect();
            let spans = phrase.spans.iter().map(|span| span.text.as_str());
            let alone = isolates(&phrase.spans, phrase.direction);
            let styled = Styled::new(spans.zip(voices), phrase.direction, &alone);
            let text = Measured::new(styled, shaper);
            // Rows of boxes would tell nobody anything; the cover's description still has the words.
            if text.is_legible() {
                text.with_leading(leading(phrase, &wording.language, theme))
            } else {
                Measured::new(Styled::new([], phrase.direction, &[]), shaper)
            }
        };
        let voice = |family: Family, weight: Weight| Voice {
            family,
            weight,
            slant: Slant::Upright,
            features: Features::default(),
            tracking: Tracking::default(),
            language,
            // Each run of a line has its own.
            direction: wording.direction,
        };
        let faces = &theme.faces;
        let series = Voice {
            features: Features::SMALL_CAPITALS | Features::SMALL_FROM_CAPITALS,
            tracking: Tracking(120),
            ..voice(faces.headings, Weight::Semibold)
        };
        let names = if self.joined {
            &wording.byline
        } else {
            &wording.names
        };
        Texts {
            above: 0.0,
            series: measured(&wording.series, series),
            title: measured(&wording.title, voice(faces.headings, Weight::Semibold))
                .by_sense(wording.language.primary()),
            subtitle: wording.subtitle.as_ref().map(|subtitle| {
                measured(
                    subtitle,
                    Voice {
                        slant: Slant::Italic,
                        ..voice(faces.headings, Weight::Regular)
                    },
                )
                .by_sense(wording.language.primary())
            }),
            names: names
                .iter()
                .map(|name| measured(name, voice(faces.headings, Weight::Regular)))
                .collect(),
            date: measured(&wording.date, voice(faces.apparatus, Weight::Regular)),
        }
    }

    /// The most generous ornament that leaves room for everything beside the largest title, or a smaller one whose lines then end
    /// where its words do.
    ///
    /// Words are broken only when no size keeps them whole; past what a title page holds, everything shrinks together.
    fn fit<'a>(&self, texts: &'a Texts) -> SetTexts<'a> {
        for breaking in [false, true] {
            for plot in self.plots {
                let foot = self.foot(plot);
                let mut settings = sizes(self.title, self.title * 0.3).filter_map(|size| {
                    let scale = (size / self.title).max(0.78);
                    let setting = self.set(texts, plot, size, scale, breaking)?;
                    self.stands(&setting, foot).then_some(setting)
                });
                if let Some(largest) = settings.next().filter(|it| it.title.size >= plot.least) {
                    return parted_best(largest, settings);
                }
            }
        }
        let plot = self
            .plots
            .last()
            .expect("a design has a place for the ornament");
        let mut smallest = None;
        for size in sizes(self.title * 0.3, 6.0) {
            let scale = size / (self.title * 0.3) * 0.78;
            smallest = self.set(texts, plot, size, scale, true);
            if smallest
                .as_ref()
                .is_some_and(|setting| self.stands(setting, self.foot(plot)))
            {
                break;
            }
        }
        smallest.expect("text that may be broken anywhere can be set")
    }

    fn set<'a>(
        &self,
        texts: &'a Texts,
        plot: &'static Choice,
        size: f32,
        scale: f32,
        breaking: bool,
    ) -> Option<SetTexts<'a>> {
        let set = |text: &'a Measured, size: f32, leading: f32| {
            if breaking {
                Some(text.set_anyhow(size, leading, self.column))
            } else {
                text.set(size, leading, self.column)
            }
        };
        let subtitle = (size * 0.46).max(self.subtitle * scale);
        Some(SetTexts {
            above: texts.above,
            series: set(&texts.series, self.series * scale, 1.3)?,
            title: set(&texts.title, size, 1.12)?,
            subtitle: match &texts.subtitle {
                Some(text) => Some(set(text, subtitle, 1.25)?),
                None => None,
            },
            names: texts
                .names
                .iter()
                .map(|name| set(name, self.names * scale, 1.36))
                .collect::<Option<_>>()?,
            date: set(&texts.date, self.date * scale, 1.3)?,
            plot,
        })
    }

    /// Where the text must end.
    fn foot(&self, plot: &Choice) -> f32 {
        let ornament = if self.joined {
            0.0
        } else {
            (plot.rows * plot.side) as f32
        };
        let gap = if plot.rows > 0 && !self.joined {
            self.margin * 0.75
        } else {
            self.margin
        };
        self.height as f32 - ornament - gap
    }

    fn stands(&self, setting: &SetTexts<'_>, foot: f32) -> bool {
        self.head_height(setting) + self.gap(setting) + self.names_height(setting) <= foot
    }

    /// From the upper edge to the end of title and subtitle.
    fn head_height(&self, setting: &SetTexts<'_>) -> f32 {
        let subtitle = setting
            .subtitle
            .as_ref()
            .map_or(0.0, |set| set.height() + set.size * 0.6);
        self.title_top(setting) + setting.title.height() + subtitle
    }

    fn title_top(&self, setting: &SetTexts<'_>) -> f32 {
        self.series_top(setting) + setting.series.height() + self.series * 2.4
    }

    fn series_top(&self, setting: &SetTexts<'_>) -> f32 {
        self.margin + setting.above
    }

    fn names_height(&self, setting: &SetTexts<'_>) -> f32 {
        let names: f32 = setting.names.iter().map(Set::height).sum();
        names + self.date * 0.7 + setting.date.height()
    }

    /// The least distance between title and names.
    fn gap(&self, setting: &SetTexts<'_>) -> f32 {
        self.names.min(setting.title.size) * 1.2
    }

    fn plot(&self, choice: &Choice, wording: &Wording) -> Plot {
        let x = match wording.direction {
            Direction::LeftToRight => self.width - choice.columns * choice.side,
            Direction::RightToLeft => 0,
        };
        Plot {
            x,
            y: self.height - choice.rows * choice.side,
            side: choice.side,
            columns: choice.columns,
            rows: choice.rows,
        }
    }

    /// The edge where lines begin.
    fn start(&self, wording: &Wording) -> Edge {
        match wording.direction {
            Direction::LeftToRight => Edge::Left(self.margin),
            Direction::RightToLeft => Edge::Right(self.width as f32 - self.margin),
        }
    }

    fn place(&self, pen: &mut Setter<'_, '_>, setting: &SetTexts<'_>, text: Ink, accent: Ink) {
        pen.set(&setting.series, self.series_top(setting), accent);
        let mut y = pen.set(&setting.title, self.title_top(setting), text);
        if let Some(subtitle) = &setting.subtitle {
            y += subtitle.size * 0.6;
            pen.set(subtitle, y, text);
        }
        let mut y = self.foot(setting.plot) - self.names_height(setting);
        for name in &setting.names {
            y = pen.set(name, y, text);
        }
        pen.set(&setting.date, y + self.date * 0.7, accent);
    }
}

/// The least distance of baselines that the scripts of a phrase ask for, in ems: the words of a title may be in any.
fn leading(phrase: &Phrase, language: &LanguageTag, theme: &Theme) -> f32 {
    let needs = phrase.spans.iter().flat_map(|span| {
        let foreign = span.language.as_ref();
        let own = theme.writing(foreign.map_or(language, |foreign| &foreign.tag));
        span.text.chars().map(move |c| match c.script() {
            script if script == own.script => own.display_leading(),
            script => Writing::from(script).display_leading(),
        })
    });
    needs.fold(0.0, f32::max)
}

/// The setting whose title is parted best, and large, of the largest one and those that follow it, ever smaller.
fn parted_best<'a>(
    largest: SetTexts<'a>,
    smaller: impl Iterator<Item = SetTexts<'a>>,
) -> SetTexts<'a> {
    let (size, count) = (largest.title.size, largest.title.lines().len());
    let cost = |title: &Set<'_>| {
        let lost = 1.0 - f64::from(title.size / size);
        let more = title.lines().len().saturating_sub(count) as f64;
        title.cost + SMALLER * lost + LINE * more
    };
    let mut best = (cost(&largest.title), largest);
    for setting in smaller.take_while(|setting| setting.title.size >= size * LEAST_FOR_SENSE) {
        let cost = cost(&setting.title);
        if cost < best.0 {
            best = (cost, setting);
        }
    }
    best.1
}

/// Sizes from the largest to the smallest, each a little below the one before.
fn sizes(largest: f32, smallest: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(largest), |size| Some((size * 0.955).floor()))
        .take_while(move |size| *size >= smallest)
}

/// The lines of the title on the upright cover.
#[cfg(test)]
pub(super) fn title_lines(wording: &Wording, theme: &Theme) -> Vec<String> {
    let mut shaper = Shaper::new(&theme.fonts);
    let texts = UPRIGHT.texts(wording, theme, &mut shaper);
    let setting = UPRIGHT.fit(&texts);
    let lines = setting.title.text_lines().into_iter();
    lines.map(str::to_owned).collect()
}

/// The distance of the baselines of the title on the upright cover, in ems.
#[cfg(test)]
pub(super) fn title_leading(wording: &Wording, theme: &Theme) -> f32 {
    let mut shaper = Shaper::new(&theme.fonts);
    let texts = UPRIGHT.texts(wording, theme, &mut shaper);
    let title = UPRIGHT.fit(&texts).title;
    title.leading / title.size
}
