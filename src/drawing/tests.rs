use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::piece::{Image, ImageFormat};

fn read(content: &str) -> Result<Drawing, DrawingError> {
    let head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='40' height='20'>";
    Drawing::again(format!("{head}{content}</svg>").as_bytes())
}

#[test]
fn a_drawing_is_written_anew_without_what_is_not_seen() {
    let drawing = read(
        "<!-- secret --><metadata>secret</metadata><script>secret()</script>
        <a href='https://secret.example/'><rect id='secret' onclick='secret()' width='10' height='5' fill='#123456'/></a>",
    );
    let svg = drawing.expect("a drawing").svg();
    assert!(
        svg.starts_with("<svg viewBox=\"0 0 40 20\" width=\"40\" height=\"20\""),
        "{svg}"
    );
    assert!(svg.contains("#123456"), "{svg}");
    for gone in ["script", "onclick", "https://secret", "metadata"] {
        assert!(!svg.contains(gone), "{gone}: {svg}");
    }
}

#[test]
fn a_drawing_that_was_written_anew_is_read_and_written_the_same() {
    let first = read(
        "<g transform='rotate(10 5 5)' opacity='.5'><path d='M1 1Q3 3 5 1T9 1z'/><rect width='3' height='2' stroke='red'/></g>",
    );
    let first = first.expect("a drawing").svg();
    let second = Drawing::again(first.as_bytes()).expect("a drawing").svg();
    assert_eq!(first, second);
}

#[test]
fn sizes_are_those_of_the_page_and_a_drawing_without_one_is_large() {
    assert_eq!(read("<rect/>").expect("a drawing").natural(), (50, 25));
    let free = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 1'><rect width='1' height='1'/></svg>";
    let free = Drawing::again(free.as_bytes()).expect("a drawing");
    assert_eq!(free.natural(), (2000, 667));
    let raster = free.png(300, 100).expect("pixels");
    assert_eq!((raster.width, raster.height), (300, 100));
    // As large as is reasonable, whatever is asked for.
    let raster = free.png(1_000_000, 400_000).expect("pixels");
    assert!(raster.width <= 4000 && raster.width * raster.height <= 4_000_000);
}

#[test]
fn letters_and_what_stands_outside_are_refused() {
    let outside = |error| matches!(error, DrawingError::Outside(_));
    assert!(
        matches!(read("<text>Casualties</text>"), Err(DrawingError::Text(words)) if words == "Casualties")
    );
    assert!(read("<text>  </text><rect/>").is_ok());
    for content in [
        "<image href='file:///etc/passwd' width='1' height='1'/>",
        "<image href='map.png'/>",
        "<filter id='f'><feImage href='data:image/png;base64,AAAA'/></filter>",
        "<use xlink:href='other.svg#a'/>",
        "<rect fill='url(https://example.org/a.svg#p)'/>",
        "<rect style='fill: url(\"a.svg#p\")'/>",
        "<style>@import url(a.css);</style>",
        "<style>.a { fill: url(a.svg#p) }</style>",
        "<filter id='f'><feImage href='a.png'/></filter>",
    ] {
        assert!(read(content).is_err_and(outside), "{content}");
    }
}

/// Copies of copies: each group shows the one before it so many times.
fn copies(kind: fn(usize) -> String, depth: usize) -> String {
    (1..depth).map(kind).collect()
}

