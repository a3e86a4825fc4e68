//! Reading report files, by the sentences of `docs/data-format.md`.

mod another_form;
mod figures;
pub(crate) mod files;
mod head;
mod notations;
mod office;
mod passages;
mod placeholders;
mod schema;
mod texts;
mod whole;
mod writing;
