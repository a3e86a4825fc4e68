//! The server answers only its own page, and no path leaves the folder.

use gongbao_test_support::sample;
use serde_json::json;

use super::client::{Server, encoded, version};
use crate::program::{new_office, office_with};

const SAMPLE: &str = "pengyang-jgsw-2020.toml";

#[test]
fn requests_with_a_foreign_host_origin_or_site_are_refused() {
    let office = office_with(SAMPLE);
    let before = office.read(SAMPLE);
    let server = Server::start(&office.path(""));
    let (host, port) = (server.host(), server.port);
    let base = version(&server.report(SAMPLE));
    let edit =
        json!({"file": SAMPLE, "base": base, "edits": [{"path": "applications.new.natural", "value": "9"}]});
    let body = edit.to_string();
    let json = ("Content-Type", "application/json");
    let (own, other) = (format!("http://{host}"), format!("http://127.0.0.1:{}", port - 1));
    let evil = format!("evil.example:{port}");
    // A foreign name that resolves to this machine, another server on this machine, a page without an origin.
    let refused: [&[(&str, &str)]; 10] = [
        &[("Host", &evil), json, ("X-Gongbao", "1")],
        &[("Host", "127.0.0.1"), json, ("X-Gongbao", "1")],
        &[("Host", "127.0.0.1:1"), json, ("X-Gongbao", "1")],
        &[json, ("X-Gongbao", "1")],
        &[("Host", &host), ("Host", &evil), json, ("X-Gongbao", "1")],
        &[("Host", &host), ("Origin", "https://evil.example"), json, ("X-Gongbao", "1")],
        &[("Host", &host), ("Origin", &other), json, ("X-Gongbao", "1")],
        &[("Host", &host), ("Origin", "null"), json, ("X-Gongbao", "1")],
        &[("Host", &host), ("Origin", &own), json],
        &[("Host", &host), ("Sec-Fetch-Site", "same-site"), json, ("X-Gongbao", "1")],
    ];
    for headers in refused {
        let reply = server.request("POST /api/edit", headers, body.as_bytes());
        assert!(matches!(reply.status, 400 | 403), "{headers:?}: {reply:?}");
        // Reading is refused as well, except without X-Gongbao, which only changes need.
        if headers.iter().any(|(name, value)| *name == "X-Gongbao" && *value == "1") {
            let reply = server.request("GET /api/reports", headers, b"");
            assert!(matches!(reply.status, 400 | 403), "{headers:?}: {reply:?}");
        }
    }
    // A preflight request of a foreign page is not granted.
    let ask =
        [("Host", &*host), ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")];
    let reply = server.request("OPTIONS /api/edit", &ask, b"");
    assert_eq!(reply.status, 403);
    assert!(!reply.head.to_ascii_lowercase().contains("access-control-allow"), "{}", reply.head);
    // A form of a foreign page can send text but not JSON.
    let text = [("Host", &*host), ("X-Gongbao", "1"), ("Content-Type", "text/plain")];
    assert_eq!(server.request("POST /api/edit", &text, body.as_bytes()).status, 415);
    assert_eq!(office.read(SAMPLE), before);
    // The same request of the server's own page is carried out.
    assert_eq!(server.post("/api/edit", &edit).status, 200);
    assert_ne!(office.read(SAMPLE), before);
}

#[test]
fn every_response_has_the_security_headers() {
    let office = office_with(SAMPLE);
    let server = Server::start(&office.path(""));
    let evil = [("Host", "evil.example")];
    let refused = server.request("GET /", &evil, b"");
    assert_eq!(refused.status, 403);
    for reply in [server.get("/"), server.get("/api/reports"), server.get("/none"), refused] {
        for line in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(reply.head.to_ascii_lowercase().contains(line), "{line} in {}", reply.head);
        }
    }
}

#[test]
fn no_path_leaves_the_folder() {
    let office = new_office();
    let folder = office.path("reports");
    std::fs::create_dir_all(folder.join("inner")).expect("a folder");
    let sample = std::fs::read(sample(SAMPLE)).expect("a sample");
    office.file("outside.toml", &sample);
    office.file("reports/in.toml", &sample);
    office.file("reports/.hidden.toml", &sample);
    office.file("reports/out/in/public/in.pdf", b"%PDF");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(office.path("outside.toml"), folder.join("link.toml")).expect("a link");
        std::os::unix::fs::symlink(office.path(""), folder.join("up")).expect("a link");
        std::os::unix::fs::symlink(office.path("outside.toml"), folder.join("out/in/link.toml"))
            .expect("a link");
    }
    let server = Server::start(&folder);
    let absolute = office.path("outside.toml").display().to_string();
    let tricks = [
        "../outside.toml",
        "inner/../../outside.toml",
        "..%2foutside.toml",
        "./in.toml",
        "inner//../in.toml",
        "..\\outside.toml",
        "inner\\..\\..\\outside.toml",
        "C:\\outside.toml",
        "C:outside.toml",
        "in.toml\0",
        "in.toml:stream",
        "link.toml",
        "up/outside.toml",
        ".hidden.toml",
        ".gongbao/.gongbao.lock",
        "out/in/public/in.pdf",
        "",
        "/",
        &absolute,
    ];
    for trick in tricks {
        // Encoded once, as by a browser, and twice, for servers that decode twice.
        for sent in [encoded(trick), encoded(&encoded(trick))] {
            for path in ["/api/report?file=", "/api/pages?file=", "/api/saves?file=", "/api/version?file="] {
                let reply = server.get(&format!("{path}{sent}"));
                assert!(matches!(reply.status, 400 | 404), "{trick}: {reply:?}");
            }
            for path in ["/api/output?id=00&file=", "/api/outputs?file=", "/api/correction?file="] {
                let reply = server.get(&format!("{path}{sent}"));
                assert!(matches!(reply.status, 400 | 404), "{trick}: {reply:?}");
            }
        }
        let edits = json!([{"path": "applications.new.natural", "value": "9"}]);
        assert!(matches!(server.edit(trick, "x", &edits).status, 400 | 404), "{trick}");
        if !trick.is_empty() {
            let new = json!({"agency": "某县民政局", "year": 2024, "file": trick});
            assert!(matches!(server.post("/api/new", &new).status, 400 | 422), "{trick}");
            let rename = json!({"file": "in.toml", "name": trick});
            assert!(matches!(server.post("/api/rename", &rename).status, 400 | 422), "{trick}");
        }
    }
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/outside.toml",
        "/..%2foutside.toml",
        "/api/../../outside.toml",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(office.read("outside.toml"), sample);
    assert_eq!(server.get("/api/report?file=in.toml").status, 200);
    // An output is named by its id; a path is no id.
    assert_eq!(server.get("/api/output?file=in.toml&id=public/in.pdf").status, 404);
}

