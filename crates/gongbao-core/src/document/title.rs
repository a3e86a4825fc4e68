//! Line breaks of the title by meaning (GB/T 9704-2012, 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形).

mod name;

use std::ops::Range;

use crate::typeface::{GlyphCoverage, Role};

/// Width of a line in em: 156 mm at 22 pt, less a little for rounding.
const LINE: f64 = 156.0 * 72.0 / 25.4 / 22.0 - 0.02;

/// First and last word of the fixed part, which is never broken.
const SUBJECT: &str = "政府信息公开";
const REPORT: &str = "报告";

/// Cost of a break within the fixed part or a number, or that leaves a year alone or a mark at the wrong end of a line.
const NEVER: f64 = 5000.0;
/// Cost of a break between the year and the fixed part.
const AFTER_YEAR: f64 = 4.0;
/// Cost of a break within the name where no line begins after the name or the year.
const NAME_GOES_ON: f64 = 10.0;
/// Cost of each line.
const PER_LINE: f64 = 6.0;
/// Cost of a middle line that is the shortest (沙漏形), and of lines of equal length (长方形).
const HOURGLASS: f64 = 25.0;
const EQUAL: f64 = 3.0;
/// Cost of a line that is much too short.
const STUB: f64 = 10.0;
/// Largest number of lines that are arranged by shape; a longer title is filled line by line.
const MOST_LINES: usize = 4;

/// A title in lines, each divided into the parts between which a narrow screen may break it.
pub(super) type Lines = Vec<Vec<String>>;

/// Divides a title into lines: at its own line breaks, and where it is too long for a line in the face of the role
/// [`Role::Xiaobiaosong`].
pub(super) fn lines(title: &str, agency: &str, coverage: &dyn GlyphCoverage) -> Lines {
    let wanted = title.split('\n').map(str::trim).filter(|line| !line.is_empty());
    wanted.flat_map(|line| Line::new(line, agency, coverage).broken()).collect()
}

/// Byte offsets of the lines of a title, each from its first to after its last byte.
pub(crate) fn ranges(title: &str, agency: &str, coverage: &dyn GlyphCoverage) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for line in title.split_inclusive('\n') {
        let words = line.strip_suffix('\n').unwrap_or(line);
        let cuts = Line::new(words, agency, coverage).cuts();
        let mut from = 0;
        for to in cuts.into_iter().chain([words.len()]) {
            ranges.push(start + from..start + to);
            from = to;
        }
        start += line.len();
    }
    ranges
}

