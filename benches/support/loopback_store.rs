//! A service with as much of the S3 interface as the program uses, in memory, that answers after a time of its own.
//!
//! It checks no signature and no date; it is for measuring, and counts what it was asked.
#![allow(unreachable_pub, reason = "each bench uses it as a module of its own")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a store was asked, and what went through it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Requests that list; a page each.
    pub lists: u64,
    /// Requests that read.
    pub gets: u64,
    /// Requests that ask about an object.
    pub heads: u64,
    /// Requests that write or remove.
    pub puts: u64,
    /// Bytes of the bodies of both ways.
    pub bytes: u64,
}

impl Counts {
    /// All requests but listings, whose number follows from the archive and not from the shard.
    pub fn requests(&self) -> u64 {
        self.gets + self.heads + self.puts
    }
}

#[derive(Default)]
struct State {
    /// Bodies with their tags, by bucket and key as a path.
    objects: BTreeMap<String, (Vec<u8>, String)>,
    counts: Counts,
    latency: Duration,
    tags: u64,
}

/// A store on loopback.
pub struct LoopbackStore {
    state: Arc<Mutex<State>>,
    address: String,
}

impl LoopbackStore {
    /// Starts one; it ends with the process.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &state));
            }
        });
        Self { state, address }
    }

    /// How the program reaches it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", format!("http://{}", self.address)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "eu-west-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "loopback".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "loopback".to_owned()),
        ]
    }

    /// Puts an object, at once and uncounted.
    pub fn fill(&self, path: &str, body: Vec<u8>) {
        let mut state = self.state.lock().expect("no panic");
        state.tags += 1;
        let tag = format!("\"{:032x}\"", state.tags);
        state.objects.insert(path.to_owned(), (body, tag));
    }

    /// Removes everything below a path, uncounted.
    pub fn clear(&self, below: &str) {
        let mut state = self.state.lock().expect("no panic");
        state.objects.retain(|path, _| !path.starts_with(below));
    }

    /// Waits so long before each answer from now on.
    pub fn set_latency(&self, latency: Duration) {
        self.state.lock().expect("no panic").latency = latency;
    }

    /// What it was asked since the last time.
    pub fn take_counts(&self) -> Counts {
        std::mem::take(&mut self.state.lock().expect("no panic").counts)
    }
}

struct Asked {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    range: Option<(usize, usize)>,
    is_new: bool,
    body: Vec<u8>,
}

