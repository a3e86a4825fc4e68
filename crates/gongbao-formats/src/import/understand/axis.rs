//! The headers of one side of a block: which of its ends a chain of words leads to.

use crate::import::words::{bare, normal, words};
use gongbao_core::form::Node;

/// All ways down the trees of headers of one side.
#[derive(Debug)]
pub(super) struct Axis {
    /// The headers on the way to each end, outermost first, as indices of `labels`.
    pub(super) ends: Vec<Vec<usize>>,
    labels: Vec<Label>,
}

/// The ways a header may be written.
#[derive(Debug)]
struct Label {
    /// As the form has it.
    official: Vec<String>,
    /// As offices write it.
    other: Vec<String>,
}

/// Words of a cell, made ready to be held against labels.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    normal: String,
    bare: String,
}

/// No label is longer; what is cannot be one, and is not looked at closely.
const LONGEST: usize = 120;

impl Said {
    pub(super) fn new(text: &str) -> Self {
        if text.chars().take(LONGEST + 1).count() > LONGEST {
            return Self::default();
        }
        Self { normal: normal(text), bare: bare(text) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.normal.is_empty()
    }

    /// Whether both say the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        !self.is_empty() && self.normal == other.normal
    }

    fn is_any(&self, ways: &[String]) -> bool {
        !self.is_empty() && ways.iter().any(|way| *way == self.normal || *way == self.bare)
    }
}

impl Label {
    fn of(node: &Node) -> Self {
        let mut official = vec![normal(&node.label), normal(&node.words()), bare(&node.words())];
        official.dedup();
        let whole = node.words();
        let ways = words().of_label(&node.label).chain(words().of_label(&whole));
        let other =
            ways.flat_map(|way| [normal(way), bare(way)]).filter(|way| !official.contains(way)).collect();
        Self { official, other }
    }

    fn grade(&self, said: &Said) -> Option<u8> {
        if said.is_any(&self.official) {
            Some(2)
        } else if said.is_any(&self.other) {
            Some(1)
        } else {
            None
        }
    }
}

