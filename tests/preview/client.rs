//! A preview under way, and what a browser does with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{Place, Ran};

/// How long anything may take on a machine that is busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A preview that runs until it is dropped.
pub(crate) struct Preview {
    pub(crate) child: Child,
    pub(crate) port: u16,
    /// The word of its address.
    pub(crate) word: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Preview {
    /// Starts one in a folder.
    pub(crate) fn start(place: &Place, line: &str) -> Self {
        Self::with(place, line, &[])
    }

    /// Starts one, with arguments that hold spaces behind those of the line.
    pub(crate) fn with(place: &Place, line: &str, more: &[&str]) -> Self {
        let mut command = place.command(&format!("preview --no-open {line}"));
        command.args(more);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("a pipe");
        let mut address = String::new();
        BufReader::new(stdout)
            .read_line(&mut address)
            .expect("a line");
        let parts = address.trim().strip_prefix("http://127.0.0.1:");
        let parts = parts.and_then(|rest| rest.strip_suffix('/')?.split_once('/'));
        let (port, word) = parts.unwrap_or_else(|| panic!("no address: {address}"));
        assert!(word.len() >= 32, "a word that may be guessed: {word}");
        Self {
            port: port.parse().expect("a port"),
            word: word.to_owned(),
            child,
        }
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a request as it stands here, and opens its answer.
    pub(crate) fn send(&self, head: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("a port");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let mut request = format!("{head} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes()).expect("a request");
        stream
    }

    pub(crate) fn ask(&self, head: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut bytes = Vec::new();
        let mut stream = self.send(head, headers, body);
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer {
            status: status.expect("a status"),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    /// A request for what stands inside, below the word.
    pub(crate) fn inside(&self, method: &str, path: &str) -> String {
        format!("{method} /{}{path}", self.word)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&self.inside("GET", path), &[("Host", &self.host())], "")
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}");
        serde_json::from_str(&answer.body).expect("JSON")
    }

    pub(crate) fn events(&self, path: &str) -> Events {
        let stream = self.send(&self.inside("GET", path), &[("Host", &self.host())], "");
        Events(BufReader::new(stream))
    }

    /// The id of the only piece, or of one whose file ends with this.
    pub(crate) fn id(&self, file: &str) -> String {
        let mut events = self.events("/events");
        loop {
            let list = events.next();
            let entries = list["entries"].as_array().expect("entries").clone();
            let found = entries.iter().find(|entry| {
                let named = entry["file"].as_str();
                named.is_some_and(|named| named.ends_with(file))
            });
            if let Some(entry) = found {
                return entry["id"].as_str().expect("an id").to_owned();
            }
        }
    }

    pub(crate) fn token(&self) -> String {
        let page = self.get("/").body;
        let (_, rest) = page
            .split_once("flashpoint-token\" content=\"")
            .expect("a token");
        rest.split('"').next().expect("its end").to_owned()
    }

    /// Asks for the place of a block in the way of the page.
    pub(crate) fn open(&self, id: &str, version: u64, block: &str) -> Answer {
        let origin = format!("http://{}", self.host());
        let body = serde_json::json!({ "piece": id, "version": version, "block": block });
        let headers = [
            ("Host", &*self.host()),
            ("Origin", &origin),
            ("X-Flashpoint-Token", &self.token()),
        ];
        self.ask(&self.inside("POST", "/open"), &headers, &body.to_string())
    }

    /// Sends a signal and gives how the program ended.
    pub(crate) fn end(mut self, signal: &str) -> Ran {
        let pid = self.child.id().to_string();
        let killed = Command::new("kill").args([signal, &pid]).status();
        assert!(killed.expect("kill").success());
        let status = self.child.wait().expect("an end");
        let mut stderr = String::new();
        let mut pipe = self.child.stderr.take().expect("a pipe");
        pipe.read_to_string(&mut stderr).expect("messages");
        Ran {
            code: status.code(),
            stdout: String::new(),
            stderr,
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // One that has ended already is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A stream of events.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// The data of the next event.
    pub(crate) fn next(&mut self) -> Value {
        let start = Instant::now();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("an event");
            assert!(read > 0, "the stream has ended");
            // A stream without news says that it lives.
            assert!(start.elapsed() < PATIENCE, "nothing is told");
            if let Some(data) = line.strip_prefix("data: {") {
                return serde_json::from_str(&format!("{{{data}")).expect("JSON");
            }
        }
    }

    /// The next event of which this holds.
    pub(crate) fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let event = self.next();
            if holds(&event) {
                return event;
            }
            assert!(start.elapsed() < PATIENCE, "never: {event}");
        }
    }
}
