//! Differences between two versions of a report, as the page shows them.

use serde::Serialize;

use gongbao_core::{
    history::{Difference, DifferenceKind, differences},
    report::{Edit, Piece, ReportFile, WITHDRAWN, printed_value},
};

/// The answer of `GET /api/difference`.
#[derive(Debug, Serialize)]
pub(super) struct Differences {
    pub(super) changes: Vec<DifferenceView>,
}

/// One difference.
#[derive(Debug, Serialize)]
pub(super) struct DifferenceView {
    path: String,
    place: String,
    kind: &'static str,
    old: String,
    new: String,
    /// For texts: what was kept, deleted and inserted.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Vec<PieceView>>,
}

/// A part of a changed text.
#[derive(Debug, Serialize)]
struct PieceView {
    op: &'static str,
    text: String,
}

impl Differences {
    /// Compares two versions.
    pub(super) fn between(old: &ReportFile, new: &ReportFile) -> Self {
        Self { changes: differences(old, new).iter().map(DifferenceView::new).collect() }
    }

    /// Returns a summary in words: the first place, and the number of others.
    pub(super) fn summary(&self) -> String {
        match self.changes.as_slice() {
            [] => "没有改动内容".to_owned(),
            [one] => format!("之后改了{}", one.place),
            [first, ..] => format!("之后改了{}等{}处", first.place, self.changes.len()),
        }
    }
}

impl DifferenceView {
    fn new(difference: &Difference) -> Self {
        let piece = |piece: Piece| PieceView {
            op: match piece.edit {
                Edit::Kept => "kept",
                Edit::Deleted => "deleted",
                Edit::Inserted => "inserted",
            },
            text: piece.text,
        };
        let is_text = difference.kind == DifferenceKind::Text && !difference.is_withdrawn();
        Self {
            path: difference.path.clone(),
            place: difference.place.to_string(),
            kind: match difference.kind {
                DifferenceKind::Head => "head",
                DifferenceKind::Figure => "figure",
                DifferenceKind::Text => "text",
            },
            old: if difference.is_withdrawn() {
                format!("（{WITHDRAWN}）")
            } else {
                printed_value(&difference.old)
            },
            new: printed_value(&difference.new),
            words: is_text.then(|| difference.pieces().into_iter().map(piece).collect()),
        }
    }
}
