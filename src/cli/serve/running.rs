//! A server that already runs: it is asked for a proof before anything of it is opened.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use gongbao_core::digest::hex;
use serde::Serialize;

use crate::serve::{AdmitRequest, Hello, HelloRequest, Secret, code_parts, random, server_parts};

/// Time in which the server must answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Maximum size of an answer.
const MOST: u64 = 64 << 10;

/// Registers a one-time code with the server on a port, if the server proves that it is one of the same user for the same
/// folder. Returns whether it did.
pub(super) fn admit(port: u16, secret: &Secret, folder: &str, code: &str) -> bool {
    try_admit(port, secret, folder, code).unwrap_or(false)
}

fn try_admit(port: u16, secret: &Secret, folder: &str, code: &str) -> io::Result<bool> {
    let (number, nonce) = (port.to_string(), hex(&random()?));
    let answer = post(port, "/hello", &HelloRequest { nonce: nonce.clone() })?;
    let Some(hello) = answer.and_then(|body| serde_json::from_slice::<Hello>(&body).ok()) else {
        return Ok(false);
    };
    if hello.proof != secret.proof(&server_parts(&number, folder, &nonce, &hello.nonce)) {
        return Ok(false);
    }
    let proof = secret.proof(&code_parts(&number, folder, &hello.nonce, code));
    let request = AdmitRequest { nonce: hello.nonce, code: code.to_owned(), proof };
    Ok(post(port, "/admit", &request)?.is_some())
}

/// Sends a request and returns the body of the answer; `None` if its status is not 200.
fn post(port: u16, path: &str, body: &impl Serialize) -> io::Result<Option<Vec<u8>>> {
    let body = serde_json::to_vec(body)?;
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nX-Gongbao: 1\r\n\
Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), &body].concat())?;
    let mut answer = Vec::new();
    stream.take(MOST).read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    Ok(end.filter(|_| answer.starts_with(b"HTTP/1.1 200 ")).map(|end| answer[end + 4..].to_vec()))
}
