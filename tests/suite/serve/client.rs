//! A running server and a client that sends requests byte by byte, without a library that would correct them.

use gongbao_test_support::repository;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

use serde_json::{Value, json};

use crate::program;

/// A running server, ended with the test.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    pub(crate) port: u16,
    /// The cookie that the server gave for its one-time code.
    pub(crate) cookie: String,
}

/// The configuration folder of all servers of the tests.
pub(crate) fn home() -> &'static Path {
    static HOME: OnceLock<tempfile::TempDir> = OnceLock::new();
    HOME.get_or_init(|| tempfile::tempdir().expect("a folder")).path()
}

/// A response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the JSON of a response with status 200.
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// Starts a server with more arguments.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(program::path())
            .args(["serve", ".", "--no-open"])
            .args(arguments)
            .current_dir(folder)
            .env("GONGBAO_FONTS", repository().join("fonts"))
            .env("XDG_CONFIG_HOME", home())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server");
        let (mut line, mut code) = (String::new(), String::new());
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("an address");
        output.read_line(&mut code).expect("a code");
        let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no port in {line:?}"));
        let mut server = Self { folder: folder.to_owned(), port, child, cookie: String::new() };
        server.cookie = server.redeem(code.trim()).unwrap_or_else(|| panic!("{code:?} is not accepted"));
        server
    }

    /// Redeems a one-time code; returns the cookie.
    pub(crate) fn redeem(&self, code: &str) -> Option<String> {
        let form = ("Content-Type", "application/x-www-form-urlencoded");
        let body = format!("code={code}");
        let reply = self.request("POST /enter", &[("Host", &self.host()), form], body.as_bytes());
        let head = reply.head.lines().find_map(|line| line.strip_prefix("set-cookie: "))?;
        head.split(';').next().map(str::to_owned)
    }

    /// Returns another one-time code, as a second start of the program gives it.
    pub(crate) fn new_code(&self) -> String {
        let run = Command::new(program::path())
            .args(["serve", ".", "--no-open"])
            .current_dir(&self.folder)
            .env("GONGBAO_FONTS", repository().join("fonts"))
            .env("XDG_CONFIG_HOME", home())
            .output()
            .expect("a run");
        let output = String::from_utf8(run.stdout).expect("UTF-8");
        output.lines().nth(1).unwrap_or_else(|| panic!("no code in {output:?}")).to_owned()
    }

    /// Kills the server.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends bytes unchanged and returns the response, if there is one.
    pub(crate) fn send(&self, request: &[u8]) -> Option<Reply> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
        // A server that refuses a body need not read all of it.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        if bytes.is_empty() {
            read.ok()?;
        }
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Reply { status, head, body: bytes[end + 4..].to_vec() })
    }

    /// Sends a request with these headers and `Connection`.
    pub(crate) fn request(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut request = format!(
            "{line} HTTP/1.1\r\nConnection: close\r\nCookie: {}\r\nContent-Length: {}\r\n",
            self.cookie,
            body.len()
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        let bytes = [request.as_bytes(), b"\r\n", body].concat();
        self.send(&bytes).unwrap_or_else(|| panic!("no answer to {line}"))
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.request(&format!("GET {path}"), &[("Host", &self.host())], b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        let host = self.host();
        let origin = format!("http://{host}");
        let headers = [
            ("Host", &*host),
            ("Origin", &*origin),
            ("X-Gongbao", "1"),
            ("Content-Type", "application/json"),
        ];
        self.request(&format!("POST {path}"), &headers, body.to_string().as_bytes())
    }

    pub(crate) fn report(&self, file: &str) -> Value {
        self.get(&format!("/api/report?file={}", encoded(file))).ok()
    }

    pub(crate) fn edit(&self, file: &str, base: &str, edits: &Value) -> Reply {
        self.post("/api/edit", &json!({"file": file, "base": base, "edits": edits}))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Percent-encodes a text.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// Returns the version in a response.
pub(crate) fn version(value: &Value) -> String {
    value["version"].as_str().unwrap_or_else(|| panic!("no version in {value}")).to_owned()
}
