//! Headers of one side of a block, and the search for the leaf that a chain of words denotes.

use crate::import::words::{bare, normal, words};
use gongbao_core::form::Node;

/// All paths through the trees of headers of one side.
#[derive(Debug)]
pub(super) struct Axis {
    /// Headers on the path to each leaf, outermost first, as indices of `labels`.
    pub(super) leaves: Vec<Vec<usize>>,
    labels: Vec<Label>,
}

/// Spellings of a header.
#[derive(Debug)]
struct Label {
    /// Spellings of the form.
    official: Vec<String>,
    /// Alternative spellings.
    other: Vec<String>,
}

/// Words of a cell, normalised for comparison with labels.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrase {
    normal: String,
    bare: String,
}

/// Maximum length of a label; longer texts are not compared.
const LONGEST: usize = 120;

impl Phrase {
    pub(super) fn new(text: &str) -> Self {
        if text.chars().take(LONGEST + 1).count() > LONGEST {
            return Self::default();
        }
        Self { normal: normal(text), bare: bare(text) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.normal.is_empty()
    }

    /// Whether both are equal after normalisation.
    pub(super) fn is(&self, other: &Self) -> bool {
        !self.is_empty() && self.normal == other.normal
    }

    fn is_any(&self, spellings: &[String]) -> bool {
        !self.is_empty()
            && spellings.iter().any(|spelling| *spelling == self.normal || *spelling == self.bare)
    }
}

impl Label {
    fn of(node: &Node) -> Self {
        let mut official = vec![normal(&node.label), normal(&node.words()), bare(&node.words())];
        official.dedup();
        let whole = node.words();
        let spellings = words().of_label(&node.label).chain(words().of_label(&whole));
        let other = spellings
            .flat_map(|spelling| [normal(spelling), bare(spelling)])
            .filter(|spelling| !official.contains(spelling))
            .collect();
        Self { official, other }
    }

    fn grade(&self, phrase: &Phrase) -> Option<u8> {
        if phrase.is_any(&self.official) {
            Some(2)
        } else if phrase.is_any(&self.other) {
            Some(1)
        } else {
            None
        }
    }
}

impl Axis {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut axis = Self { leaves: Vec::new(), labels: Vec::new() };
        nodes.iter().for_each(|node| axis.add(node, &[]));
        axis
    }

    fn add(&mut self, node: &Node, above: &[usize]) {
        let path: Vec<usize> = above.iter().copied().chain([self.labels.len()]).collect();
        self.labels.push(Label::of(node));
        node.children.iter().for_each(|child| self.add(child, &path));
        if node.children.is_empty() {
            self.leaves.push(path);
        }
    }

    /// Whether the words are those of a header at any level.
    pub(super) fn knows(&self, phrase: &Phrase) -> bool {
        self.labels.iter().any(|label| label.grade(phrase).is_some())
    }

    /// Leaves that a chain of words, outermost first, may denote: none if it is unknown, several if it is ambiguous.
    pub(super) fn find_leaves(&self, chain: &[&str]) -> Vec<usize> {
        let phrase: Vec<Phrase> = chain.iter().map(|text| Phrase::new(text)).collect();
        // A label may be spread over several cells at the end of the chain.
        for parts in 1..=chain.len().min(3) {
            let (above, last) = phrase.split_at(phrase.len() - parts);
            let joined = if parts == 1 {
                last.to_vec()
            } else {
                vec![Phrase::new(&chain[chain.len() - parts..].concat())]
            };
            let Some(joined) = joined.first().filter(|joined| !joined.is_empty()) else { continue };
            let graded = self.leaves.iter().enumerate().filter_map(|(end, path)| {
                let grade = self.leaf_grade(path, joined)?;
                let confirmed = self.confirmed(path, above)?;
                Some((end, (grade, confirmed)))
            });
            let found = best(graded);
            if !found.is_empty() {
                return found;
            }
        }
        self.nearly(&phrase)
    }

    /// Grade of a match between words and a leaf: its own label, or joined with labels above it.
    fn leaf_grade(&self, path: &[usize], phrase: &Phrase) -> Option<u8> {
        let labels: Vec<&Label> = path.iter().filter_map(|at| self.labels.get(*at)).collect();
        let (own, above) = labels.split_last()?;
        if let Some(grade) = own.grade(phrase) {
            return Some(grade);
        }
        // Joined labels, as 行政复议结果维持; any of the headers above may be missing.
        let suffix = own.official.iter().find_map(|own| phrase.normal.strip_suffix(own.as_str()))?;
        // Ordinals without punctuation may be between the labels.
        let is_ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        let mut rest = suffix;
        for label in above {
            let here = rest.trim_start_matches(is_ordinal);
            let longest = label.official.iter().filter_map(|spelling| here.strip_prefix(spelling.as_str()));
            rest = longest.min_by_key(|rest| rest.len()).unwrap_or(rest);
        }
        let rest = rest.trim_matches(is_ordinal);
        rest.is_empty().then_some(2)
    }

