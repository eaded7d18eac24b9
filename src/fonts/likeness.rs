//! Faces that machines have, sized to take the room of a theme's own face until that has come (CSS Fonts 5, `size-adjust`; CSS
//! Fonts 4, `ascent-override`): no line of a page moves when the one takes the place of the other.
//!
//! A style sheet names them by `local()`, so that nothing is fetched. Their widths were measured, since nothing here may ask the
//! machine; where a face has another of the same widths, that served.

use std::fmt::Write as _;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::{Face, FamilyRecord, Generic};

/// A face of machines, in the order of the styles of a family ([`super::STYLES`]).
struct MachineFace {
    generic: Generic,
    /// What the family is called after it.
    name: &'static str,
    /// The names by which a machine may have it, without those of the style.
    locals: &'static [&'static str],
    /// How much an average letter of [`SAMPLE`] takes in each style, in thousandths of an em.
    widths: [f32; 4],
}

/// Those of phones and desktops, the ones that only some have last.
const MACHINES: [MachineFace; 7] = [
    MachineFace {
        generic: Generic::Serif,
        name: "Georgia",
        locals: &["Georgia", "Gelasio"],
        widths: [437.4, 444.0, 509.4, 515.8],
    },
    MachineFace {
        generic: Generic::Serif,
        name: "Noto",
        locals: &["Noto Serif"],
        widths: [475.3, 459.6, 504.6, 506.8],
    },
    MachineFace {
        generic: Generic::Serif,
        name: "Times",
        locals: &["Times New Roman", "Liberation Serif", "Tinos"],
        widths: [397.9, 398.1, 423.6, 408.7],
    },
    MachineFace {
        generic: Generic::Serif,
        name: "DejaVu",
        locals: &["DejaVu Serif"],
        widths: [510.8, 510.8, 563.3, 563.3],
    },
    MachineFace {
        generic: Generic::Sans,
        name: "Roboto",
        locals: &["Roboto"],
        widths: [440.9, 428.6, 447.6, 435.2],
    },
    MachineFace {
        generic: Generic::Sans,
        name: "Arial",
        locals: &["Arial", "Liberation Sans", "Arimo"],
        widths: [441.2, 441.2, 474.3, 474.3],
    },
    MachineFace {
        generic: Generic::Sans,
        name: "DejaVu",
        locals: &["DejaVu Sans"],
        widths: [505.9, 505.9, 571.9, 571.9],
    },
];

/// What the styles are called in the full names of faces.
const STYLE_NAMES: [&[&str]; 4] = [
    &[""],
    &[" Italic", " Oblique"],
    &[" Bold"],
    &[" Bold Italic", " Bold Oblique"],
];

/// Letters as often as texts have them.
const SAMPLE: &str = "When the conference met in the spring, its members had before them the reports of three years, and few of them agreed; \
     what was said of the border in one was denied in the next. The ministers of both countries spoke of trust, of trade and of the roads between \
     their cities, yet no paper was signed until the end of May.";

/// The letters that they stand in for: what a theme's own face has in any case. Other scripts have faces of their own.
const RANGE: &str = "U+20-7E,U+A0-FF,U+2010-2027";

/// The names of the families that are like this one, as a style sheet asks for them behind it.
pub fn names(family: &FamilyRecord) -> impl Iterator<Item = String> {
    of(family).map(|machine| name(family, machine))
}

fn of(family: &FamilyRecord) -> impl Iterator<Item = &'static MachineFace> {
    let generic = family.generic;
    let machines = MACHINES.iter();
    machines.filter(move |machine| machine.generic == generic)
}

fn name(family: &FamilyRecord, machine: &MachineFace) -> String {
    format!("{} like {}", family.subset, machine.name)
}

/// The rules of the families that are like this one, for one of its styles; none for a face that has no letters.
#[must_use]
pub fn rules(family: &FamilyRecord, face: &Face, style: usize) -> String {
    let mut rules = String::new();
    let Some(own) = Room::of(face) else {
        return rules;
    };
    for machine in of(family) {
        let scale = own.width / machine.widths[style];
        let locals = machine.locals.iter();
        let locals = locals.flat_map(|name| {
            let styles = STYLE_NAMES[style].iter();
            styles.map(move |style| format!("local(\"{name}{style}\")"))
        });
        let share = |value: f32| format!("{:.1}%", value * 100.0);
        let _ = writeln!(
            rules,
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {}; src: {}; size-adjust: {}; ascent-override: {}; \
             descent-override: {}; line-gap-override: {}; unicode-range: {RANGE}; }}",
            name(family, machine),
            face.weight.css(),
            face.slant.css(),
            locals.collect::<Vec<_>>().join(", "),
            share(scale),
            share(own.ascent / scale),
            share(own.descent / scale),
            share(own.gap / scale),
        );
    }
    rules
}

/// The room that a face takes: the width in thousandths of an em, the heights in em.
struct Room {
    width: f32,
    ascent: f32,
    descent: f32,
    gap: f32,
}

impl Room {
    fn of(face: &Face) -> Option<Self> {
        let glyphs: Option<Vec<u16>> = SAMPLE.chars().map(|c| face.glyph(c)).collect();
        let glyphs = glyphs?;
        let font = face.tables().ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advances = glyphs
            .iter()
            .map(|glyph| metrics.advance_width((*glyph).into()));
        let all: f32 = advances.map(Option::unwrap_or_default).sum();
        let em = f32::from(face.units_per_em());
        let lines = font.metrics(Size::unscaled(), LocationRef::default());
        let width = all / glyphs.len() as f32 / em * 1000.0;
        (width > 0.0).then_some(Self {
            width,
            ascent: lines.ascent / em,
            descent: -lines.descent / em,
            gap: lines.leading / em,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FaceSet, Family, STYLES};
    use super::*;

    #[test]
    fn a_face_of_the_machine_takes_the_room_of_the_theme_s_own() {
        let fonts = FaceSet::embedded();
        let family = Family::SOURCE_SERIF;
        let (weight, slant) = STYLES[2];
        let face = &fonts[fonts.of(family, weight, slant)];
        let rules = rules(fonts.family(family), face, 2);
        let georgia = rules.lines().next().unwrap_or_default();
        // 450.9 of Source Serif over 509.4 of Georgia, both bold; 1.0365 over that.
        assert_eq!(
            georgia,
            "@font-face { font-family: \"Flashpoint Serif like Georgia\"; font-weight: 600; font-style: normal; \
             src: local(\"Georgia Bold\"), local(\"Gelasio Bold\"); size-adjust: 88.5%; ascent-override: 117.1%; \
             descent-override: 37.8%; line-gap-override: 0.0%; unicode-range: U+20-7E,U+A0-FF,U+2010-2027; }"
        );
        let names: Vec<String> = names(fonts.family(family)).collect();
        assert_eq!(rules.lines().count(), names.len());
        for (rule, name) in rules.lines().zip(names) {
            assert!(rule.contains(&name), "{rule}");
        }
    }
}