#[test]
fn what_grows_when_its_references_are_followed_is_refused_before_it_does() {
    let uses = copies(
        |i| {
            format!(
                "<g id='a{i}'>{}</g>",
                format!("<use href='#a{}'/>", i - 1).repeat(10)
            )
        },
        20,
    );
    let patterns = copies(
        |i| {
            let fill = format!("<rect width='1' height='1' fill='url(#a{})'/>", i - 1).repeat(10);
            format!("<pattern id='a{i}' width='1' height='1'>{fill}</pattern>")
        },
        20,
    );
    let inherited = copies(
        |i| {
            let rects = "<rect width='1' height='1'/>".repeat(10);
            format!(
                "<mask id='a{i}'><g style='fill:url(#b{i})'>{rects}</g></mask><pattern id='b{i}' class='c{i}'><rect mask='url(#a{})'/></pattern>",
                i - 1
            )
        },
        20,
    );
    let markers = format!(
        "<marker id='a19'>{}</marker><path marker-mid='url(#a19)' d='M0 0{}'/>",
        "<rect width='1' height='1'/>".repeat(500),
        "L1 1".repeat(5000)
    );
    let itself = "<g id='a19'><use href='#a19'/></g>".to_owned();
    let deep = format!(
        "<g id='a19'>{}{}</g>",
        "<g>".repeat(1000),
        "</g>".repeat(1000)
    );
    for content in [uses, patterns, inherited, markers, itself, deep] {
        let content = format!(
            "<rect id='a0' width='1' height='1'/>{content}<use href='#a19'/><rect fill='url(#a19)' mask='url(#a19)' width='1' height='1'/>"
        );
        let refused = read(&content);
        assert!(
            matches!(refused, Err(DrawingError::TooMuch(_))),
            "{content}"
        );
    }
}

#[test]
fn a_drawing_that_grows_too_large_when_it_is_written_anew_is_refused() {
    let paths = "<path d='M1 1l2 3 1 2z'/>".repeat(80_000);
    let refused = read(&paths).and_then(|drawing| drawing.anew().map(|_| ()));
    assert!(
        matches!(refused, Err(DrawingError::TooMuch(_))),
        "{refused:?}"
    );
}

#[test]
fn what_costs_too_much_to_show_is_refused() {
    let coats = "<rect width='40' height='20'/>".repeat(5000);
    let layers = format!(
        "{}<rect width='9' height='9'/><rect width='8' height='8'/>{}",
        "<g opacity='.9'>".repeat(30),
        "</g>".repeat(30)
    );
    let effect = "<filter id='f'><feMorphology radius='9'/></filter><rect width='40' height='20' filter='url(#f)'/>".to_owned();
    let pattern = "<pattern id='p' width='900' height='900' patternUnits='userSpaceOnUse'><rect width='9' height='9'/></pattern><rect width='9' height='9' fill='url(#p)'/>".to_owned();
    let dashes = "<path d='M0 0H1000000' stroke='red' stroke-dasharray='.1'/>".to_owned();
    let rules = format!(
        "<style>{}</style>{}",
        "g.a g.b{fill:red}".repeat(2000),
        "<g/>".repeat(9000)
    );
    for content in [coats, layers, effect, pattern, dashes, rules] {
        let refused = read(&content).err();
        assert!(
            matches!(refused, Some(DrawingError::TooMuch(_))),
            "{refused:?} {content:.80}"
        );
    }
    for size in [
        "width='1e9' height='1'",
        "width='0' height='1'",
        "width='-1' height='1'",
    ] {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' {size}><rect/></svg>");
        assert!(Drawing::again(svg.as_bytes()).is_err(), "{size}");
    }
}

fn shown(head: &str, content: &str) -> Result<Drawing, DrawingError> {
    let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' {head}>{content}</svg>");
    Drawing::again(svg.as_bytes())
}

