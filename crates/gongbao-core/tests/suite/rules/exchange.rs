//! Figures in each other's place, or in the wrong column, of 表三.

use gongbao_core::{check, finding::Finding};

use super::Draft;

const HANDLED: &str =
    "[applications.handled]\ngranted = [30, 4, 0, 0, 2, 0, 36]\ntotal = [30, 4, 0, 0, 2, 0, 36]";

fn found(new: &str, handled: &str) -> Vec<Finding> {
    let tables = format!("[applications]\nnew = {new}\n{handled}\n");
    check::arithmetic(&Draft { tables, ..Draft::default() }.file(), None)
}

#[track_caller]
fn hint(new: &str, handled: &str) -> String {
    let found = found(new, handled);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule.code(), "S1");
    found[0].advice().unwrap_or_default()
}

#[test]
fn two_cells_of_a_row_in_each_others_place_are_named() {
    let hint = hint("[4, 30, 0, 0, 2, 0, 36]", HANDLED);
    assert!(hint.contains("“自然人”和“商业企业”很可能填反了：对调成 30 和 4"), "{hint}");
    assert!(hint.contains("一、本年新收"), "{hint}");
}

#[test]
fn a_figure_in_the_wrong_column_is_named() {
    let hint = hint("[30, 4, 0, 2, 0, 0, 36]", HANDLED);
    assert!(hint.contains("的 2 很可能填错了一栏：从“社会公益组织”移到“法律服务机构”"), "{hint}");
}

#[test]
fn failures_that_no_exchange_explains_stay_apart() {
    // 3 too many here, 3 too few there, and no two cells that differ by 3.
    assert_eq!(found("[33, 1, 0, 0, 2, 0, 36]", HANDLED).len(), 2);
    // Two rows could have been exchanged: nobody can tell which.
    let two = "carried_in = [4, 30, 0, 0, 0, 0, 34]\n[applications.handled]\ngranted = [60, 8, 0, 0, 2, 0, 70]\n\
               total = [60, 8, 0, 0, 2, 0, 70]";
    assert!(
        found("[30, 4, 0, 0, 2, 0, 36]", two)
            .iter()
            .all(|finding| { !finding.advice().is_some_and(|hint| hint.contains("移到")) })
    );
}
