//! The preview: a page in the browser that shows pieces as they will look, and follows each save.
//!
//! It serves this machine alone, and of the pieces only what they become: pages drawn from the layout, the text on a phone,
//! the cover, what is wrong. It reads files and writes none; the one thing that it starts is the editor that it was told of.

mod desk;
mod door;
mod draw;
mod editor;
mod entry;
mod gate;
mod house;
mod list;
mod orders;
mod outlines;
mod pictures;
mod problems;
mod server;
mod shell;
mod view;
mod watch;
mod work;

pub use door::Door;
pub use editor::{Editor, EditorError};
pub use house::{House, ReadHouse, Trouble};

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::channel;

use axum::Router;
use axum::extract::Request;
use futures_util::future::select;
use rayon::ThreadPool;
use tokio::sync::oneshot;

use crate::load::keep_pictures;
use crate::store::unpredictable;
use desk::Desk;
use entry::PieceId;
use gate::Gate;
use house::Shared;
use watch::Watch;
use work::{Scope, Worker};

/// How many ports behind the one that was asked for are tried.
const MORE_PORTS: u16 = 20;

/// Takes a port of this machine: the one that is asked for, else the next that is free; 0 takes any.
///
/// # Errors
/// What the system says of the last one tried.
pub fn take_port(port: u16) -> io::Result<TcpListener> {
    let take = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let mut taken = take(port);
    for next in port.saturating_add(1)..=port.saturating_add(MORE_PORTS) {
        match &taken {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = take(next),
            _ => break,
        }
    }
    taken
}

/// The most bytes of decoded and scaled pictures that are kept from one save to the next.
const PICTURES: usize = 128 << 20;

/// Ends a preview.
pub struct Ender(oneshot::Sender<()>);

/// What a preview waits for.
pub struct End(oneshot::Receiver<()>);

/// The end of a preview, for whoever ends it and for the preview.
#[must_use]
pub fn end() -> (Ender, End) {
    let (sender, receiver) = oneshot::channel();
    (Ender(sender), End(receiver))
}

impl Ender {
    /// Ends it.
    pub fn end(self) {
        // It may have ended already.
        let _ = self.0.send(());
    }
}

/// A preview that is about to begin.
pub struct Preview {
    /// A piece, or a folder of them.
    pub path: PathBuf,
    /// Where it is served.
    pub listener: TcpListener,
    /// Who is let in there.
    pub door: Door,
    /// The editor in which places are opened.
    pub editor: Option<Editor>,
    /// What pieces share, and how to read it again.
    pub house: (House, ReadHouse),
    /// The threads that pieces are set on.
    pub pool: ThreadPool,
}

impl Preview {
    /// Serves the preview until somebody ends it.
    ///
    /// # Errors
    /// What the system says of the port, the files or the threads.
    pub fn serve(self, end: End) -> io::Result<()> {
        keep_pictures(PICTURES);
        let (orders, ordered) = channel();
        let watch = Watch::new(orders.clone()).map_err(io::Error::other)?;
        let (scope, only) = match self.path.is_dir() {
            true => (Scope::Folder(self.path), None),
            false => {
                let id = PieceId::of(&self.path);
                (Scope::Piece(self.path), Some(id))
            }
        };
        let gate = Gate::new(self.door.port(), unpredictable());
        let guards = (self.door, gate);
        let desk = Arc::new(Desk::new(guards, self.editor, only, orders));
        let (house, read) = self.house;
        let shared = (read, Shared::new(house));
        Worker::start(Arc::clone(&desk), scope, shared, watch, self.pool, ordered)?;
        self.listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let answer = move |request: Request| server::answer(Arc::clone(&desk), request);
            let router = Router::new().fallback(answer);
            let serve = pin!(async { axum::serve(listener, router).await });
            select(serve, end.0).await;
            Ok(())
        });
        // Streams of events never end by themselves.
        runtime.shutdown_background();
        served
    }
}