impl Axis {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut axis = Self { ends: Vec::new(), labels: Vec::new() };
        nodes.iter().for_each(|node| axis.add(node, &[]));
        axis
    }

    fn add(&mut self, node: &Node, above: &[usize]) {
        let path: Vec<usize> = above.iter().copied().chain([self.labels.len()]).collect();
        self.labels.push(Label::of(node));
        node.children.iter().for_each(|child| self.add(child, &path));
        if node.children.is_empty() {
            self.ends.push(path);
        }
    }

    /// Whether the words are those of any header, at whatever level.
    pub(super) fn knows(&self, said: &Said) -> bool {
        self.labels.iter().any(|label| label.grade(said).is_some())
    }

    /// The ends that a chain of words, outermost first, may lead to: none if it leads nowhere, more than one if it
    /// does not say enough.
    pub(super) fn lead(&self, chain: &[&str]) -> Vec<usize> {
        let said: Vec<Said> = chain.iter().map(|text| Said::new(text)).collect();
        // A label may be spread over several cells, the last of which comes last.
        for parts in 1..=chain.len().min(3) {
            let (above, last) = said.split_at(said.len() - parts);
            let joined = if parts == 1 {
                last.to_vec()
            } else {
                vec![Said::new(&chain[chain.len() - parts..].concat())]
            };
            let Some(joined) = joined.first().filter(|joined| !joined.is_empty()) else { continue };
            let graded = self.ends.iter().enumerate().filter_map(|(end, path)| {
                let grade = self.end_grade(path, joined)?;
                let confirmed = self.confirmed(path, above)?;
                Some((end, (grade, confirmed)))
            });
            let found = best(graded);
            if !found.is_empty() {
                return found;
            }
        }
        self.nearly(&said)
    }

    /// How well words stand for an end: by its own label, or with the labels above it in one.
    fn end_grade(&self, path: &[usize], said: &Said) -> Option<u8> {
        let labels: Vec<&Label> = path.iter().filter_map(|at| self.labels.get(*at)).collect();
        let (own, above) = labels.split_last()?;
        if let Some(grade) = own.grade(said) {
            return Some(grade);
        }
        // 行政复议结果维持: any of the headers above may be left out.
        let suffix = own.official.iter().find_map(|own| said.normal.strip_suffix(own.as_str()))?;
        // Between them stand their ordinals, of which punctuation is gone.
        let is_ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        let mut rest = suffix;
        for label in above {
            let here = rest.trim_start_matches(is_ordinal);
            let longest = label.official.iter().filter_map(|way| here.strip_prefix(way.as_str()));
            rest = longest.min_by_key(|rest| rest.len()).unwrap_or(rest);
        }
        let rest = rest.trim_matches(is_ordinal);
        rest.is_empty().then_some(2)
    }

    /// How many of the words above are headers on the way; `None` if one is a header that is not.
    fn confirmed(&self, path: &[usize], above: &[Said]) -> Option<usize> {
        let mut confirmed = 0;
        for said in above.iter().filter(|said| !said.is_empty()) {
            if path.iter().filter_map(|at| self.labels.get(*at)).any(|label| label.grade(said).is_some()) {
                confirmed += 1;
            } else if self.knows(said) {
                return None;
            }
        }
        Some(confirmed)
    }

    /// The one end whose label the words miss by a slip of the hand, where no other label is as near.
    fn nearly(&self, said: &[Said]) -> Vec<usize> {
        let Some((last, above)) = said.split_last() else { return Vec::new() };
        if self.knows(last) {
            return Vec::new();
        }
        let distance = |way: &String| {
            let length = way.chars().count().min(last.normal.chars().count());
            let allowed = match length {
                0..5 => 0,
                5..10 => 1,
                10..20 => 2,
                _ => 3,
            };
            // Counting slips in long words costs time; unlike lengths have too many.
            let apart = way.chars().count().abs_diff(last.normal.chars().count());
            if apart > allowed {
                return None;
            }
            Some(strsim::levenshtein(way, &last.normal)).filter(|slips| *slips <= allowed)
        };
        let nearest = |label: &Label| label.official.iter().chain(&label.other).filter_map(distance).min();
        let Some(least) = self.labels.iter().filter_map(nearest).min() else { return Vec::new() };
        let near: Vec<usize> = (0..self.labels.len())
            .filter(|at| self.labels.get(*at).and_then(nearest).is_some_and(|slips| slips <= least + 1))
            .collect();
        let [only] = near[..] else { return Vec::new() };
        let ends = self
            .ends
            .iter()
            .enumerate()
            .filter(|(_, path)| path.last() == Some(&only) && self.confirmed(path, above).is_some());
        ends.map(|(end, _)| end).collect()
    }
}

/// The ends of the highest grade.
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
    fn rows_are_found_in_whatever_columns_their_labels_stand() {
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
            assert_eq!(rows.lead(&chain), [row], "{chain:?}");
        }
        assert!(rows.lead(&["（三）不予公开"]).is_empty());
        assert!(rows.lead(&["（四）无法提供", "1.属于国家秘密"]).is_empty());
        assert!(rows.lead(&["收到举报"]).is_empty());
    }

    #[test]
    fn columns_need_the_headers_above_them_only_where_they_are_not_alone() {
        let columns = axis("2021", "appeals", |block| &block.columns);
        assert_eq!(columns.lead(&["行政诉讼", "复议后起诉", "结果\n维持"]), [10]);
        assert_eq!(columns.lead(&["行政诉讼", "结果维持"]), [5, 10]);
        assert_eq!(columns.lead(&["行政复议结果维持"]), [0]);
        assert_eq!(columns.lead(&["行政复议", "结果", "维持"]), [0]);
        let columns = axis("2021", "applications", |block| &block.columns);
        assert_eq!(columns.lead(&["申请人情况", "法人或其他组织", "商业\n企业"]), [1]);
        assert_eq!(columns.lead(&["法人或其他组织", "其他"]), [5]);
    }
}
