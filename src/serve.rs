//! The local server: a page in the browser on the same machine, for a folder of reports.
//!
//! Two threads do the work, each with its own queue. The *workspace* reads, edits, checks and saves report files, one
//! job at a time, so that two changes of a file never overlap. The *renderer* typesets pages and keeps Typst's cache.
//! A third thread serves the connections and waits for the other two. `docs/serve.md` documents the requests and
//! answers.

mod answer;
mod apply;
mod assets;
mod begin;
mod cells;
mod change;
mod connections;
mod edit;
mod guard;
mod head;
mod list;
mod outputs;
mod place;
mod preview;
mod renderer;
mod request;
mod route;
mod saves;
mod spots;
mod strict;
mod template;
mod values;
mod view;
mod worker;
mod workspace;

use std::{fmt, io, net::SocketAddr, path::PathBuf, sync::Arc};

use tokio::net::TcpListener;

use self::{
    assets::Assets,
    place::Place,
    renderer::{NewestVersions, Renderer},
    route::{Server, router},
    workspace::Workspace,
};

use crate::{output::LockError, typeset::fonts::FontSet};
use gongbao_core::{check::LocalRules, file};
use gongbao_formats::{html::Portal, word::WordMargins};

pub use template::TemplateSource;

/// Settings of the server.
pub struct Setup {
    /// The folder of reports.
    pub folder: PathBuf,
    /// The output folder.
    pub out: PathBuf,
    /// The fonts.
    pub fonts: FontSet,
    /// The template.
    pub template: TemplateSource,
    /// Folder from which the files of the page are read at every request; `None` for the embedded files.
    pub page: Option<PathBuf>,
    /// Local rules.
    pub rules: Option<LocalRules>,
    /// Values for the metadata of the website.
    pub portal: Portal,
    /// How the margins of Word files are measured.
    pub word_margins: WordMargins,
}

/// Error from starting the server.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// The folder cannot be used.
    Folder(PathBuf, io::Error),
    /// Another server has locked the folder.
    Taken(PathBuf),
    /// The port cannot be used.
    Port(u16, io::Error),
    /// A thread cannot be started, or the connection failed.
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

/// Serves a folder on 127.0.0.1 until the process ends. Port 0 selects a free port. `ready` is called with the address
/// when the server accepts connections.
///
/// # Errors
/// The folder or the port cannot be used.
pub fn serve(setup: Setup, port: u16, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let place = Place::new(&setup.folder, &setup.out)
        .map_err(|error| ServeError::Folder(setup.folder.clone(), error))?;
    let _lock = place.lock().map_err(|error| match error {
        LockError::Io(path, error) => ServeError::Folder(path, error),
        _ => ServeError::Taken(setup.folder.clone()),
    })?;
    // Reports of the folder may refer to each other, and to nothing else.
    file::set_root(Some(place.folder().to_owned()));
    let assets = Assets::new(setup.page.clone());
    let setup = Arc::new(setup);
    let newest = NewestVersions::default();
    let renderer = Renderer::start(Arc::clone(&setup), newest.clone()).map_err(ServeError::System)?;
    let workspace = Workspace::start(setup, place, renderer.clone(), newest).map_err(ServeError::System)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    runtime.map_err(ServeError::System)?.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.map_err(|error| ServeError::Port(port, error))?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        let router = router(Server { workspace, renderer, assets, port: address.port() });
        ready(address);
        connections::answer(listener, router).await.map_err(ServeError::System)
    })
}
