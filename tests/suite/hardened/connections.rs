//! Connections to the local server end in time, there is a bound on them, and headers are read strictly.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use super::{SAMPLE, office, report};
use crate::serve::client::Server;

#[test]
fn half_a_request_ends_its_connection_and_others_are_answered() {
    let office = office();
    office.file(SAMPLE, report());
    let server = Server::start(&office.path(""));
    let start = Instant::now();
    let mut slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
            stream.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("sent");
            stream
        })
        .collect();
    // Meanwhile the page is served.
    assert_ne!(server.get("/").status, 500);
    for stream in &mut slow {
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        let mut answer = Vec::new();
        let ended = stream.read_to_end(&mut answer);
        assert!(ended.is_ok(), "{ended:?} after {:?}", start.elapsed());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn more_connections_than_the_bound_wait() {
    let office = office();
    office.file(SAMPLE, report());
    let server = Server::start(&office.path(""));
    let idle: Vec<TcpStream> =
        (0..300).filter_map(|_| TcpStream::connect(("127.0.0.1", server.port)).ok()).collect();
    std::thread::sleep(Duration::from_secs(1));
    // On Linux each connection that was accepted is a file of the process.
    if let Ok(files) = std::fs::read_dir(format!("/proc/{}/fd", server.id())) {
        let files = files.count();
        assert!(files < 200, "{files} open files");
    }
    drop(idle);
    assert_ne!(server.get("/").status, 500);
}

#[test]
fn a_header_that_decides_is_written_once_and_addresses_name_no_other_host() {
    let office = office();
    office.file(SAMPLE, report());
    let server = Server::start(&office.path(""));
    let host = server.host();
    let twice: [(&str, &str, &str); 4] = [
        ("Sec-Fetch-Site", "same-origin", "cross-site"),
        ("Sec-Fetch-Site", "none", "none"),
        ("X-Gongbao", "1", "2"),
        ("Origin", &format!("http://{host}"), &format!("http://{host}")),
    ];
    for (name, first, second) in twice {
        let headers = [("Host", &*host), (name, first), (name, second)];
        let reply = server.request("GET /api/reports", &headers, b"");
        assert!(matches!(reply.status, 400 | 403), "{name}: {reply:?}");
    }
    for line in [
        "GET http://evil.example/api/reports",
        "GET https://evil.example/",
        "GET http://127.0.0.1:1/api/reports",
    ] {
        let reply = server.request(line, &[("Host", &host)], b"");
        assert!(matches!(reply.status, 400 | 403), "{line}: {reply:?}");
    }
}