/// A line of the title as wanted, to be broken if it is too long.
struct Line<'a> {
    text: &'a str,
    /// Byte offset of each character, and the cost of a break before it.
    costs: Vec<(usize, f64)>,
    /// Width of the text before each character, and of the whole text, in em.
    widths: Vec<f64>,
    /// The bytes of the year.
    year: Range<usize>,
    /// The bytes of the name of the body; empty if the title does not have it.
    name: Range<usize>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, agency: &str, coverage: &dyn GlyphCoverage) -> Self {
        let measured = coverage.advances(Role::Xiaobiaosong, text);
        let estimated = |c: char| if c.is_ascii() { 0.6 } else { 1.0 };
        let mut widths = vec![0.0];
        for (index, c) in text.chars().enumerate() {
            let width = measured.as_ref().and_then(|widths| widths.get(index)).copied();
            let before = widths.last().copied().unwrap_or_default();
            widths.push(before + width.unwrap_or_else(|| estimated(c)));
        }
        let (costs, year, name) = costs(text, agency);
        Self { text, costs, widths, year, name }
    }

    /// The lines, each with its parts.
    fn broken(&self) -> Lines {
        let cuts = self.cuts();
        let ends = cuts.iter().copied().chain([self.text.len()]);
        let mut start = 0;
        let mut lines = Vec::new();
        for end in ends {
            lines.push(self.parts(start, end));
            start = end;
        }
        lines
    }

    /// The parts of a line. The year is in one part with its neighbour.
    fn parts(&self, start: usize, end: usize) -> Vec<String> {
        let may_break = |at: usize, cost: f64| {
            at > start
                && at < end
                && cost < 20.0
                && at != self.year.start
                && (at != self.year.end || self.year.start > start)
        };
        let mut parts = Vec::new();
        let mut from = start;
        let cuts = self.costs.iter().filter(|(at, cost)| may_break(*at, *cost)).map(|(at, _)| *at);
        for to in cuts.chain([end]) {
            parts.extend(self.text.get(from..to).filter(|part| !part.is_empty()).map(str::to_owned));
            from = to;
        }
        parts
    }

    /// Byte offsets of the breaks.
    fn cuts(&self) -> Vec<usize> {
        let whole = self.widths.last().copied().unwrap_or_default();
        if whole <= LINE {
            return Vec::new();
        }
        // Places that cost little are tried first, so that few arrangements have to be compared.
        for limit in [20.0, 100.0, NEVER] {
            let places: Vec<usize> =
                (1..self.costs.len()).filter(|index| self.costs[*index].1 < limit).collect();
            if places.len() > 60 {
                break;
            }
            let mut best: Option<(f64, Vec<usize>)> = None;
            self.arrange(&places, &mut Vec::new(), &mut best);
            if let Some((_, cuts)) = best {
                return cuts.iter().map(|index| self.costs[*index].0).collect();
            }
        }
        self.filled()
    }

    /// Tries all arrangements that begin with these cuts (indices of characters).
    fn arrange(&self, places: &[usize], cuts: &mut Vec<usize>, best: &mut Option<(f64, Vec<usize>)>) {
        let start = cuts.last().copied().unwrap_or(0);
        if self.width(start, self.costs.len()) <= LINE {
            let cost = self.cost(cuts);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                *best = Some((cost, cuts.clone()));
            }
        }
        if cuts.len() + 1 == MOST_LINES {
            return;
        }
        for place in places.iter().filter(|place| **place > start) {
            if self.width(start, *place) > LINE {
                break;
            }
            cuts.push(*place);
            self.arrange(places, cuts, best);
            cuts.pop();
        }
    }

    /// Width between two characters, by their indices.
    fn width(&self, from: usize, to: usize) -> f64 {
        let at = |index: usize| self.widths.get(index).copied().unwrap_or_default();
        at(to) - at(from)
    }

    fn cost(&self, cuts: &[usize]) -> f64 {
        let bounds: Vec<usize> =
            [0].into_iter().chain(cuts.iter().copied()).chain([self.costs.len()]).collect();
        let widths: Vec<f64> = bounds.windows(2).map(|pair| self.width(pair[0], pair[1])).collect();
        let mut cost: f64 = cuts.iter().map(|index| self.costs[*index].1).sum();
        cost += PER_LINE * cuts.len() as f64;
        let is_cut = |at: usize| cuts.iter().any(|index| self.costs[*index].0 == at);
        let in_name =
            cuts.iter().any(|index| (self.name.start + 1..self.name.end).contains(&self.costs[*index].0));
        if in_name && !is_cut(self.name.end) && !is_cut(self.year.end) {
            cost += NAME_GOES_ON;
        }
        let is_year = |pair: &[usize]| {
            let at = |index: usize| self.costs.get(index).map_or(self.text.len(), |(at, _)| *at);
            at(pair[0]) == self.year.start && at(pair[1]) == self.year.end
        };
        cost += bounds.windows(2).filter(|pair| is_year(pair)).count() as f64 * NEVER;
        cost += widths.windows(2).filter(|pair| (pair[0] - pair[1]).abs() < 0.7).count() as f64 * EQUAL;
        cost += widths.windows(3).filter(|three| three[1] < three[0] && three[1] < three[2]).count() as f64
            * HOURGLASS;
        cost += widths.iter().filter(|width| **width < 4.0).count() as f64 * STUB;
        let (least, most) = widths
            .iter()
            .fold((f64::MAX, 0.0), |(least, most), width| (f64::min(least, *width), f64::max(most, *width)));
        cost + 0.15 * (most - least)
    }

    /// Breaks of a title that has no arrangement: each line is filled up to the best place near its end.
    fn filled(&self) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut start = 0;
        while self.width(start, self.costs.len()) > LINE {
            let fits = (start + 1..self.costs.len()).take_while(|index| self.width(start, *index) <= LINE);
            let is_year =
                |index: usize| self.costs[start].0 == self.year.start && self.costs[index].0 == self.year.end;
            let better = |index: &usize| {
                let alone = if is_year(*index) { NEVER } else { 0.0 };
                self.costs[*index].1 + 0.5 * (LINE - self.width(start, *index)) + alone
            };
            let Some(next) = fits.min_by(|a, b| better(a).total_cmp(&better(b))) else { break };
            cuts.push(self.costs[next].0);
            start = next;
        }
        cuts
    }
}

