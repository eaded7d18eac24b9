//! An indexed picture: a ground and a few inks, each with its steps of coverage, written as PNG (ISO/IEC 15948).
//!
//! Every pixel is the ground or one ink at one step, so the palette is exact and nothing is quantised afterwards.

use std::io::Write;
use std::ops::Range;

use ab_glyph_rasterizer::Rasterizer;
use image::RgbImage;

use super::CoverError;
use super::raster::Outline;
use crate::theme::Colour;

/// The picture.
pub(super) struct Canvas {
    /// The width in pixels.
    pub(super) width: u32,
    /// The height in pixels.
    pub(super) height: u32,
    pixels: Rows,
    palette: Vec<Colour>,
    raster: Rasterizer,
}

/// A disc, or a ring when it has an inner radius, of which only a rectangle of whole pixels shows.
#[derive(Debug, Clone)]
pub(super) struct Disc {
    /// The middle, in pixels.
    pub(super) centre: (f32, f32),
    /// The radius, in pixels.
    pub(super) outer: f32,
    /// The radius of the hole, in pixels; 0 for none.
    pub(super) inner: f32,
    /// The columns that show.
    pub(super) columns: Range<usize>,
    /// The rows that show.
    pub(super) rows: Range<usize>,
}

/// A colour to draw with: its steps from almost the ground to the full colour, in the palette.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    first: u8,
    steps: u8,
}

/// The most colours a palette may hold, so that a pixel takes four bits.
const COLOURS: usize = 16;

/// The level of compression: higher ones take twice the time for a tenth less.
const LEVEL: u8 = 2;

impl Canvas {
    /// A picture of one colour.
    pub(super) fn new(width: u32, height: u32, ground: Colour) -> Self {
        Self {
            width,
            height,
            pixels: Rows::new(width, height),
            palette: vec![ground],
            raster: Rasterizer::new(0, 0),
        }
    }

    /// Adds an ink with its steps of coverage.
    pub(super) fn ink(&mut self, colour: Colour, steps: u8) -> Ink {
        let first = u8::try_from(self.palette.len()).expect("the palette is small");
        let ground = self.palette[0];
        self.palette.extend(
            (1..=steps).map(|step| mix(ground, colour, f32::from(step) / f32::from(steps))),
        );
        assert!(self.palette.len() <= COLOURS, "a palette of four bits");
        Ink { first, steps }
    }

    /// Fills an outline. Where it meets what is drawn already, the stronger coverage stays.
    pub(super) fn fill(&mut self, outline: &Outline, ink: Ink) {
        let Some(area) = outline.area(self.width as usize, self.height as usize) else {
            return;
        };
        let stride = area.right - area.left + 2;
        self.raster.reset(stride, area.bottom - area.top);
        outline.draw(area, &mut self.raster);
        let pixels = &mut self.pixels;
        let (mut row, mut column) = (area.top, area.left);
        self.raster.for_each_pixel(|_, coverage| {
            if coverage > 0.01
                && column < area.right
                && let Some(index) = ink.step(coverage)
            {
                let mut pixels = pixels.row(row);
                if coverage > 0.5 || pixels.get(column) == 0 {
                    pixels.set(column, index);
                }
            }
            column += 1;
            if column == area.left + stride {
                (row, column) = (row + 1, area.left);
            }
        });
    }