#[test]
fn numbers_that_nobody_draws_in_are_refused_where_they_stand() {
    let many = format!("<path d='M0 0{}'/>", "h999999".repeat(3));
    for (content, place) in [
        (
            "<path d='M0 0A1 1e30 0 0 1 9 9'/>",
            "1e30, in `d` of `path`",
        ),
        (
            "<path d='M1e30 1A65536 1e30 0 0 1 1000000 -10000Z'/>",
            "`d`",
        ),
        ("<path d='M0 0A1 1e7 0 0 1 9 9'/>", "10000000, in `d`"),
        // It grows until it reaches the end.
        ("<path d='M0 0a1 999999 0 019 9'/>", "`d` of `path`"),
        ("<path d='M0 0a.0001 9 90 0 1 900 900'/>", "`d`"),
        (&many, "1999998, in `d`"),
        ("<path d='M900000 9c1 1 2 2 200000 3'/>", "1100000"),
        (
            "<rect x='-9999999999' width='99999999999' height='50'/>",
            "`x` of `rect`",
        ),
        ("<circle r='1e9'/>", "`r` of `circle`"),
        ("<circle r='40000in'/>", "3840000"),
        ("<circle r='999999999%'/>", "`r`"),
        ("<circle r='100000em'/>", "1200000, in `r`"),
        ("<g font-size='90000'><circle r='12em'/></g>", "1080000"),
        ("<polygon points='0,0 1,1 -5000000-1'/>", "`points`"),
        (
            "<filter id='f'><feOffset dy='1e30'/></filter>",
            "`dy` of `feOffset`",
        ),
        (
            "<g transform='translate(5000000000 0)'/>",
            "`transform` of `g`",
        ),
        (
            "<g style='fill:red; transform:scale(1e9)'/>",
            "`style` of `g`",
        ),
        (
            "<style>.a{stroke:red;/**/stroke-width/**/:5000000000px}</style>",
            "`style`",
        ),
        (
            "<path stroke='red' stroke-width='5000000000' d='M0 0h9'/>",
            "`stroke-width`",
        ),
        (
            "<path stroke='red' stroke-dasharray='1,5e9' d='M0 0h9'/>",
            "`stroke-dasharray`",
        ),
        (
            "<path stroke='red' stroke-miterlimit='5e9' d='M0 0h9'/>",
            "`stroke-miterlimit`",
        ),
        (
            "<linearGradient gradientUnits='userSpaceOnUse' x2='1e12'/>",
            "`x2`",
        ),
        (
            "<clipPath id='c'><rect width='1e11' height='1'/></clipPath>",
            "`width`",
        ),
        (
            "<symbol viewBox='0 0 4000000000 1'/>",
            "`viewBox` of `symbol`",
        ),
    ] {
        let refused = shown("viewBox='0 0 100 50'", content).err();
        let is_told = |error: &DrawingError| {
            let told = error.to_string();
            told.contains("beyond 1,000,000") && told.contains(place)
        };
        assert!(
            refused.as_ref().is_some_and(is_told),
            "{refused:?} {content}"
        );
    }
    for head in [
        "viewBox='0 0 4000000000 2000000000'",
        "viewBox='0 0 1e30 1e30'",
        "viewBox='0 0 1e-30 1e-30'",
        "viewBox='0 0 1e-30 1e-30' width='100' height='100'",
        "width='1e-9' height='1e-9'",
    ] {
        assert!(
            shown(head, "<rect width='1' height='1'/>").is_err(),
            "{head}"
        );
    }
}

#[test]
fn what_becomes_too_large_by_what_stands_around_it_is_refused() {
    let nested = |open: &str, close: &str, inside: &str| {
        format!("{}{inside}{}", open.repeat(20), close.repeat(20))
    };
    let curve = "C83886 65536 0 100000 1 -1000";
    for content in [
        nested("<g font-size='999%'>", "</g>", "<circle r='1em'/>"),
        nested("<g font-size='xx-large'>", "</g>", "<circle r='1em'/>"),
        nested("<svg width='900%'>", "</svg>", "<circle r='9%'/>"),
        nested("<g transform='scale(999)'>", "</g>", "<rect width='9' height='9'/>"),
        "<g transform='scale(1e6)scale(1e6)'><rect width='9' height='9'/></g>".to_owned(),
        "<g transform='scale(900)'><rect width='900' height='9'/></g>".to_owned(),
        "<pattern id='p' width='1e-30' height='9'><path d='M0 0h9'/></pattern><rect x='9' width='9' height='9' fill='url(#p)'/>".to_owned(),
        "<rect width='900000' height='9'/>".to_owned(),
        "<g transform='translate(-900000)'><path d='M900000 0c1 1 2 2 3 3' stroke='red'/></g>".to_owned(),
        "<clipPath id='c'><rect width='900000' height='9'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>".to_owned(),
        "<filter id='f' primitiveUnits='objectBoundingBox'><feOffset dx='90000'/></filter><rect width='50' height='9' filter='url(#f)'/>".to_owned(),
        "<pattern id='p' width='9' height='9' patternUnits='userSpaceOnUse'><path d='M0 0h9'/></pattern><g transform='scale(900)'><rect width='9' height='9' fill='url(#p)'/></g>".to_owned(),
        format!("<path d='M100 -100000{}' stroke='red' stroke-width='20000' fill='none'/>", curve.repeat(500)),
    ] {
        let refused = shown("viewBox='0 0 100 50'", &content).err();
        assert!(matches!(refused, Some(DrawingError::TooMuch(_))), "{refused:?} {content:.200}");
    }
}

