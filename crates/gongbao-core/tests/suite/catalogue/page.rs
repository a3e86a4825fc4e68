//! Writes the measured page.

use std::{collections::BTreeMap, fmt::Write as _};

use gongbao_core::finding::{Finding, Severity};

use super::{cases::Catalogue, score::Outcome};

/// The page in Markdown.
pub(crate) fn render(catalogue: &Catalogue, mistakes: &[Outcome<'_>], right: &[Outcome<'_>]) -> String {
    let first: usize = catalogue.first.found.values().sum();
    let found = mistakes.iter().filter(|outcome| outcome.found().is_some()).count();
    let alarms = right.iter().filter(|outcome| !outcome.alarms().is_empty()).count();
    let unsure =
        right.iter().filter(|outcome| outcome.alarms().is_empty() && !outcome.new.is_empty()).count();
    let mut page = format!(
        "# 检查规则实测\n\n\
         本页由 `UPDATE=1 cargo test -p gongbao-core --test suite catalogue` 生成，请不要手改。\n\n\
         错误和写法是照公开的年度报告、格式和标准编的（`crates/gongbao-core/tests/fixtures/catalogue/`，每一条都注明出处），不看规则的代码。\n\
         一处错误算“指出”，是指改错以后新出现的提示正好落在出错的段落或者格上，不论轻重；落在别处的不算。\n\
         “首次”是规则改动以前第一次测的结果。\n\n\
         | | 条数 | 首次 | 现在 |\n|---|---|---|---|\n\
         | 错误，已指出 | {} | {first} | {found} |\n\
         | 正确但少见的写法，误报为错误、提醒 | {} | {} | {alarms} |\n\
         | 正确但少见的写法，列为待确认 | {} | {} | {unsure} |\n\n\
         上面的错误在改规则的时候看得到。另有{}条错误用别的报告、按随机种子从模板抽出，改规则时没有看：规则改动以前指出{}条，改完以后一次测得{}条。\n",
        mistakes.len(),
        right.len(),
        catalogue.first.alarms,
        right.len(),
        catalogue.first.unsure,
        catalogue.held_out.drawn,
        catalogue.held_out.first,
        catalogue.held_out.after,
    );
    page.push_str("\n## 错误\n\n| 类别 | 条数 | 首次指出 | 现在指出 | 其中只列为待确认 | 由哪些规则指出 |\n|---|---|---|---|---|---|\n");
    for (kind, outcomes) in by_kind(mistakes) {
        let found: Vec<_> = outcomes.iter().filter(|outcome| outcome.found().is_some()).collect();
        let only_unsure = found.iter().filter(|outcome| outcome.found() == Some(Severity::Unsure)).count();
        let before = catalogue.first.found.get(kind).copied().unwrap_or_default();
        let rules = rules(&outcomes);
        let _ = writeln!(
            page,
            "| {kind} | {} | {before} | {} | {only_unsure} | {rules} |",
            outcomes.len(),
            found.len()
        );
    }
    page.push_str("\n## 没有指出的错误\n\n");
    let missed = mistakes.iter().filter(|outcome| outcome.found().is_none());
    list(&mut page, missed, |outcome| outcome.case.why.clone());
    page.push_str("\n## 误报\n\n");
    let alarmed = right.iter().filter(|outcome| !outcome.alarms().is_empty());
    list(&mut page, alarmed, |outcome| {
        let rules: Vec<_> = outcome.alarms().into_iter().map(described).collect();
        format!("{}（{}）", outcome.case.why, rules.join("、"))
    });
    page
}

/// Outcomes by the kind of their cases, in the order of the catalogue.
fn by_kind<'a, 'b>(outcomes: &'b [Outcome<'a>]) -> Vec<(&'a str, Vec<&'b Outcome<'a>>)> {
    let mut kinds: Vec<(&str, Vec<&Outcome<'_>>)> = Vec::new();
    for outcome in outcomes {
        let kind = outcome.case.kind.as_str();
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, group)) => group.push(outcome),
            None => kinds.push((kind, vec![outcome])),
        }
    }
    kinds
}

/// Which rules name the right place, each with the number of cases.
fn rules(outcomes: &[&Outcome<'_>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in outcomes {
        let mut codes: Vec<&str> = outcome.hits().iter().map(|finding| finding.rule.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *counts.entry(code).or_default() += 1;
        }
    }
    let shown: Vec<String> = counts.into_iter().map(|(code, count)| format!("{code}×{count}")).collect();
    if shown.is_empty() { "—".to_owned() } else { shown.join("、") }
}

/// A finding by its rule and place.
fn described(finding: &Finding) -> String {
    let at = if finding.path.is_empty() { String::new() } else { format!(" {}", finding.path) };
    format!("{}{at}", finding.rule)
}

/// A list of cases, or 无.
fn list<'a>(
    page: &mut String,
    outcomes: impl Iterator<Item = &'a Outcome<'a>>,
    text: impl Fn(&Outcome<'_>) -> String,
) {
    let before = page.len();
    for outcome in outcomes {
        let _ = writeln!(page, "- `{}` {}", outcome.case.id, text(outcome));
    }
    if page.len() == before {
        page.push_str("无。\n");
    }
}
