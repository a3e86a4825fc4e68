//! The web page, the fragment for a portal's editor, and the site, built by the program and opened in a
//! browser.

mod browser;
mod corrected;
mod drawn;
mod files;
mod hostile;
mod said;
mod scene;
mod site;