#[test]
fn effects_and_layers_count_with_what_they_hold_outside_of_the_drawing() {
    let effect = |region: &str| {
        let content = format!(
            "<filter id='f' {region} filterUnits='userSpaceOnUse'><feDropShadow dx='9'/></filter><rect width='50' height='30' filter='url(#f)'/>"
        );
        shown("viewBox='0 0 100 50'", &content)
    };
    assert!(effect("x='-5' y='-5' width='110' height='60'").is_ok());
    for region in [
        "x='-100' y='-100' width='400' height='400'",
        "x='-500' y='-500' width='1000' height='1000'",
    ] {
        let refused = effect(region).err();
        assert!(
            matches!(refused, Some(DrawingError::TooMuch(_))),
            "{refused:?} {region}"
        );
    }
    let layers = format!(
        "{}<rect x='-200' y='-100' width='500' height='250'/><path d='M1 1h9v9'/>{}",
        "<g opacity='.9'>".repeat(3),
        "</g>".repeat(3)
    );
    assert!(shown("viewBox='0 0 100 50'", &layers).is_err());
}

#[test]
fn what_programs_write_is_read() {
    for (head, content) in [
        // Inkscape: pages far from the origin, names that are numbers, millimetres.
        (
            "width='210mm' height='297mm' viewBox='0 0 210 297'",
            "<g transform='translate(-12345.678,-1052.3622)'><path style='font-variation-settings:normal;stroke-width:.26;-inkscape-stroke:none;filter:url(#filter12345678901)' d='m 12400,1100 c 10,10 20,30 40,40 z' id='path99999999999'/></g><filter id='filter12345678901' x='-.1' y='-.1' width='1.2' height='1.2'><feGaussianBlur stdDeviation='.5'/></filter>",
        ),
        // Illustrator: no blanks where none are needed, and what old viewers were told.
        (
            "viewBox='0 0 841.89 595.28' style='enable-background:new 0 0 841.89 595.28;'",
            "<style>.st0{fill:#1234567f;stroke:#E9999999;stroke-miterlimit:10;stroke-width:.5px}</style><path class='st0' d='M10-20A5.5.3-4 010-.1c-1.5e-3.5.5,1-1,2s3-2,8,2V9H.5Z'/>",
        ),
        // Matplotlib: data beyond the axes, cut off.
        (
            "width='460.8pt' height='345.6pt' viewBox='0 0 460.8 345.6'",
            "<clipPath id='p0123456789'><rect x='57' y='41' width='357' height='266'/></clipPath><path clip-path='url(#p0123456789)' d='M-98765.4 12345.6L57 41L98765.4 -23456.7z' style='fill:#1f77b4;stroke:#000;stroke-dasharray:3.7,1.6;stroke-dashoffset:0'/>",
        ),
        // Icons of browsers: a small circle made large.
        (
            "viewBox='0 0 512 512'",
            "<radialGradient id='g' cx='-7907' cy='-8515' r='80797' gradientTransform='matrix(.0064 0 0 .0064 5764500 -.5)' gradientUnits='userSpaceOnUse'><stop/></radialGradient><circle cx='9' cy='9' r='9' fill='url(#g)'/>",
        ),
        // R: a size in points, and percentages.
        (
            "width='504pt' height='504pt' viewBox='0 0 504 504'",
            "<rect width='100%' height='100%' style='stroke:none;fill:#FFFFFF'/><polyline points='59.04,430.56 74.3,73.44' style='stroke-width:.75'/>",
        ),
        // Icons: as large as the letters beside them.
        (
            "width='1em' height='1em' viewBox='0 0 24 24'",
            "<path d='M12 2a10 10 0 1010 10A10.011 10.011 0 0012 2'/>",
        ),
    ] {
        let read = shown(head, content);
        assert!(read.is_ok(), "{:?} {content}", read.err());
    }
}

