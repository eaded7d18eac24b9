//! What is answered: the page itself, and what it asks for. Pieces are named by ids, never by paths.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::json;
use tokio::task::spawn_blocking;

use super::desk::{Desk, Reader, State};
use super::door::Way;
use super::entry::PieceId;
use super::gate::{TEXT_POLICY, seal};
use super::problems::named;
use super::view::View;
use super::{pictures, shell};

/// The longest question that is read, in bytes.
const LONGEST: usize = 4 << 10;
/// How often a silent stream shows that it lives.
const ALIVE: Duration = Duration::from_secs(15);

/// What is said to whoever has not the address.
const SHUT: &str =
    "Open the address that the preview printed when it was started: it is another one each time.\n";

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";

/// Answers a request.
pub(super) async fn answer(desk: Arc<Desk>, request: Request) -> Response {
    let answer = match desk.gate.admit(request.method(), request.headers()) {
        Ok(()) => admitted(desk, request).await,
        Err(refused) => refused.told().into_response(),
    };
    seal(answer)
}

async fn admitted(desk: Arc<Desk>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    match desk.door.way(&path) {
        Way::In(inside) => within(desk, inside, request).await,
        Way::To(address) => (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response(),
        Way::Shut => (StatusCode::FORBIDDEN, SHUT).into_response(),
    }
}

async fn within(desk: Arc<Desk>, inside: &str, request: Request) -> Response {
    let path: Vec<&str> = inside.split('/').collect();
    if *request.method() == Method::POST {
        return match path[..] {
            ["open"] => open(&desk, request.into_body()).await,
            _ => nothing(),
        };
    }
    match path[..] {
        [""] => typed(HTML, shell::index(&desk)),
        ["desk.css"] => typed("text/css; charset=utf-8", shell::STYLE),
        ["desk.js"] => typed("text/javascript; charset=utf-8", shell::SCRIPT),
        ["icon.svg"] => typed("image/svg+xml", shell::ICON),
        ["events"] => list_events(desk),
        ["events", id] => match desk.find(id) {
            Some(id) => view_events(desk, id),
            None => nothing(),
        },
        ["outlines", from] => match from.parse() {
            Ok(from) => outlines(&desk, from),
            Err(_) => nothing(),
        },
        ["pages", id, key] => {
            let page = |view: &View| {
                let page = view.pages.pages.iter().find(|page| page.key == key)?;
                Some(page.json.clone())
            };
            match of_view(&desk, id, page) {
                Some(json) => typed(JSON, json),
                // Asked for before a save made another of it: no fault of anybody's.
                None if desk.find(id).is_some() => StatusCode::NO_CONTENT.into_response(),
                None => nothing(),
            }
        }
        ["images", id, number] => {
            let image = |view: &View| {
                view.pages
                    .images
                    .get(number.parse::<usize>().ok()?)
                    .cloned()
            };
            let image = of_view(&desk, id, image);
            image.map_or_else(nothing, |image| {
                typed(image.format.media_type(), image.bytes.to_vec())
            })
        }
        ["phone", id] => {
            let text = of_view(&desk, id, |view| view.text.clone());
            let Some(text) = text else { return nothing() };
            let page = spawn_blocking(move || pictures::phone(&text)).await;
            match page.ok().flatten() {
                Some(page) => with_policy(typed(HTML, page.to_vec())),
                None => nothing(),
            }
        }
        ["texts", id] => {
            let texts = of_view(&desk, id, |view| view.text.as_ref().map(pictures::texts));
            texts.map_or_else(nothing, |texts| typed(JSON, texts))
        }
        ["covers", id, _] => {
            let text = of_view(&desk, id, |view| view.text.clone());
            let Some(text) = text else { return nothing() };
            let cover = spawn_blocking(move || pictures::cover(&text)).await;
            picture(cover.ok().flatten().as_deref().cloned())
        }
        ["thumbnails", id, _] => {
            let Some(id) = desk.find(id) else {
                return nothing();
            };
            let thumbnail = spawn_blocking(move || pictures::thumbnail(&desk, &id)).await;
            picture(thumbnail.ok().flatten())
        }
        ["search", words] => {
            let words = percent_decode_str(words).decode_utf8_lossy();
            let found = json!(desk.state().search(&words));
            typed(JSON, found.to_string())
        }
        _ => nothing(),
    }
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "there is nothing here\n").into_response()
}

