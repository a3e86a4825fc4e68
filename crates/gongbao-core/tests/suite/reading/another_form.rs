//! A form of a user's own.

use gongbao_core::{
    report::{self, Scope, to_json},
    syntax::Format,
};
use gongbao_test_support::made::OWN;

use super::files::*;

#[test]
fn a_form_of_a_users_own_is_read_and_written() {
    let reading = toml(OWN);
    tells(&reading, &[]);
    let file = file(reading);
    let report = &file.report;
    assert_eq!(cell(report, "training.courses.online.sum"), "7");
    assert_eq!(cell(report, "training.held.city"), "10");
    assert_eq!(cell(report, "training.held.sum"), "15");
    assert_eq!(cell(report, "training.extra[1].sum"), "2");
    assert_eq!(cell(report, "training.money.value"), "2.25");
    let text = report::expand(report, &file.form, &report.texts["summary"][0]).text;
    assert_eq!(text, "培训16次，举办15次，支出2.25。");
    let json = to_json(report, &file.form, Scope::Public);
    let again = read_as(&json, Format::Json);
    tells(&again, &[]);
    assert_eq!(&self::report(again), report);

    let reading = toml(&changed(
        OWN,
        &[
            ("cancelled = [1, 1, 0]", "cancelled = [1000, 0]"),
            ("online = { city = 5, county = 2 }", "online = { city = 5 }"),
            ("summary = ", "overview = "),
        ],
    ));
    tells(
        &reading,
        &[
            ("unknown-key overview", "overview"),
            ("missing training.cancelled.county", "[1000, 0]"),
            ("shape training.cancelled.sum", "1000"),
            ("missing training.courses.online.county", "{ city = 5 }"),
            ("missing summary", ""),
        ],
    );
}