fn serve(stream: TcpStream, state: &Mutex<State>) {
    let _ = stream.set_nodelay(true);
    let Ok(mut writer) = stream.try_clone() else {
        return;
    };
    let mut reader = BufReader::new(stream);
    while let Some(asked) = read(&mut reader) {
        let latency = state.lock().expect("no panic").latency;
        thread::sleep(latency);
        let answer = answer(&asked, &mut state.lock().expect("no panic"));
        if writer.write_all(&answer).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut range, mut is_new) = (0, None, false);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "if-none-match" => is_new = true,
            "range" => {
                let (first, last) = value.strip_prefix("bytes=")?.split_once('-')?;
                range = Some((first.parse().ok()?, last.parse().ok()?));
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    Some(Asked {
        method,
        path: decoded(path.trim_start_matches('/')),
        query: query.split('&').map(pair).collect(),
        range,
        is_new,
        body,
    })
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = text.get(text.len() - after.len()..text.len() - after.len() + 2);
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) if byte == b'%' => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn answer(asked: &Asked, state: &mut State) -> Vec<u8> {
    state.counts.bytes += asked.body.len() as u64;
    match asked.method.as_str() {
        "GET" if asked.query.contains_key("list-type") => list(asked, state),
        "PUT" => {
            state.counts.puts += 1;
            if asked.is_new && state.objects.contains_key(&asked.path) {
                return said("412 Precondition Failed", &[], b"");
            }
            state.tags += 1;
            let tag = format!("\"{:032x}\"", state.tags);
            let object = (asked.body.clone(), tag.clone());
            state.objects.insert(asked.path.clone(), object);
            said("200 OK", &[("ETag", &tag)], b"")
        }
        "POST" => {
            state.counts.puts += 1;
            let text = String::from_utf8_lossy(&asked.body).into_owned();
            let bucket = asked.path.split('/').next().unwrap_or_default();
            let keys = text.split("<Key>").skip(1);
            let mut answer = String::from("<DeleteResult>");
            for key in keys.filter_map(|key| key.split("</Key>").next()) {
                state.objects.remove(&format!("{bucket}/{key}"));
                let _ = write!(answer, "<Deleted><Key>{key}</Key></Deleted>");
            }
            answer += "</DeleteResult>";
            said("200 OK", &[], answer.as_bytes())
        }
        method => {
            let is_head = method == "HEAD";
            *match is_head {
                true => &mut state.counts.heads,
                false => &mut state.counts.gets,
            } += 1;
            let Some((body, tag)) = state.objects.get(&asked.path) else {
                return said("404 Not Found", &[], b"");
            };
            let dated = [
                ("ETag", tag.as_str()),
                ("Last-Modified", "Tue, 04 Nov 2025 00:00:00 GMT"),
            ];
            if is_head {
                let length = body.len().to_string();
                let mut headers = dated.to_vec();
                headers.push(("Content-Length", &length));
                return said("200 OK", &headers, b"");
            }
            let Some((first, last)) = asked.range else {
                state.counts.bytes += body.len() as u64;
                return said("200 OK", &dated, body);
            };
            let end = body.len().min(last + 1);
            let range = format!("bytes {first}-{}/{}", end.saturating_sub(1), body.len());
            let mut headers = dated.to_vec();
            headers.push(("Content-Range", &range));
            state.counts.bytes += (end - first.min(end)) as u64;
            said("206 Partial Content", &headers, &body[first.min(end)..end])
        }
    }
}

fn list(asked: &Asked, state: &mut State) -> Vec<u8> {
    const PAGE: usize = 1000;
    state.counts.lists += 1;
    let bucket = format!("{}/", asked.path.trim_end_matches('/'));
    let given = |name: &str| asked.query.get(name).map_or("", String::as_str);
    let prefix = format!("{bucket}{}", given("prefix"));
    let after = [given("continuation-token"), given("start-after")];
    let after = after.into_iter().find(|after| !after.is_empty());
    let from = after.map_or_else(|| prefix.clone(), |after| format!("{bucket}{after}\0"));
    let mut page = state.objects.range(from.max(prefix.clone())..);
    let mut text = String::from("<?xml version=\"1.0\"?><ListBucketResult>");
    let mut last = "";
    for (path, (body, tag)) in page
        .by_ref()
        .take(PAGE)
        .take_while(|(path, _)| path.starts_with(&prefix))
    {
        let key = &path[bucket.len()..];
        last = key;
        let size = body.len();
        let tag = tag.replace('"', "&quot;");
        let _ = write!(
            text,
            "<Contents><Key>{key}</Key><LastModified>2025-11-04T00:00:00.000Z</LastModified><ETag>{tag}</ETag><Size>{size}</Size></Contents>"
        );
    }
    let has_more = page
        .next()
        .is_some_and(|(path, _)| path.starts_with(&prefix))
        && !last.is_empty();
    let _ = write!(text, "<IsTruncated>{has_more}</IsTruncated>");
    if has_more {
        let _ = write!(
            text,
            "<NextContinuationToken>{last}</NextContinuationToken>"
        );
    }
    text += "</ListBucketResult>";
    said(
        "200 OK",
        &[("Content-Type", "application/xml")],
        text.as_bytes(),
    )
}

fn said(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    if !headers.iter().any(|(name, _)| *name == "Content-Length") {
        let _ = write!(text, "Content-Length: {}\r\n", body.len());
    }
    text += "\r\n";
    [text.as_bytes(), body].concat()
}