fn typed(kind: &'static str, body: impl Into<Body>) -> Response {
    ([(CONTENT_TYPE, kind)], body.into()).into_response()
}

fn with_policy(mut answer: Response) -> Response {
    let policy = HeaderValue::from_static(TEXT_POLICY);
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    answer
}

/// A picture, whose address names what it shows.
fn picture(picture: Option<(&'static str, Vec<u8>)>) -> Response {
    let Some((kind, bytes)) = picture else {
        return nothing();
    };
    let mut answer = typed(kind, bytes);
    let held = HeaderValue::from_static("private, max-age=3600, immutable");
    answer.headers_mut().insert(CACHE_CONTROL, held);
    answer
}

fn of_view<T>(desk: &Desk, id: &str, of: impl FnOnce(&View) -> Option<T>) -> Option<T> {
    let id = desk.find(id)?;
    desk.state().views.get(&id).and_then(of)
}

fn outlines(desk: &Desk, from: usize) -> Response {
    let outlines = desk.outlines.lock();
    let outlines = outlines.unwrap_or_else(std::sync::PoisonError::into_inner);
    typed(
        JSON,
        json!({ "from": from, "paths": outlines.since(from) }).to_string(),
    )
}

/// What is asked for when something is to be opened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    piece: String,
    version: u64,
    block: String,
}

/// Tells the place of a block, and opens it where there is an editor.
async fn open(desk: &Desk, body: Body) -> Response {
    let body: Bytes = match to_bytes(body, LONGEST).await {
        Ok(body) => body,
        Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    };
    let Ok(asked) = serde_json::from_slice::<Opening>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let place = desk
        .find(&asked.piece)
        .and_then(|id| desk.state().place(&id, asked.version, &asked.block));
    let Some(place) = place else {
        return (StatusCode::CONFLICT, "the piece is another by now\n").into_response();
    };
    let editor = desk.editor.as_ref();
    let opened = editor.map(|editor| editor.open(&place).map_err(|error| error.to_string()));
    let told = json!({
        "file": named(&place.path),
        "line": place.line,
        "column": place.column,
        "editor": editor.map(super::Editor::name),
        "fault": opened.and_then(Result::err),
    });
    typed(JSON, told.to_string())
}

/// The changes of the list, as they come.
fn list_events(desk: Arc<Desk>) -> Response {
    events(desk, None, |_, state, seen| state.list_since(seen))
}

/// The changes of a piece, as they come.
fn view_events(desk: Arc<Desk>, id: PieceId) -> Response {
    let reader = desk.reader(id);
    events(desk, Some(reader), |reader, state, seen| {
        state.view_since(&reader?.id, seen)
    })
}

/// What a reader is told since a reading of the clock: a new reading, and the change.
type Told = fn(Option<&Reader>, &State, u64) -> Option<(u64, String)>;

/// A stream of server-sent events (HTML, 9.2): what `told` tells since what was told last.
fn events(desk: Arc<Desk>, reader: Option<Reader>, told: Told) -> Response {
    let clock = desk.clock();
    let start = (desk, reader, clock, 0);
    let stream = stream::unfold(start, move |(desk, reader, mut clock, seen)| async move {
        loop {
            clock.mark_unchanged();
            let change = told(reader.as_ref(), &desk.state(), seen);
            if let Some((now, change)) = change {
                let event = Event::default().data(change);
                return Some((Ok::<_, Infallible>(event), (desk, reader, clock, now)));
            }
            clock.changed().await.ok()?;
        }
    });
    Sse::new(stream)
        .keep_alive(KeepAlive::new().interval(ALIVE))
        .into_response()
}