/// The cost of a break before each character, and the bytes of the year and of the name.
fn costs(text: &str, agency: &str) -> (Vec<(usize, f64)>, Range<usize>, Range<usize>) {
    let name = text.find(agency).filter(|_| !agency.is_empty()).map_or(0..0, |at| at..at + agency.len());
    // The search starts after the name, which may contain the words.
    let find = |word: &str, from: usize| Some(from + text.get(from..)?.find(word)?);
    let subject =
        find(SUBJECT, name.end).or_else(|| find(SUBJECT, 0).filter(|at| *at >= name.end || *at < name.start));
    let fixed = subject.map_or(0..0, |start| {
        let end = text.rfind(REPORT).map(|at| at + REPORT.len()).filter(|end| *end > start);
        start..end.unwrap_or(start + SUBJECT.len())
    });
    let year = year(text, &name, &fixed);
    let mut costs: Vec<(usize, f64)> = text.char_indices().map(|(at, _)| (at, name::WITHIN_WORD)).collect();
    let mut set = |from: usize, part: &str| {
        for (at, cost) in name::costs(part) {
            if let Ok(index) = costs.binary_search_by_key(&(from + at), |(at, _)| *at) {
                costs[index].1 = cost;
            }
        }
    };
    // Whatever is neither year nor fixed part is divided like a name; the body's own name is one stretch.
    let mut edges = vec![0, name.start, name.end, year.start, year.end, fixed.start, fixed.end, text.len()];
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let is_within =
            |part: &Range<usize>| part.start <= pair[0] && pair[1] <= part.end && !part.is_empty();
        if !is_within(&year) && !is_within(&fixed) {
            set(pair[0], text.get(pair[0]..pair[1]).unwrap_or_default());
        }
    }
    let chars: Vec<char> = text.chars().collect();
    for (index, (at, cost)) in costs.iter_mut().enumerate().skip(1) {
        let inside = |part: &Range<usize>| part.start < *at && *at < part.end;
        let (before, after) =
            (chars.get(index - 1).copied().unwrap_or(' '), chars.get(index).copied().unwrap_or(' '));
        let in_word = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
        if inside(&year) || inside(&fixed) || in_word || opens(before) || closes(after) {
            *cost = NEVER;
        } else if *at == year.end && *at == fixed.start {
            *cost = AFTER_YEAR;
        } else if [name.start, name.end, year.start, year.end, fixed.start, fixed.end].contains(at) {
            *cost = 0.0;
        }
    }
    (costs, year, name)
}

/// Whether a line must not end with a character.
fn opens(c: char) -> bool {
    "（(《〈“‘〔[【".contains(c)
}

/// Whether a line must not begin with a character.
fn closes(c: char) -> bool {
    "）)》〉”’〕]】，。、：；！？·—".contains(c)
}

/// The bytes of the year outside of the name and the fixed part: 2024年, 2024年度, 二〇二四年.
fn year(text: &str, name: &Range<usize>, fixed: &Range<usize>) -> Range<usize> {
    let is_digit =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零○一二三四五六七八九".contains(c);
    for (at, mark) in text.match_indices('年') {
        let is_taken = |part: &Range<usize>| part.contains(&at);
        if is_taken(name) || is_taken(fixed) {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        let start = before
            .char_indices()
            .rev()
            .take(4)
            .take_while(|(_, c)| is_digit(*c))
            .last()
            .map(|(start, _)| start);
        let Some(start) = start.filter(|start| before[*start..].chars().count() == 4) else { continue };
        let end = at + mark.len();
        let is_long = text.get(end..).is_some_and(|rest| rest.starts_with('度'));
        return start..if is_long { end + '度'.len_utf8() } else { end };
    }
    0..0
}

#[cfg(test)]
mod tests;
