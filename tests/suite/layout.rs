//! The page layout of GB/T 9704-2012 and the official tables, measured on finished PDFs.
//!
//! The expected measures are those of the standard, written here as numbers and not taken from the template.

use gongbao_test_support::{Office, SAMPLES, judges, sample};
use serde_json::Value;

use crate::program::{built_samples, new_office};

const MM: f64 = 72.0 / 25.4;
/// 3号.
const BODY: f64 = 16.0;
/// 22 lines fill 225 mm: (225 mm − 16 pt) / 21.
const PITCH: f64 = (225.0 * MM - BODY) / 21.0;
/// The baseline of the first line: the em box of the faces reaches 0.88 em above it.
const FIRST: f64 = 37.0 * MM + 0.88 * BODY;
const LEFT: f64 = 28.0;
const RIGHT: f64 = 28.0 + 156.0;

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("a number: {value}"))
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn is_hanzi(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Returns the lines of running text of a page: those of 16 pt.
fn body(page: &Value) -> Vec<&Value> {
    list(&page["lines"]).iter().filter(|line| (number(&line["size_pt"]) - BODY).abs() < 0.01).collect()
}

pub(crate) fn web(office: &Office, stem: &str) -> std::path::PathBuf {
    office.path(&format!("out/{stem}/public/{stem}.pdf"))
}

/// Returns what `read_pdf.py` reads from the public PDFs of both samples.
pub(crate) fn samples() -> Option<Vec<Value>> {
    judges::read_pdf(&SAMPLES.map(|stem| web(built_samples(), stem)))
}

/// Builds a sample with this text as chapter 一.
pub(crate) fn with_overview(text: &str) -> Office {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let (start, end) =
        (toml.find("overview = ").expect("overview"), toml.find("problems = ").expect("problems"));
    let toml = format!("{}overview = \"\"\"\n{text}\n\"\"\"\n{}", &toml[..start], &toml[end..]);
    office.file("made.toml", toml);
    let run = office.run(["build", "made.toml", "--only", "web"]);
    assert_eq!(run.code, 0, "{run:#?}");
    office
}

#[test]
fn lines_are_on_the_grid_within_the_type_area() {
    let Some(samples) = samples() else { return };
    for pdf in &samples {
        for (index, page) in list(&pdf["pages"]).iter().enumerate() {
            let after_table = |line: &Value| {
                list(&page["lines"]).iter().any(|other| {
                    number(&other["size_pt"]) < 12.0
                        && number(&other["baseline_pt"]) < number(&line["baseline_pt"])
                })
            };
            let mut previous: Option<f64> = None;
            for line in body(page) {
                let baseline = number(&line["baseline_pt"]);
                let text = &line["text"];
                if let Some(previous) = previous.filter(|_| !after_table(line)) {
                    let lines = (baseline - previous) / PITCH;
                    assert!((lines - lines.round()).abs() * PITCH < 0.05, "page {}: {text}", index + 1);
                }
                // After a table the lines keep their pitch, but may leave the grid.
                if !after_table(line) {
                    let phase = (baseline - FIRST) / PITCH;
                    assert!(
                        (phase - phase.round()).abs() * PITCH < 0.3,
                        "page {}: {text} at {baseline}",
                        index + 1
                    );
                }
                assert!(baseline - 0.88 * BODY > 37.0 * MM - 0.3 * MM, "{text}");
                assert!(baseline + 0.12 * BODY < 262.0 * MM + 0.3 * MM, "{text}");
                previous = Some(baseline);
                for c in list(&line["characters"]) {
                    if c["text"].as_str().is_some_and(|c| c.chars().all(is_hanzi)) {
                        assert!(
                            number(&c["x0_mm"]) > LEFT - 0.3 && number(&c["x1_mm"]) < RIGHT + 0.3,
                            "{text}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn twenty_two_lines_of_twenty_eight_hanzi_fill_a_page() {
    let office = with_overview(&"公开政府信息".repeat(500));
    let Some(read) = judges::read_pdf(&[web(&office, "made")]) else { return };
    let hanzi_alone = |page: &&Value| {
        body(page).iter().all(|line| line["text"].as_str().is_some_and(|text| text.chars().all(is_hanzi)))
    };
    let pages = list(&read[0]["pages"]);
    // The last page is not full.
    let mut full: Vec<&Value> =
        pages.iter().filter(|page| !body(page).is_empty()).filter(hanzi_alone).collect();
    full.pop();
    assert!(full.len() >= 3, "pages of hanzi alone: {}", full.len());
    for page in full {
        let lines = body(page);
        assert_eq!(lines.len(), 22);
        let (first, last) = (number(&lines[0]["baseline_pt"]), number(&lines[21]["baseline_pt"]));
        assert!((first - 0.88 * BODY - 37.0 * MM).abs() < 0.3 * MM, "the first line begins at 37 mm");
        assert!((last + 0.12 * BODY - 262.0 * MM).abs() < 0.3 * MM, "the last line ends at 262 mm");
        for pair in lines.windows(2) {
            let pitch = number(&pair[1]["baseline_pt"]) - number(&pair[0]["baseline_pt"]);
            assert!((pitch - 29.61).abs() < 0.05, "pitch {pitch}");
        }
        for line in lines {
            let text = line["text"].as_str().expect("text");
            assert_eq!(text.chars().count(), 28, "{text}");
            assert!(
                (number(&line["x0_mm"]) - LEFT).abs() < 0.3 && (number(&line["x1_mm"]) - RIGHT).abs() < 0.3
            );
        }
    }
}

#[test]
fn no_heading_is_last_on_a_page() {
    // Texts of every length put the heading on every line of a page.
    let office = new_office();
    let mut stems = Vec::new();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let at = toml.find("problems = \"\"\"\n").expect("problems") + "problems = \"\"\"\n".len();
    for lines in 0..22 {
        let stem = format!("made-{lines:02}");
        let padding = "公开\n".repeat(lines);
        office.file(
            &format!("in/{stem}.toml"),
            format!(
                "{}{padding}（一）存在的问题\n一二三四五六七八九十\n（二）改进的情况\n{}",
                &toml[..at],
                &toml[at..]
            ),
        );
        stems.push(stem);
    }
    let run = office.run(["build", "in", "--only", "web"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let files: Vec<_> = stems.iter().map(|stem| web(&office, stem)).collect();
    let Some(read) = judges::read_pdf(&files) else { return };
    let heading = |text: &str| {
        ["一、", "二、", "三、", "四、", "五、", "六、", "（一）", "（二）", "（三）", "（四）", "（五）"]
            .iter()
            .any(|ordinal| text.starts_with(ordinal))
            && !text.ends_with(['。', '，', '；'])
            && text.chars().count() < 24
    };
    for (pdf, stem) in read.iter().zip(&stems) {
        for page in list(&pdf["pages"]) {
            let number_line = |line: &&Value| number(&line["baseline_mm"]) < 262.5;
            let last = list(&page["lines"])
                .iter()
                .filter(number_line)
                .max_by(|a, b| number(&a["baseline_pt"]).total_cmp(&number(&b["baseline_pt"])));
            let text = last.and_then(|line| line["text"].as_str()).unwrap_or_default();
            assert!(!heading(text), "{stem}: “{text}” is last on page {}", page["number"]);
        }
    }
}

#[test]
fn page_numbers_are_where_the_standard_demands() {
    let Some(samples) = samples() else { return };
    for pdf in &samples {
        for (index, page) in list(&pdf["pages"]).iter().enumerate() {
            let wanted = format!("— {} —", index + 1);
            let line = list(&page["lines"])
                .iter()
                .find(|line| number(&line["baseline_mm"]) > 263.0)
                .unwrap_or_else(|| panic!("a number on page {}", index + 1));
            assert_eq!(line["text"], Value::from(wanted));
            assert_eq!(line["artifact"], true);
            assert!((number(&line["size_pt"]) - 14.0).abs() < 0.01);
            // One character from the outer edge of the type area.
            let one = 14.0 / MM;
            if index % 2 == 0 {
                assert!((RIGHT - number(&line["x1_mm"]) - one).abs() < 0.3, "right on page {}", index + 1);
            } else {
                assert!((number(&line["x0_mm"]) - LEFT - one).abs() < 0.3, "left on page {}", index + 1);
            }
            // The dash is about a third of an em above the baseline, with its upper edge 7 mm below the type area.
            let rise = number(&line["baseline_mm"]) - 269.0;
            assert!(rise > 0.0 && rise < 0.5 * one, "the 一字线 7 mm below the type area: {rise}");
        }
    }
}

#[test]
fn the_table_of_applications_is_on_one_page_with_its_heading() {
    let Some(samples) = samples() else { return };
    for pdf in &samples {
        let page = list(&pdf["pages"])
            .iter()
            .find(|page| {
                list(&page["lines"]).iter().any(|l| l["text"] == "三、收到和处理政府信息公开申请情况")
            })
            .expect("the chapter");
        let lines = list(&page["lines"]);
        let last = lines.iter().find(|line| line["text"] == "四、结转下年度继续办理").expect("the last row");
        assert!(number(&last["size_pt"]) >= 10.5);
        let tables: Vec<&Value> = list(&pdf["tables"])
            .iter()
            .filter(|t| t.to_string().contains("四、结转下年度继续办理"))
            .collect();
        assert_eq!(tables.len(), 1, "not cut in two");
    }
}

#[test]
fn no_figure_touches_a_rule() {
    let office = new_office();
    let mut toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let start = toml.find("[disclosure]").expect("tables");
    toml.truncate(start);
    let nine = "[111111111, 111111111, 111111111, 111111111, 111111111, 111111111, 666666666]";
    let note = "注".repeat(60);
    let rows = |keys: &str| keys.split(' ').map(|key| format!("{key} = {nine}\n")).collect::<String>();
    toml += &format!(
        "[disclosure]\nrules = [999999999999, {{ value = 999999999999, note = \"{note}\" }}, 999999999999]\n\
         normative_documents = [888888888888, 888888888888, 888888888888]\nlicences = 999999999999\n\
         penalties = 999999999999\ncompulsory_measures = 999999999999\nfees = 999999999999.999999\n\
         [applications]\n{}[applications.handled]\n{}[applications.handled.refused]\n{}\
         [applications.handled.unavailable]\n{}[applications.handled.not_processed]\n{}\
         [applications.handled.other]\n{}[appeals]\nreview = [111111111, 222222222, 333333333, 111111111, 777777777]\n\
         [appeals.litigation]\ndirect = [111111111, 222222222, 333333333, 111111111, 777777777]\n\
         after_review = [111111111, 222222222, 333333333, 111111111, 777777777]\n",
        rows("new carried_in carried_out"),
        rows("granted partly_granted total"),
        rows(
            "state_secret law_forbids public_safety third_party internal_affairs process_information enforcement_files enquiries"
        ),
        rows("not_held to_be_created still_unclear"),
        rows("complaints repeated publications excessive confirmations"),
        rows("not_corrected fee_unpaid other"),
    );
    office.file("long.toml", toml);
    let run = office.run(["build", "long.toml", "--draft"]);
    let pdf = office.path("out/long/long-draft.pdf");
    assert!(pdf.is_file(), "{run:#?}");
    let Some(read) = judges::read_pdf(&[pdf]) else { return };
    let mut seen = 0;
    for page in list(&read[0]["pages"]) {
        for line in list(&page["lines"]) {
            let text = line["text"].as_str().unwrap_or_default();
            let (Some(left), Some(right)) = (line["rule_left_mm"].as_f64(), line["rule_right_mm"].as_f64())
            else {
                continue;
            };
            if text.chars().all(|c| c.is_ascii_digit() || c == '.') && !text.is_empty() {
                seen += 1;
                assert!(number(&line["x0_mm"]) - left > 0.2, "{text} at the left of its cell");
                assert!(right - number(&line["x1_mm"]) > 0.2, "{text} at the right of its cell");
                assert!(number(&line["size_pt"]) >= 6.0);
            }
        }
    }
    assert!(seen > 190, "figures seen: {seen}");
}

#[test]
fn addresses_break_without_stretching_and_copy_as_one_word() {
    let url = "http://www.pengyang.gov.cn/zwgk/fdzdgknr/zfxxgknb/202101/t20210129_1234567_content.html";
    let office = with_overview(&format!(
        "本报告电子版可在彭阳县人民政府门户网站公开栏目（{url}）查阅下载，欢迎监督。电子邮箱：pyxjgswglj@126.com。"
    ));
    let pdf = web(&office, "made");
    if let Some(text) = judges::pdftotext(&pdf) {
        assert!(text.replace('\n', "").contains(url), "{text}");
        assert!(!text.contains('\u{200B}'), "nothing invisible is copied");
    }
    let Some(read) = judges::read_pdf(&[pdf]) else { return };
    let links: Vec<&str> = list(&read[0]["pages"])
        .iter()
        .flat_map(|page| list(&page["links"]))
        .filter_map(|link| link["uri"].as_str())
        .collect();
    assert!(links.contains(&url) && links.contains(&"mailto:pyxjgswglj@126.com"), "{links:?}");
    for line in list(&read[0]["pages"]).iter().flat_map(|page| body(page)) {
        // No two hanzi are further apart than on the grid, apart from spacing at punctuation.
        let hanzi: Vec<&Value> = list(&line["characters"]).iter().collect();
        for pair in hanzi.windows(2) {
            let gap = number(&pair[1]["x0_mm"]) - number(&pair[0]["x1_mm"]);
            assert!(gap < 1.5, "stretched by {gap} mm: {}", line["text"]);
        }
    }
}