    /// Number of words above that are headers on the path; `None` if one is a header elsewhere.
    fn confirmed(&self, path: &[usize], above: &[Phrase]) -> Option<usize> {
        let mut confirmed = 0;
        for phrase in above.iter().filter(|phrase| !phrase.is_empty()) {
            if path.iter().filter_map(|at| self.labels.get(*at)).any(|label| label.grade(phrase).is_some()) {
                confirmed += 1;
            } else if self.knows(phrase) {
                return None;
            }
        }
        Some(confirmed)
    }

    /// The only leaf whose label differs from the words by few typing errors, if no other label is as close.
    fn nearly(&self, phrase: &[Phrase]) -> Vec<usize> {
        let Some((last, above)) = phrase.split_last() else { return Vec::new() };
        if self.knows(last) {
            return Vec::new();
        }
        let distance = |spelling: &String| {
            let length = spelling.chars().count().min(last.normal.chars().count());
            let allowed = match length {
                0..5 => 0,
                5..10 => 1,
                10..20 => 2,
                _ => 3,
            };
            // Texts of very different length need not be compared.
            let apart = spelling.chars().count().abs_diff(last.normal.chars().count());
            if apart > allowed {
                return None;
            }
            Some(strsim::levenshtein(spelling, &last.normal)).filter(|slips| *slips <= allowed)
        };
        let nearest = |label: &Label| label.official.iter().chain(&label.other).filter_map(distance).min();
        let Some(least) = self.labels.iter().filter_map(nearest).min() else { return Vec::new() };
        let near: Vec<usize> = (0..self.labels.len())
            .filter(|at| self.labels.get(*at).and_then(nearest).is_some_and(|slips| slips <= least + 1))
            .collect();
        let [only] = near[..] else { return Vec::new() };
        let leaves = self
            .leaves
            .iter()
            .enumerate()
            .filter(|(_, path)| path.last() == Some(&only) && self.confirmed(path, above).is_some());
        leaves.map(|(end, _)| end).collect()
    }
}

/// Leaves with the highest grade.
fn best(graded: impl Iterator<Item = (usize, (u8, usize))>) -> Vec<usize> {
    let graded: Vec<_> = graded.collect();
    let highest = graded.iter().map(|(_, grade)| *grade).max();
    graded.into_iter().filter(|(_, grade)| Some(*grade) == highest).map(|(end, _)| end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongbao_core::form;

    fn axis(form: &str, table: &str, of: fn(&form::Block) -> &Vec<Node>) -> Axis {
        let form = form::by_id(form).expect("forms").expect("the form");
        Axis::of(of(&form.tables[table].blocks[0]))
    }

    #[test]
    fn rows_are_found_with_labels_in_any_column() {
        let rows = axis("2021", "applications", |block| &block.rows);
        for (chain, row) in [
            (vec!["一、本年新收政府信息公开申请数量"], 0),
            (vec!["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"], 4),
            (vec!["（三）不予公开", "1、属于国家秘密"], 4),
            (vec!["1.属于国家秘密"], 4),
            (vec!["三、本年度办理结果", "（三）不予公开1.属于国家秘密"], 4),
            (vec!["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"], 3),
            (vec!["（二）部分公开"], 3),
            (vec!["5.属于三类内容事务信息"], 8),
            (vec!["属于四类过程性性信息"], 9),
            (vec!["（六）其他处理", "3.其他"], 22),
            (vec!["（七）总计"], 23),
            (vec!["4.无正当理由大量反复申报"], 18),
        ] {
            assert_eq!(rows.find_leaves(&chain), [row], "{chain:?}");
        }
        assert!(rows.find_leaves(&["（三）不予公开"]).is_empty());
        assert!(rows.find_leaves(&["（四）无法提供", "1.属于国家秘密"]).is_empty());
        assert!(rows.find_leaves(&["收到举报"]).is_empty());
    }

    #[test]
    fn columns_need_outer_headers_only_if_ambiguous() {
        let columns = axis("2021", "appeals", |block| &block.columns);
        assert_eq!(columns.find_leaves(&["行政诉讼", "复议后起诉", "结果\n维持"]), [10]);
        assert_eq!(columns.find_leaves(&["行政诉讼", "结果维持"]), [5, 10]);
        assert_eq!(columns.find_leaves(&["行政复议结果维持"]), [0]);
        assert_eq!(columns.find_leaves(&["行政复议", "结果", "维持"]), [0]);
        let columns = axis("2021", "applications", |block| &block.columns);
        assert_eq!(columns.find_leaves(&["申请人情况", "法人或其他组织", "商业\n企业"]), [1]);
        assert_eq!(columns.find_leaves(&["法人或其他组织", "其他"]), [5]);
    }
}
