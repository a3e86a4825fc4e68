//! The user's configuration folder: the secret, and the port of each folder.

use gongbao_core::paths::PathExt;
use std::{
    io,
    path::{Path, PathBuf},
};

use super::Failure;
use crate::{
    output::{create_private, remove, save_private},
    serve::{Secret, random},
};
use gongbao_core::digest::{hex, sha256};

/// The configuration folder.
#[derive(Debug, Clone)]
pub(super) struct Home(PathBuf);

impl Home {
    /// Finds the configuration folder; it need not exist. `XDG_CONFIG_HOME`, `APPDATA` and `HOME` are those of the
    /// XDG Base Directory Specification and of Windows.
    ///
    /// # Errors
    /// The environment names no folder.
    #[allow(clippy::disallowed_methods, reason = "this is the command line")]
    pub(super) fn find() -> Result<Self, Failure> {
        let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let folder = if cfg!(windows) {
            of("APPDATA")
        } else if cfg!(target_os = "macos") {
            of("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            of("XDG_CONFIG_HOME").or_else(|| of("HOME").map(|home| home.join(".config")))
        };
        let folder = folder.or_else(Self::without_environment);
        let folder = folder.ok_or_else(|| {
            Failure(
                "找不到存放设置的文件夹：环境里没有 HOME（Windows 上是 APPDATA）。请用平常登录的用户运行"
                    .to_owned(),
            )
        })?;
        Ok(Self(folder.join("gongbao")))
    }

    /// Returns the user's home folder as the system knows it, for a program that was started without an environment.
    fn without_environment() -> Option<PathBuf> {
        std::env::home_dir().filter(|path| path.is_absolute()).map(|home| home.join(".config"))
    }

    /// Reads the secret, or creates it. A file that others can read is replaced.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub(super) fn secret(&self) -> Result<Secret, Failure> {
        let path = self.0.join("serve.key");
        let read = read_private(&path).and_then(|read| match read {
            // What others could read is no secret any more.
            Read::Unusable => remove(&path).map(|()| None).map_err(|error| error.error),
            Read::Secret(bytes) => Ok(Some(bytes)),
            Read::Missing => Ok(None),
        });
        match read {
            Ok(Some(bytes)) => Ok(Secret::new(bytes)),
            Ok(None) => {
                let bytes = random()?;
                create_private(&path, format!("{}\n", hex(&bytes)).as_bytes())?;
                // Another start may have created it at the same time.
                match read_private(&path) {
                    Ok(Read::Secret(bytes)) => Ok(Secret::new(bytes)),
                    _ => Ok(Secret::new(bytes)),
                }
            }
            Err(error) => Err(Failure(format!("“{}”读不出来：{error}。请检查它的权限", path.to_text()))),
        }
    }

    /// Returns the port that a folder had last.
    pub(super) fn port(&self, folder: &str) -> Option<u16> {
        text_of(&self.port_file(folder)).ok()?.trim().parse().ok()
    }

    /// Remembers the port of a folder. A failure has no consequences but another port next time.
    pub(super) fn remember_port(&self, folder: &str, port: u16) {
        let _ = save_private(&self.port_file(folder), format!("{port}\n").as_bytes());
    }

    /// Writes a private file for the browser and returns its path.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn private_page(&self, html: &str) -> Result<PathBuf, Failure> {
        let path = self.0.join("打开填报页面.html");
        save_private(&path, html.as_bytes())?;
        Ok(path)
    }

    fn port_file(&self, folder: &str) -> PathBuf {
        let digest = sha256(folder.as_bytes());
        self.0.join("ports").join(digest.trim_start_matches("sha256:"))
    }
}

/// What the file of the secret holds.
enum Read {
    /// 32 bytes in hexadecimal.
    Secret([u8; 32]),
    /// The file does not exist.
    Missing,
    /// It has other contents, or others can read it.
    Unusable,
}

/// Reads the file of the secret.
fn read_private(path: &Path) -> io::Result<Read> {
    let text = match text_of(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Read::Missing),
        text => text?,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if std::fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
            return Ok(Read::Unusable);
        }
    }
    let digits = text.trim().as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 2 * bytes.len() {
        return Ok(Read::Unusable);
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let pair = std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let Some(pair) = pair else { return Ok(Read::Unusable) };
        *byte = pair;
    }
    Ok(Read::Secret(bytes))
}

/// Reads a small text file.
fn text_of(path: &Path) -> io::Result<String> {
    let bytes = gongbao_core::file::read(path, gongbao_core::file::LARGEST_SETTINGS)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