#[test]
fn what_an_ordinary_drawing_has_is_read() {
    let drawing = read(
        "<style>.cls-1{fill:url(#g)} .cls-2{clip-path:url(#c);mask:url(#m)}</style>
        <defs><linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>
        <linearGradient id='h' href='#g' x1='.5'/>
        <clipPath id='c'><rect class='cls-1' width='9' height='9'/></clipPath>
        <mask id='m'><rect width='9' height='9' fill='url(#h)'/></mask>
        <symbol id='s' viewBox='0 0 2 2'><circle r='1' cx='1' cy='1'/></symbol></defs>
        <g class='cls-2'><rect class='cls-1' width='20' height='10'/><use href='#s' width='5' height='5'/></g>
        <filter id='f'><feGaussianBlur stdDeviation='1'/></filter><path d='M0 0h3v3z' filter='url(#f)'/>",
    );
    let raster = drawing.expect("a drawing").png(80, 40).expect("pixels");
    let pixels = image::load_from_memory(&raster.bytes)
        .expect("a PNG")
        .into_rgba8();
    assert!(pixels.pixels().any(|pixel| pixel.0[3] > 0));
}

/// A drawing that shows an image, whose bytes are those of the text, so many times.
fn with_image(times: usize) -> String {
    let address = format!("data:image/png;base64,{}", STANDARD.encode(b"pixels"));
    let uses = "<use href='#i' y='1'/>".repeat(times - 1);
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><image id='i' width='9' height='9' href=' {address}'/>{uses}</svg>"
    )
}

#[test]
fn pixels_come_in_through_the_gate_and_no_other_way() {
    let png = {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().expect("a header");
        writer
            .write_image_data(&[255, 0, 0, 0, 0, 255])
            .expect("pixels");
        writer.finish().expect("an end");
        bytes
    };
    let gate = |bytes: &[u8]| match bytes {
        b"pixels" => Ok(Image::new(png.clone(), ImageFormat::Png, 2, 1)),
        _ => Err("they are not known".to_owned()),
    };
    let drawing = Drawing::read(with_image(1).as_bytes(), &gate).expect("a drawing");
    let anew = drawing.anew().expect("written anew");
    assert!(anew.contains(&STANDARD.encode(&png)), "{anew}");
    assert!(!anew.contains(&STANDARD.encode(b"pixels")), "{anew}");
    let again = Drawing::again(anew.as_bytes()).expect("a drawing");
    // The writer puts each image into a group once more.
    assert!(again.svg().contains(&STANDARD.encode(&png)));
    let raster = again.png(80, 40).expect("a PNG");
    let shown = image::load_from_memory(&raster.bytes).expect("a PNG");
    let shown = shown.into_rgba8();
    assert!(shown.pixels().any(|pixel| pixel.0 == [255, 0, 0, 255]));
    for (content, reason) in [
        (
            "<image href='data:image/png;base64,b3RoZXI='/>",
            "not known",
        ),
        ("<image href='data:image/png;base64,*'/>", "Base64"),
        ("<image href='data:image/svg+xml,%3Csvg/%3E'/>", "Base64"),
        ("<image href='DATA:,'/>", "Base64"),
    ] {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{content}</svg>");
        let refused = Drawing::read(svg.as_bytes(), &gate).err();
        assert!(
            matches!(&refused, Some(DrawingError::Pixels(told)) if told.contains(reason)),
            "{content}: {refused:?}"
        );
    }
}

#[test]
fn an_image_counts_as_often_as_it_is_shown_and_is_decoded_once() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let gate = |bytes: &[u8]| {
        asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(Image::new(bytes.to_vec(), ImageFormat::Png, 4000, 1000))
    };
    let refused = Drawing::read(with_image(11).as_bytes(), &gate).err();
    assert!(
        matches!(refused, Some(DrawingError::TooMuch(_))),
        "{refused:?}"
    );
    assert_eq!(asked.into_inner(), 1);
}
