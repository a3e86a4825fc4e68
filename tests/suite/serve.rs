//! `gongbao serve` and `gongbao watch`: requests of a browser and of an attacker, and the page in a browser.

mod browser;
pub(crate) mod client;
mod filling;
mod foreign;
mod input;
mod kept;
mod many;
mod package;
mod pages;
mod trust;
mod watch;
mod year;
