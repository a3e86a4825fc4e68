//! `gongbao status` and `gongbao rollup` for the collecting office of a county.

mod county;
mod fifty;
mod refused;
mod rollup;
mod small;
mod workbook;
