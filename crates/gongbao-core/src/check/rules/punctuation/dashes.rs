//! Dashes of the wrong kind in telephone numbers and between years.

use super::Wrong;
use crate::finding::Severity;

/// What people type for a dash.
const DASHES: &str = "-—–－−~～_";

/// The wrong dashes of a paragraph.
pub(super) fn wrong(text: &str) -> Vec<Wrong> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c| DASHES.contains(c)).map(|at| rest + at) {
        let end = text[start..].find(|c| !DASHES.contains(c)).map_or(text.len(), |at| start + at);
        rest = end;
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
        let before: String = text[..start].chars().rev().take(9).collect();
        let behind = &text[end..];
        let (left, right) = (digits(&before), digits(behind));
        let dash = &text[start..end];
        let lead = &text[start - left.min(start)..start];
        let is_phone = (3..=4).contains(&left) && lead.starts_with('0') && (7..=8).contains(&right);
        // 2021—2025年, 2021年—2025年.
        let first = text[..start].trim_end_matches('年');
        let years = digits(&first.chars().rev().take(5).collect::<String>());
        let is_years = years == 4
            && first.ends_with(|c: char| c.is_ascii_digit())
            && is_year(&first[first.len() - 4..])
            && right == 4
            && is_year(&behind[..4])
            && behind[4..].starts_with('年');
        let quoted_end =
            end + behind.char_indices().nth(right + usize::from(is_years)).map_or(behind.len(), |(at, _)| at);
        if is_phone && dash != "-" {
            let part = start - left..quoted_end;
            // One — is a slip of the keyboard that many make; —— is another mark.
            let severity = if dash.chars().count() == 1 { Severity::Unsure } else { Severity::Warning };
            found.push(Wrong {
                severity,
                message: format!("电话号码“{}”里的“{dash}”用得不对", &text[part.clone()]),
                hint: format!("区号和号码之间用短横线：“{lead}-{}”", &behind[..right]),
                part,
            });
        } else if is_years && !matches!(dash, "—" | "～" | "–" | "－") {
            let part = first.len() - 4..quoted_end;
            let severity = if dash == "-" || dash == "~" { Severity::Unsure } else { Severity::Warning };
            let right = format!("{}—{}", &text[first.len() - 4..start], &behind[..4]);
            found.push(Wrong {
                severity,
                message: format!("“{}”：起止年份之间的“{dash}”用得不对", &text[part.clone()]),
                hint: format!("起止年份用一字线“—”或浪纹线“～”：“{right}年”"),
                part,
            });
        }
    }
    // The same number again and again is reported once.
    let mut told = std::collections::BTreeSet::new();
    found.retain(|wrong| told.insert(wrong.message.clone()));
    found
}

fn is_year(digits: &str) -> bool {
    digits.starts_with("19") || digits.starts_with("20")
}
