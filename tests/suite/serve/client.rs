//! A running server and a client that sends requests byte by byte, without a library that would correct them.

use gongbao_test_support::repository;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};

use crate::program::PROGRAM;

/// A running server, ended with the test.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
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
        let mut child = Command::new(PROGRAM)
            .args(["serve", ".", "--no-open"])
            .args(arguments)
            .current_dir(folder)
            .env("GONGBAO_FONTS", repository().join("fonts"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("an address");
        let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        Self { port: port.unwrap_or_else(|| panic!("no port in {line:?}")), child }
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
        let mut request =
            format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
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
