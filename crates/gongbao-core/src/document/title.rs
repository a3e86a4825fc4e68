//! Line breaks of the title by meaning (GB/T 9704-2012, 7.3.1: 词意完整、排列对称、间距恰当).

/// Number of characters of 22 pt in the type area of 156 mm.
const LINE: f64 = 20.0;

/// Words that are not broken.
const SUBJECT: &str = "政府信息公开";
const REPORT: &str = "年度报告";

/// Endings of parts of an agency's name after which a long name may be broken.
const NAME_ENDINGS: [&str; 12] =
    ["省", "自治区", "市", "自治州", "盟", "地区", "县", "旗", "区", "镇", "乡", "人民政府"];

/// Lines of a title: broken at its own line breaks, else after the agency's name, else before 政府信息公开.
pub(super) fn lines(title: &str, agency: &str) -> Vec<String> {
    title
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .flat_map(|line| broken(line, agency))
        .collect()
}

/// Width in characters; ASCII counts half.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

fn broken(line: &str, agency: &str) -> Vec<String> {
    if width(line) <= LINE {
        return vec![line.to_owned()];
    }
    let name_end = line.find(agency).filter(|_| !agency.is_empty()).map(|at| at + agency.len());
    let after_name = name_end.filter(|at| *at < line.len());
    // The search starts after the name, which may contain the words.
    let from = name_end.unwrap_or(0);
    let subject = line.get(from..).and_then(|rest| rest.find(SUBJECT)).map(|at| from + at);
    let subject = subject.filter(|at| *at > 0);
    for cuts in [vec![after_name], vec![subject], vec![after_name, subject]] {
        let Some(cuts) = cuts.into_iter().collect::<Option<Vec<usize>>>() else { continue };
        let lines = split_at(line, &cuts);
        if lines.iter().all(|line| width(line) <= LINE) {
            return lines;
        }
    }
    // A name, or other words, longer than a line.
    let cuts: Vec<usize> = [after_name, subject].into_iter().flatten().collect();
    split_at(line, &cuts).iter().flat_map(|part| halved(part)).collect()
}

fn split_at(line: &str, cuts: &[usize]) -> Vec<String> {
    let mut cuts = cuts.to_vec();
    cuts.dedup();
    let mut start = 0;
    let mut lines = Vec::new();
    for cut in cuts.into_iter().chain([line.len()]) {
        lines.extend(line.get(start..cut).filter(|part| !part.is_empty()).map(str::to_owned));
        start = cut;
    }
    lines
}

/// Breaks a part that is longer than a line near its middle, preferably after a part of a name, and never within
/// [`SUBJECT`], [`REPORT`] or a number.
fn halved(part: &str) -> Vec<String> {
    if width(part) <= LINE {
        return vec![part.to_owned()];
    }
    let total = width(part);
    let penalty = |at: usize| {
        let (left, right) = part.split_at(at);
        let off_middle = (width(left) - total / 2.0).abs();
        let inside = [SUBJECT, REPORT]
            .iter()
            .any(|word| part.match_indices(word).any(|(start, _)| start < at && at < start + word.len()));
        let inside_number = left.ends_with(|c: char| c.is_ascii_alphanumeric())
            && right.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '年');
        let after_name_part = NAME_ENDINGS.iter().any(|ending| left.ends_with(ending));
        off_middle - if after_name_part { 4.0 } else { 0.0 }
            + if inside || inside_number { 1000.0 } else { 0.0 }
    };
    let best = part
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
        .min_by(|a, b| penalty(*a).total_cmp(&penalty(*b)));
    match best {
        Some(at) => {
            let (left, right) = part.split_at(at);
            halved(left).into_iter().chain(halved(right)).collect()
        }
        None => vec![part.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn breaks_after_the_name_of_the_body() {
        assert_eq!(
            lines("彭阳县机关事务服务中心2020年政府信息公开工作年度报告", "彭阳县机关事务服务中心"),
            ["彭阳县机关事务服务中心", "2020年政府信息公开工作年度报告"]
        );
        assert_eq!(
            lines("2025年上海市人民政府办公厅政府信息公开工作年度报告", "上海市人民政府办公厅"),
            ["2025年上海市人民政府办公厅", "政府信息公开工作年度报告"]
        );
    }

    #[test]
    fn keeps_short_titles_and_given_line_breaks() {
        assert_eq!(lines("民政局2024年政府信息公开工作年度报告", "民政局").len(), 1);
        assert_eq!(lines("甲局\n2024年政府信息公开工作年度报告", "甲局").len(), 2);
    }

    #[test]
    fn does_not_break_words_in_a_name_longer_than_a_line() {
        let name = "黑龙江省大兴安岭地区行政公署政府信息公开和政务服务数据管理局驻加格达奇区联络办公室";
        let title = format!("{name}2024年政府信息公开工作年度报告");
        let lines = lines(&title, name);
        assert_eq!(lines.concat(), title);
        assert!(lines.iter().all(|line| super::width(line) <= 20.0), "{lines:?}");
        for word in ["政府信息公开", "年度报告", "2024年"] {
            let whole: usize = lines.iter().map(|line| line.matches(word).count()).sum();
            assert_eq!(whole, title.matches(word).count(), "{word} in {lines:?}");
        }
    }

    #[test]
    fn terminates_on_a_title_without_break_opportunities() {
        let title = "公".repeat(500);
        assert_eq!(lines(&title, "").concat(), title);
    }
}