    /// Fills a disc or a ring. Only pixels near an edge are measured; what lies between is filled at once.
    pub(super) fn disc(&mut self, disc: &Disc, ink: Ink) {
        let width = self.width as usize;
        let full = ink.step(1.0);
        for row in disc.rows.start..disc.rows.end.min(self.height as usize) {
            let above = row as f32 + 0.5 - disc.centre.1;
            let mut pixels = self.pixels.row(row);
            let solid = (
                chord(disc.inner + 1.0, above),
                chord(disc.outer - 1.0, above),
            );
            let hole = if disc.inner > 0.0 {
                chord(disc.inner - 1.0, above)
            } else {
                0.0
            };
            let inside = if disc.inner > 0.0 { solid.0 } else { 0.0 };
            let runs = [
                (disc.visible(-solid.1, -inside), full),
                (disc.visible(-hole, hole), None),
                (disc.visible(inside, solid.1), full),
            ];
            let reach = chord(disc.outer + 1.0, above) + 1.0;
            let Range {
                start: mut column,
                end,
            } = disc.visible(-reach, reach);
            while column < end.min(width) {
                if let Some((run, index)) = runs.iter().find(|(run, _)| run.contains(&column)) {
                    let run_end = run.end.min(width);
                    if let Some(index) = index {
                        pixels.fill(column..run_end, *index);
                    }
                    column = run_end;
                    continue;
                }
                if let Some(index) = ink.step(disc.coverage(column, above)) {
                    pixels.set(column, index);
                }
                column += 1;
            }
        }
    }

    /// The picture in all colours.
    pub(super) fn coloured(&self) -> RgbImage {
        let columns = 0..self.width as usize;
        let pixels = self.pixels.all().flat_map(|row| {
            let columns = columns.clone();
            columns.map(move |column| row[column / 2] >> Row::shift(column) & 0xF)
        });
        let colours = pixels.map(|pixel| self.palette[usize::from(pixel)]);
        let bytes = colours.flat_map(Colour::bytes);
        RgbImage::from_raw(self.width, self.height, bytes.collect())
            .expect("three bytes for every pixel")
    }

    /// Writes the picture as PNG, four bits a pixel.
    ///
    /// # Errors
    /// [`CoverError::Png`] when the PNG library refuses.
    pub(super) fn png(&self) -> Result<Vec<u8>, CoverError> {
        let mut file = Vec::with_capacity(64 * 1024);
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
        encoder.set_palette(
            self.palette
                .iter()
                .flat_map(|c| [c.red, c.green, c.blue])
                .collect::<Vec<_>>(),
        );
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        let mut writer = encoder.write_header()?;
        let mut rows = writer.stream_writer()?;
        for row in self.pixels.all() {
            rows.write_all(row).map_err(png::EncodingError::from)?;
        }
        rows.finish()?;
        writer.finish()?;
        Ok(file)
    }
}

/// The rows of pixels, as the file has them. A cover has four million pixels, and memory that is touched for the first time costs
/// more than drawing on it: rows that nothing is drawn on are one row of the ground.
struct Rows {
    bands: Vec<Vec<u8>>,
    ground: Vec<u8>,
    height: usize,
}

impl Rows {
    /// So many rows get memory together.
    const BAND: usize = 16;

    /// Rows of the ground.
    fn new(width: u32, height: u32) -> Self {
        let height = height as usize;
        Self {
            bands: vec![Vec::new(); height.div_ceil(Self::BAND)],
            ground: vec![0; Row::bytes(width)],
            height,
        }
    }

    /// A row to draw on.
    fn row(&mut self, row: usize) -> Row<'_> {
        let bytes = self.ground.len();
        let band = &mut self.bands[row / Self::BAND];
        if band.is_empty() {
            band.resize(bytes * Self::BAND, 0);
        }
        let start = row % Self::BAND * bytes;
        Row(&mut band[start..start + bytes])
    }

    /// All rows from the top.
    fn all(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.height).map(|row| {
            let start = row % Self::BAND * self.ground.len();
            let drawn = self.bands[row / Self::BAND].get(start..start + self.ground.len());
            drawn.unwrap_or(&self.ground)
        })
    }
}

/// A row of pixels, two a byte, the left one high; an odd row ends with an empty half.
struct Row<'a>(&'a mut [u8]);

