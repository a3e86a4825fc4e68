//! `gongbao status` as a county office uses it.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod county;
mod fifty;
mod refused;
mod small;
mod workbook;
