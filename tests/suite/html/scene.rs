//! The reports of these tests: both samples, and one with hostile texts and the longest figures.

use std::sync::OnceLock;

use gongbao_core::form;
use gongbao_test_support::{Office, sample};

use crate::{figures::figures_of, program::new_office};

/// A file name with characters that addresses, tags and shells interpret, as far as Windows allows them.
pub(crate) const HOSTILE: &str = "甲&乙 #1%41;'x'";
/// All reports.
pub(crate) const STEMS: [&str; 3] = ["pengyang-jgsw-2020", "shanghai-gov-office-2025", HOSTILE];
/// Texts that are code in HTML, templates or addresses.
pub(crate) const TRAPS: [&str; 6] = [
    "<script>alert(1)</script>",
    "]]></style></head><img src=x onerror=alert(2)>",
    "&amp;&lt;&#60;&copy",
    "<!--<b onclick='x'>",
    "{{{{x}}",
    "javascript:alert(3)//",
];

/// Builds all reports once, and their site in `www`.
pub(crate) fn built() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let office = new_office();
        for stem in STEMS {
            office.file(&format!("in/{stem}.toml"), toml(stem));
        }
        let run = office.run(["build", "in", "--only", "web,html"]);
        assert_eq!(run.code, 0, "{run:#?}");
        let run = office.run(["site", "out", "-o", "www"]);
        assert_eq!(run.code, 0, "{run:#?}");
        office
    })
}

/// Returns the report file of a STEM.
pub(crate) fn toml(stem: &str) -> String {
    if stem == HOSTILE {
        return hostile();
    }
    std::fs::read_to_string(sample(&format!("{stem}.toml"))).expect("sample")
}

/// Returns the Shanghai sample with hostile texts in every field, the longest figures, an extra row and a date.
fn hostile() -> String {
    let toml = toml("shanghai-gov-office-2025");
    let traps = TRAPS.join("，");
    let head = format!(
        "date = 2026-01-28\npreface = '''\n{traps}，www.example.gov.cn/<x>&y=\"1\"，{}。\n'''\noverview = '''\n（一）{}\n1.主动公开\n正文。\n2.依申请公开\n正文。\n（二）其他。1.5倍。\n1.门户网站；\n2.新媒体。\n",
        "a".repeat(300),
        TRAPS[0]
    );
    let toml = replace(&toml, "preface = \"\"\"", "unused = \"\"\"");
    let (start, end) =
        (toml.find("unused = ").expect("preface"), toml.find("overview = \"\"\"\n").expect("overview"));
    let after = end + "overview = \"\"\"\n".len();
    let rest = toml[after..].replacen("\"\"\"", "'''", 1);
    let toml = format!("{}{head}{rest}", &toml[..start]);
    let toml = replace(&toml, "name = \"", "name = \"<i>&'</i>");
    let toml = replace(&toml, "title = \"2025年", "title = \"<i>&'</i>2025年");
    // The longest figures that the form allows, each sum still holding: 新收 and 结转 on both sides.
    let toml = replace(&toml, "licences = 0", "licences = 999999999999");
    let toml = replace(&toml, "[1259, 36, 0, 0, 0, 0, 1295]", "[900001259, 36, 0, 0, 0, 0, 900001295]");
    let toml = replace(&toml, "[290, 3, 0, 0, 0, 0, 293]", "[900000290, 3, 0, 0, 0, 0, 900000293]");
    toml + &format!(
        "\n[[disclosure.extra]]\nafter = \"normative_documents\"\nlabel = '{}'\nfigures = [1, {{ value = 2, note = '{}' }}, 3]\n",
        TRAPS[0], TRAPS[0]
    )
}

fn replace(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

/// A figure and its cell, taken from the report file and the form.
#[derive(Debug)]
pub(crate) struct Placed {
    /// Index of the table.
    pub(crate) table: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) text: String,
}

/// Returns all figures of a sample with their cells in the official tables.
pub(crate) fn placed(stem: &str) -> Vec<Placed> {
    let text = toml(stem);
    let mut figures = figures_of(&text);
    let value: toml::Value = toml::from_str(&text).expect("TOML");
    let year = value["year"].as_integer().and_then(|year| u16::try_from(year).ok()).expect("year");
    let form = form::by_year(year).expect("forms").expect("form");
    let mut placed = Vec::new();
    for (number, (key, table)) in form.tables().enumerate() {
        for cell in table.grid(&[]).expect("grid").cells() {
            let form::CellKind::Figure { path, .. } = &cell.kind else { continue };
            let text = figures.remove(&format!("{key}.{path}")).expect("a figure");
            placed.push(Placed { table: number, row: cell.y, column: cell.x, text });
        }
    }
    assert!(figures.is_empty(), "every figure has a place");
    placed
}
