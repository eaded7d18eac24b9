//! Drawings as the operators of PDF.

use super::*;

fn drawn(content: &str) -> Option<ExternalStream> {
    let svg =
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>{content}</svg>");
    form(
        &Drawing::again(svg.as_bytes()).expect("a drawing"),
        &|_, _| None,
    )
}

fn operators(content: &str) -> String {
    let stream = drawn(content).expect("vectors");
    let mut text = String::new();
    let mut decoder = flate2::read::ZlibDecoder::new(&*stream.content);
    std::io::Read::read_to_string(&mut decoder, &mut text).expect("deflated");
    text
}

#[test]
fn an_area_and_a_line_are_drawn_in_their_colours() {
    let drawn = operators(
        "<rect width='10' height='5' fill='#ff0000' stroke='#0000ff' stroke-width='2' stroke-dasharray='3 1'/>",
    );
    for part in [
        "1 0 0 rg\n0 0 m\n10 0 l\n10 5 l\n0 5 l\nh\nf\n",
        "0 0 1 RG\n2 w\n0 J 0 j\n4 M\n[3 1] 0 d\n",
    ] {
        assert!(drawn.contains(part), "{drawn}");
    }
}

#[test]
fn opacity_gradients_and_clips_are_vectors_too() {
    let gradient = "<linearGradient id='g'><stop offset='.2' stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>";
    let drawn = operators(&format!(
        "{gradient}<clipPath id='c'><circle cx='5' cy='5' r='4'/></clipPath>
        <g opacity='.5' clip-path='url(#c)'><rect width='9' height='9' fill='url(#g)'/><rect width='3' height='3'/></g>"
    ));
    assert!(
        drawn.contains("W n\n") && drawn.contains("/G0 gs\n/X0 Do\n"),
        "{drawn}"
    );
}

#[test]
fn what_has_no_vectors_in_pdf_is_left_to_pixels() {
    let filter = "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='9' height='9' filter='url(#f)'/>";
    let mask = "<mask id='m'><rect width='4' height='4' fill='white'/></mask><rect width='9' height='9' mask='url(#m)'/>";
    let pattern = "<pattern id='p' width='2' height='2' patternUnits='userSpaceOnUse'><rect width='1' height='1'/></pattern><rect width='9' height='9' fill='url(#p)'/>";
    for content in [filter, mask, pattern] {
        assert!(drawn(content).is_none(), "{content}");
    }
}
