//! New paragraphs in lists that stand in each other go back to the place that they have in the edition.

use super::desk::{Desk, around, followed, piece};

const PIECE: &str = piece!(
    "      - list:
          - The first item.
          - The second item.
          - - The third item has more.
            - Its second paragraph.
            - Its third paragraph.
            - list:
                - The first inner item.
                - - The second inner item.
                  - A paragraph of it.
                - The last inner item.
            - A paragraph below the inner list.
          - The last item.
      - numbered:
          - The first number.
          - - The second number.
            - The end of the number.
      - The last paragraph of all.
"
);

/// The paragraph of a document that says something, with other words.
fn like(document: &str, words: &str, new: &str) -> String {
    let own = &document[around(document, words)];
    own.replace(words, new)
}

/// What the piece becomes with a paragraph behind one of its own, of the kind of another.
#[track_caller]
fn put(behind: &str, kind: &str) -> (String, String) {
    let desk = Desk::new(PIECE);
    desk.edit(|document| match document.contains(behind) {
        true => followed(document, behind, &like(document, kind, "What is new.")),
        false => document.to_owned(),
    });
    desk.update()
}

#[test]
fn a_paragraph_that_goes_on_with_an_item_stands_in_it() {
    for (behind, indent) in [
        ("Its second paragraph.", 12),
        ("Its third paragraph.", 12),
        ("A paragraph of it.", 18),
        ("A paragraph below the inner list.", 12),
        ("The end of the number.", 12),
    ] {
        let (source, told) = put(behind, behind);
        let new = format!("- {behind}\n{}- What is new.\n", " ".repeat(indent));
        let expected = PIECE.replace(&format!("- {behind}\n"), &new);
        assert_eq!(source, expected, "{behind}: {told}");
    }
}

#[test]
fn a_new_item_takes_what_follows_it_along() {
    for (behind, indent) in [
        ("The third item has more.", 10),
        ("The second inner item.", 16),
        ("The second number.", 10),
    ] {
        let (source, told) = put(behind, behind);
        let new = format!("- {behind}\n{}- - What is new.\n", " ".repeat(indent));
        let expected = PIECE.replace(&format!("- {behind}\n"), &new);
        assert_eq!(source, expected, "{behind}: {told}");
    }
}

#[test]
fn an_item_of_one_paragraph_becomes_one_of_two() {
    let (source, told) = put("The second item.", "Its second paragraph.");
    let expected = PIECE.replace(
        "- The second item.\n",
        "- - The second item.\n            - What is new.\n",
    );
    assert_eq!(source, expected, "{told}");
}

#[test]
fn an_item_before_the_first_is_the_first() {
    for (behind, kind, indent) in [
        (
            "The first paragraph of the statement.",
            "The first item.",
            10,
        ),
        ("Its third paragraph.", "The first inner item.", 16),
    ] {
        let (source, told) = put(behind, kind);
        let new = format!("- What is new.\n{}- {kind}\n", " ".repeat(indent));
        let expected = PIECE.replace(&format!("- {kind}\n"), &new);
        assert_eq!(source, expected, "{kind}: {told}");
    }
}

#[test]
fn an_item_behind_a_list_in_an_item_is_one_of_the_list_around() {
    let (source, told) = put("A paragraph below the inner list.", "The last item.");
    let expected = PIECE.replace(
        "          - The last item.\n",
        "          - What is new.\n          - The last item.\n",
    );
    assert_eq!(source, expected, "{told}");
}

#[test]
fn a_long_item_of_one_paragraph_keeps_its_lines() {
    let piece = PIECE.replace(
        "          - The second item.\n",
        "          - >-\n            The second item.\n            It is long.\n",
    );
    for end in ["\n", "\r\n"] {
        let desk = Desk::new(&piece.replace('\n', end));
        desk.edit(|document| match document.contains("It is long.") {
            true => {
                let new = like(document, "Its second paragraph.", "What is new.");
                followed(document, "It is long.", &new)
            }
            false => document.to_owned(),
        });
        let (source, told) = desk.update();
        let expected = piece.replace(
            "          - >-\n            The second item.\n            It is long.\n",
            "          - - >-\n              The second item.\n              It is long.\n            - What is new.\n",
        );
        assert_eq!(source, expected.replace('\n', end), "{told}");
    }
}
