//! Connections: how many there may be, and how long each may take.
//!
//! Every program of the machine can connect. One that sends half a request, or does not read its answer, must not hold
//! memory and connections for ever: a request's head has [`HEAD`], its body the time of [`super::request`], each part of
//! the answer [`WRITE`]; more than [`MOST`] connections wait until others end.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{Instant, Sleep, sleep},
};

/// Maximum number of connections. A browser opens six for a page.
const MOST: usize = 128;
/// Time within which the head of a request must arrive; also the longest pause between two requests.
const HEAD: Duration = Duration::from_secs(30);
/// Time within which the other side must take a part of an answer.
const WRITE: Duration = Duration::from_secs(60);
/// Largest head of a request in bytes, and most headers.
const LARGEST_HEAD: usize = 64 << 10;
const MOST_HEADERS: usize = 100;
/// Pause after a connection could not be accepted, for example because there are too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections and answers their requests; ends only if the semaphore is closed, which nobody does.
pub(super) async fn answer(listener: TcpListener, router: Router) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(MOST));
    loop {
        let place = Arc::clone(&room).acquire_owned().await.map_err(io::Error::other)?;
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // The other side may have gone already.
            Err(_) => {
                sleep(PAUSE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_buf_size(LARGEST_HEAD)
                .max_headers(MOST_HEADERS);
            // An error ends the connection; there is nobody to tell.
            let _ = builder.serve_connection(TokioIo::new(Connection::new(stream)), service).await;
            drop(place);
        });
    }
}

/// A connection that ends if the other side does not read.
struct Connection {
    stream: TcpStream,
    /// When waiting for the other side ends.
    until: Pin<Box<Sleep>>,
    is_waiting: bool,
}

impl Connection {
    fn new(stream: TcpStream) -> Self {
        Self { stream, until: Box::pin(sleep(WRITE)), is_waiting: false }
    }

    /// Passes a result on, unless the other side has made it wait too long.
    fn in_time<T>(&mut self, context: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.is_waiting = false;
            return result;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            self.until.as_mut().reset(Instant::now() + WRITE);
        }
        ready!(self.until.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.in_time(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