impl Row<'_> {
    /// How many bytes so many pixels take.
    fn bytes(width: u32) -> usize {
        (width as usize).div_ceil(2)
    }

    /// How far a pixel is from the low end of its byte.
    fn shift(column: usize) -> u32 {
        if column.is_multiple_of(2) { 4 } else { 0 }
    }

    fn get(&self, column: usize) -> u8 {
        self.0[column / 2] >> Self::shift(column) & 0xF
    }

    fn set(&mut self, column: usize, index: u8) {
        let byte = &mut self.0[column / 2];
        *byte = *byte & !(0xF << Self::shift(column)) | index << Self::shift(column);
    }

    fn fill(&mut self, Range { mut start, mut end }: Range<usize>, index: u8) {
        if start < end && !start.is_multiple_of(2) {
            self.set(start, index);
            start += 1;
        }
        if start < end && !end.is_multiple_of(2) {
            end -= 1;
            self.set(end, index);
        }
        self.0[start / 2..end.max(start) / 2].fill(index << 4 | index);
    }
}

/// Writes a picture of all colours as PNG.
///
/// # Errors
/// [`CoverError::Png`] when the PNG library refuses.
pub(super) fn png_of(picture: &RgbImage) -> Result<Vec<u8>, CoverError> {
    let mut file = Vec::with_capacity(256 * 1024);
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_filter(png::Filter::Up);
    encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(picture.as_raw())?;
    writer.finish()?;
    Ok(file)
}

impl Disc {
    /// The columns that show whose middles lie between two distances from the centre, left ones negative.
    fn visible(&self, from: f32, to: f32) -> Range<usize> {
        let start = (self.centre.0 + from - 0.5).ceil() as usize;
        let end = (self.centre.0 + to + 0.5).floor() as usize;
        start.max(self.columns.start)..end.min(self.columns.end)
    }

    /// How much of a pixel the disc covers, as far as its distance from the edges tells.
    fn coverage(&self, column: usize, above: f32) -> f32 {
        let beside = column as f32 + 0.5 - self.centre.0;
        let distance = (above * above + beside * beside).sqrt();
        let hole = if self.inner > 0.0 {
            distance - self.inner + 0.5
        } else {
            1.0
        };
        (self.outer - distance + 0.5).min(hole)
    }
}

/// Half the chord of a circle at a distance from its middle; 0 outside.
fn chord(radius: f32, distance: f32) -> f32 {
    (radius * radius - distance * distance).max(0.0).sqrt()
}

impl Ink {
    /// The palette's index for a coverage of 0 to 1; none when too little to show.
    fn step(self, coverage: f32) -> Option<u8> {
        let step = (coverage.min(1.0) * f32::from(self.steps) + 0.5) as u8;
        step.checked_sub(1).map(|step| self.first + step)
    }
}

/// A colour between two, `part` of the way from the first to the second.
pub(super) fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let channel =
        |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round() as u8;
    Colour {
        red: channel(from.red, to.red),
        green: channel(from.green, to.green),
        blue: channel(from.blue, to.blue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_that_are_drawn_on_take_memory() {
        let mut rows = Rows::new(7, 35);
        for row in [3, 16, 34] {
            rows.row(row).fill(1..6, 9);
        }
        let drawn: Vec<usize> = (0..35)
            .zip(rows.all())
            .filter(|(_, row)| **row == [0x09, 0x99, 0x99, 0x00])
            .map(|(row, _)| row)
            .collect();
        assert_eq!(drawn, [3, 16, 34]);
        let mut rows = Rows::new(7, 35);
        rows.row(20).set(0, 1);
        assert_eq!(rows.bands.iter().filter(|band| !band.is_empty()).count(), 1);
        let others = rows.all().filter(|row| **row == [0; 4]);
        assert_eq!((others.count(), rows.all().count()), (34, 35));
    }

    #[test]
    fn a_run_of_pixels_is_filled_and_its_neighbours_are_not() {
        for (start, end) in [
            (0, 7),
            (1, 1),
            (1, 2),
            (1, 6),
            (2, 3),
            (2, 6),
            (5, 7),
            (7, 7),
        ] {
            let mut bytes = vec![0x12; Row::bytes(7)];
            let mut row = Row(&mut bytes);
            row.fill(start..end, 9);
            for column in 0..7 {
                let before = if column % 2 == 0 { 1 } else { 2 };
                let expected = if (start..end).contains(&column) {
                    9
                } else {
                    before
                };
                assert_eq!(row.get(column), expected, "{column} of {start}..{end}");
            }
        }
    }
}
