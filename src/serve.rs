//! The local page: a server on the office's own machine, for a folder of reports.
//!
//! Two threads do the work, each with a queue of its own: the *desk* reads, changes, checks and saves report files, one
//! job at a time, so that no two changes of a file ever meet; the *press* sets pages and keeps what Typst remembers of
//! them. The connections wait for both without a thread of their own. `docs/serve.md` says what page and server
//! say to each other.

mod answer;
mod apply;
mod assets;
mod begin;
mod cells;
mod change;
mod desk;
mod edit;
mod guard;
mod head;
mod list;
mod outputs;
mod place;
mod press;
mod preview;
mod query;
mod route;
mod saves;
mod spots;
mod values;
mod view;
mod worker;

use std::{fmt, io, net::SocketAddr, path::PathBuf, sync::Arc};

use tokio::net::TcpListener;

use crate::{
    output::LockError,
    typeset::{fonts::FontSet, world::Template},
};
use gongbao_core::check::LocalRules;
use gongbao_formats::{html::Portal, word::WordMargins};

/// What a server works with.
pub struct Setup {
    /// The folder of reports.
    pub folder: PathBuf,
    /// Where outputs go.
    pub out: PathBuf,
    /// The faces.
    pub fonts: FontSet,
    /// The template.
    pub template: Template,
    /// What the locality demands besides.
    pub rules: Option<LocalRules>,
    /// What the site says of itself on its pages.
    pub portal: Portal,
    /// How Word files give their margins.
    pub word_margins: WordMargins,
}

/// Why there is no server.
#[derive(Debug)]
pub enum ServeError {
    /// The folder cannot be used.
    Folder(PathBuf, io::Error),
    /// Another server has it.
    Taken(PathBuf),
    /// The port cannot be had.
    Port(u16, io::Error),
    /// The system gives no threads, or the connection broke.
    System(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder, error) => {
                write!(f, "文件夹“{}”不能使用：{error}。请检查路径和权限", folder.display())
            }
            Self::Taken(folder) => write!(
                f,
                "文件夹“{}”已经由另一个 gongbao serve 打开。请用已经打开的那个页面，或者先关掉它",
                folder.display()
            ),
            Self::Port(port, error) => {
                write!(f, "端口 {port} 不能使用：{error}。请换一个端口，或者不写 --port")
            }
            Self::System(error) => write!(f, "服务启动不了：{error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves a folder on this machine alone until the process ends. Port 0 is any that is free; `ready` is told the
/// address once connections are taken.
///
/// # Errors
/// The folder or the port cannot be had.
pub fn serve(setup: Setup, port: u16, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let place = place::Place::new(&setup.folder, &setup.out)
        .map_err(|error| ServeError::Folder(setup.folder.clone(), error))?;
    let _lock = place.lock().map_err(|error| match error {
        LockError::Io(path, error) => ServeError::Folder(path, error),
        _ => ServeError::Taken(setup.folder.clone()),
    })?;
    let setup = Arc::new(setup);
    let wanted = press::Wanted::default();
    let press = press::Press::start(Arc::clone(&setup), wanted.clone()).map_err(ServeError::System)?;
    let desk = desk::Desk::start(setup, place, press.clone(), wanted).map_err(ServeError::System)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    runtime.map_err(ServeError::System)?.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.map_err(|error| ServeError::Port(port, error))?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        let router = route::router(route::Server { desk, press, port: address.port() });
        ready(address);
        axum::serve(listener, router).await.map_err(ServeError::System)
    })
}
