//! The local server: a page in the browser on the same machine, for a folder of reports.
//!
//! Two threads do the work, each with its own queue. The *workspace* reads, edits, checks and saves report files, one
//! job at a time, so that two changes of a file never overlap. The *renderer* typesets pages and keeps Typst's cache.
//! A third thread serves the connections and waits for the other two. `docs/serve.md` documents the requests and
//! answers.

mod accept;
mod access;
mod answer;
mod apply;
mod assets;
mod begin;
mod bin;
mod cells;
mod change;
mod connections;
mod correction;
mod dates;
mod differences;
mod draft;
mod edit;
mod entry;
mod guard;
mod head;
mod inspect;
mod list;
mod many;
mod office;
mod opinion;
mod outputs;
mod place;
mod preview;
mod publish;
mod renderer;
mod request;
mod route;
mod route_year;
mod row;
mod saves;
mod spots;
mod strict;
mod template;
mod trouble;
mod values;
mod view;
mod watched;
mod worker;
mod workspace;

use std::{fmt, io, net::SocketAddr, path::PathBuf, sync::Arc};

use tokio::net::TcpListener;

use self::{
    access::Access,
    assets::Assets,
    place::Place,
    renderer::{NewestVersions, Renderer},
    route::{Server, router},
    workspace::Workspace,
};

use crate::{batch::CheckOptions, output::LockError, typeset::fonts::FontSet};
use gongbao_core::{check::LocalRules, file, paths::PathExt};
use gongbao_formats::{html::Portal, word::WordMargins};

pub use access::{Secret, code_parts, new_code, random, server_parts};
pub use entry::{AdmitRequest, Hello, HelloRequest};
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
    /// What reports that are checked together are compared with.
    pub check: CheckOptions,
    /// The roster of the settings; a roster in the folder takes precedence.
    pub roster: Option<PathBuf>,
    /// Values for the metadata of the website.
    pub portal: Portal,
    /// How the margins of Word files are measured.
    pub word_margins: WordMargins,
    /// The secret of the user, which the proofs of the server are made with.
    pub secret: Secret,
    /// Shows a folder with the file manager of the system; returns whether one was found.
    pub reveal: fn(&std::path::Path) -> bool,
}

/// The port of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortChoice {
    /// This port and no other.
    Exactly(u16),
    /// The first of these ports that is free, otherwise any.
    FirstOf(Vec<u16>),
}

/// A server that accepts connections.
#[derive(Debug)]
pub struct Ready {
    /// Its address.
    pub address: SocketAddr,
    /// A one-time code for the browser.
    pub code: String,
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
                write!(f, "文件夹“{}”不能使用：{error}。请检查路径和权限", folder.to_text())
            }
            Self::Taken(folder) => write!(
                f,
                "文件夹“{}”已经由另一个 gongbao serve 打开。请用已经打开的那个页面，或者先关掉它",
                folder.to_text()
            ),
            Self::Port(port, error) => {
                write!(f, "端口 {port} 不能使用：{error}。请换一个端口，或者不写 --port")
            }
            Self::System(error) => write!(f, "服务启动不了：{error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Returns the name by which proofs refer to a folder: its canonical path.
///
/// # Errors
/// The folder does not exist.
pub fn folder_name(folder: &std::path::Path) -> io::Result<String> {
    Ok(folder.canonical()?.to_string_lossy().into_owned())
}

/// Serves a folder on 127.0.0.1 until the process ends. `ready` is called when the server accepts connections.
///
/// # Errors
/// The folder or the port cannot be used.
pub fn serve(setup: Setup, port: &PortChoice, ready: impl FnOnce(Ready)) -> Result<(), ServeError> {
    let unusable = |error| ServeError::Folder(setup.folder.clone(), error);
    let place = Place::new(&setup.folder, &setup.out).map_err(unusable)?;
    let _lock = place.lock().map_err(|error| match error {
        LockError::Io(path, error) => ServeError::Folder(path, error),
        _ => ServeError::Taken(setup.folder.clone()),
    })?;
    // Reports of the folder may refer to each other, and to nothing else.
    file::set_root(Some(place.folder().to_owned()));
    let folder = folder_name(&setup.folder).map_err(unusable)?;
    let assets = Assets::new(setup.page.clone());
    let setup = Arc::new(setup);
    let newest = NewestVersions::default();
    let renderer = Renderer::start(Arc::clone(&setup), newest.clone()).map_err(ServeError::System)?;
    let secret = setup.secret.clone();
    let workspace = Workspace::start(setup, place, renderer.clone(), newest).map_err(ServeError::System)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    runtime.map_err(ServeError::System)?.block_on(async {
        let listener = listen(port).await?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        let access = Arc::new(Access::new(secret, address.port(), folder));
        let code = new_code().map_err(ServeError::System)?;
        access.allow(code.clone());
        let router = router(Server { workspace, renderer, assets, access, port: address.port() });
        ready(Ready { address, code });
        connections::answer(listener, router).await.map_err(ServeError::System)
    })
}

/// Listens on the port, or on the first free one.
async fn listen(port: &PortChoice) -> Result<TcpListener, ServeError> {
    let bind = |port: u16| TcpListener::bind(("127.0.0.1", port));
    match port {
        PortChoice::Exactly(port) => bind(*port).await.map_err(|error| ServeError::Port(*port, error)),
        PortChoice::FirstOf(ports) => {
            for port in ports {
                if let Ok(listener) = bind(*port).await {
                    return Ok(listener);
                }
            }
            bind(0).await.map_err(|error| ServeError::Port(0, error))
        }
    }
}