#[test]
fn a_request_that_is_too_large_is_refused() {
    let office = office_with(SAMPLE);
    let server = Server::start(&office.path(""));
    let host = server.host();
    // With a large Content-Length, and chunked without one.
    let announced = format!(
        "POST /api/edit HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nConnection: close\r\nX-Gongbao: 1\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n",
        server.cookie
    );
    assert_eq!(server.send(announced.as_bytes()).expect("an answer").status, 413);
    let mut chunked = format!(
        "POST /api/import?name=a.docx HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nConnection: close\r\nX-Gongbao: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.cookie
    )
    .into_bytes();
    for _ in 0..22 {
        chunked.extend_from_slice(b"100000\r\n");
        chunked.resize(chunked.len() + (1 << 20), b'x');
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    // The server may close the connection before all is sent; it must still answer the next request.
    let reply = server.send(&chunked);
    assert!(reply.is_none_or(|reply| reply.status == 413));
    for odd in
        ["", "[]", "null", "{", "{\"file\": 1}", "{\"file\": \"pengyang-jgsw-2020.toml\", \"base\": \"\"}"]
    {
        let headers = [("Host", &*host), ("X-Gongbao", "1"), ("Content-Type", "application/json")];
        let reply = server.request("POST /api/edit", &headers, odd.as_bytes());
        assert_eq!(reply.status, 400, "{odd}: {reply:?}");
    }
    assert_eq!(server.get("/api/reports").status, 200);
}

/// Another user of the machine can connect, but has no cookie.
#[test]
fn without_the_cookie_nothing_is_answered() {
    let office = office_with(SAMPLE);
    let before = office.read(SAMPLE);
    let mut server = Server::start(&office.path(""));
    let base = version(&server.report(SAMPLE));
    let own = std::mem::take(&mut server.cookie);
    let port = server.port;
    let (name, value) = own.split_once('=').expect("a cookie");
    assert_eq!(name, format!("gongbao-{port}"));
    let cut = &value[..value.len() - 1];
    for cookie in
        [String::new(), format!("{name}="), format!("{name}={cut}"), format!("gongbao-{}={value}", port + 1)]
    {
        server.cookie = cookie;
        for path in
            ["/api/reports", &format!("/api/report?file={SAMPLE}"), "/assets/main.js", "/assets/index.html"]
        {
            assert_eq!(server.get(path).status, 401, "{path} {}", server.cookie);
        }
        let page = server.get("/");
        assert!(String::from_utf8_lossy(&page.body).contains("一次性口令"), "the entrance");
        let edits = json!([{"path": "applications.new.natural", "value": "9"}]);
        assert_eq!(server.edit(SAMPLE, &base, &edits).status, 401);
    }
    assert_eq!(office.read(SAMPLE), before);
    // Guessed codes open nothing, and what a stranger registers neither.
    assert!(server.redeem("aaaaaaaaaaaa").is_none());
    let hello = server.post("/hello", &json!({"nonce": "0"})).ok();
    let admit = json!({"nonce": hello["nonce"], "code": "aaaaaaaaaaaa", "proof": hello["proof"]});
    assert_eq!(server.post("/admit", &admit).status, 403);
    assert!(server.redeem("aaaaaaaaaaaa").is_none());
    server.cookie = own;
    assert_eq!(server.get("/api/reports").status, 200);
}

#[cfg(unix)]
#[test]
fn the_secret_is_private_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let office = office_with(SAMPLE);
    let first = Server::start(&office.path(""));
    let (port, cookie) = (first.port, first.cookie.clone());
    drop(first);
    let key = super::client::home().join("gongbao/serve.key");
    let mode = key.metadata().expect("a secret").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let second = Server::start(&office.path(""));
    assert_eq!((second.port, &second.cookie), (port, &cookie), "a page left open finds its server again");
}
