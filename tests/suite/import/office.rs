//! Old Office files through LibreOffice: their content, and that neither macros nor links do anything.

use std::{
    io::Read,
    net::TcpListener,
    process::Command,
    sync::mpsc,
    time::{Duration, Instant},
};

use gongbao_test_support::{judges, page::whole};

use crate::program::new_office;

/// Whether LibreOffice is installed.
fn has_office() -> bool {
    judges::output("soffice", Command::new("soffice").arg("--version")).is_some()
}

#[test]
fn an_rtf_file_is_read_and_links_are_not_followed() {
    if !has_office() {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (told, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut start = [0; 64];
            let _ = stream.read(&mut start);
            if told.send(String::from_utf8_lossy(&start).into_owned()).is_err() {
                break;
            }
        }
    });
    let office = new_office();
    office.file("a.html", whole());
    // LibreOffice writes the RTF file; the link and the field are added to it.
    let out = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", office.path("profile").display()))
        .args(["--headless", "--convert-to", "rtf:Rich Text Format", "--outdir"])
        .arg(office.path("made"))
        .arg(office.path("a.html"))
        .output()
        .expect("LibreOffice");
    assert!(out.status.success(), "{out:#?}");
    let rtf = office.text("made/a.rtf");
    let link = format!(
        "{{\\field{{\\*\\fldinst INCLUDEPICTURE \"http://127.0.0.1:{port}/a.png\" }}{{\\fldrslt x}}}}\\par}}"
    );
    let (body, _) = rtf.rsplit_once('}').expect("an end");
    office.file("b.rtf", format!("{body}{link}"));
    let start = Instant::now();
    let run = office.run(["import", "b.rtf", "-o", "b.toml"]);
    assert!(start.elapsed() < Duration::from_secs(70), "{:?}", start.elapsed());
    assert!(run.stdout.contains("表三175格全部读出"), "{run:#?}");
    assert_eq!(asked.recv_timeout(Duration::from_millis(500)).ok(), None);
    // An audit does not start LibreOffice unasked.
    let run = office.run(["audit", "b.rtf"]);
    assert_eq!(run.code, 2, "{run:#?}");
    let run = office.run(["audit", "b.rtf", "--office", "--json"]);
    assert!(
        run.stdout.contains("\"state\": \"read\"") || run.stdout.contains("\"state\": \"partial\""),
        "{run:#?}"
    );
}
