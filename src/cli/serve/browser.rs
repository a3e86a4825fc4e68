//! Opening the browser on a private file that posts the one-time code, so that no address and no command line has it.

use std::net::SocketAddr;

use super::home::Home;

/// Opens the browser; returns whether a program for it was found.
pub(super) fn open(home: &Home, address: SocketAddr, code: &str) -> bool {
    home.private_page(&page(address, code)).is_ok_and(|path| open::that_detached(path).is_ok())
}

/// Returns a page that posts the code to the server. The code has no character that HTML would need escaped.
fn page(address: SocketAddr, code: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<title>正在打开填报页面</title>\n\
<form method=\"post\" action=\"http://{address}/enter\">\n<input type=\"hidden\" name=\"code\" value=\"{code}\">\n\
<p>正在打开填报页面。没有反应的，请点这里：<button>打开</button></p>\n</form>\n\
<script>document.forms[0].submit();</script>\n</html>\n"
    )
}
