//! The numbers of a paragraph: which of them count something, what they are counted in, how exact they are.

use super::{
    super::numeral::{Numeral, half_width, is_chinese_digit, is_digit},
    Bound, Count, Kind, Lexer, Mark, mark,
};

impl Lexer<'_> {
    fn before(&self) -> Option<char> {
        self.text[..self.at].trim_end().chars().next_back()
    }

    pub(super) fn arabic(&mut self, rest: &str) {
        let Some((numeral, length, rough)) = Numeral::read(rest) else {
            // Longer than any figure.
            let length = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
            return self.push(Kind::Text, length);
        };
        let after = rest[length..].trim_start();
        let spaces = rest.len() - length - after.len();
        // 第30号, A4, 0954—7012770, 3/5, 2:1 count nothing; neither do ranges.
        let tied = |c: char| c.is_ascii_alphanumeric() || "-—–~～/第〔".contains(half_width(c));
        let range = ['-', '—', '–', '~', '～', '至', '到', '/', ':']
            .iter()
            .find_map(|dash| after.strip_prefix(*dash))
            .is_some_and(|rest| rest.trim_start_matches(['-', '—', '–']).starts_with(is_digit));
        if range {
            // Both ends go: neither is a count, and a span of years is no year.
            let end = span_end(after);
            let signals = &self.vocabulary.signals;
            let whole_year = numeral.digits() == "1" && after[..end].ends_with("12");
            let kind = match after[end..].trim_start().chars().next() {
                Some('年') if numeral.digits().len() == 4 => Kind::Word(signals.other_time),
                Some('月') if !whole_year => Kind::Word(signals.part_of_year),
                _ => Kind::Text,
            };
            return self.push(kind, length + spaces + end);
        }
        if self.before().is_some_and(tied) {
            return self.push(Kind::Text, length);
        }
        if after.starts_with('年') {
            let year = numeral.digits().parse::<i32>().ok().filter(|y| (1949..2100).contains(y));
            let word = if after.starts_with("年度") { "年度" } else { "年" };
            let kind = year.map_or(Kind::Text, |year| Kind::Year(year - self.year));
            return self.push(kind, length + spaces + word.len());
        }
        if after.starts_with('月') {
            return self.month(&numeral, length + spaces + '月'.len_utf8());
        }
        if after.starts_with(['%', '％', '﹪']) {
            let sign = after.chars().next().map_or(0, char::len_utf8);
            return self.push(Kind::Percent(numeral), length + spaces + sign);
        }
        self.count(numeral, length, rough);
    }

    /// A month is part of a year, but for the two days that a whole year lies between.
    fn month(&mut self, numeral: &Numeral, length: usize) {
        let after = self.text[self.at + length..].trim_start();
        let day = after.find(|c| !is_digit(c)).map_or("", |end| &after[..end]);
        let whole = matches!((numeral.digits(), day), ("1", "1") | ("12", "31" | ""));
        let kind = if whole { Kind::Text } else { Kind::Word(self.vocabulary.signals.part_of_year) };
        self.push(kind, length);
    }

    pub(super) fn chinese(&mut self, rest: &str) {
        let length = rest.find(|c| !is_chinese_digit(c)).unwrap_or(rest.len());
        if rest[length..].starts_with('年')
            && let Some(year) = chinese_year(&rest[..length])
        {
            return self.push(Kind::Year(year - self.year), length + '年'.len_utf8());
        }
        // 第一次, 每一件, 几十件 count nothing.
        let tied = |c| "第每同任某这那哪逐几数好上之唯统".contains(c) || is_chinese_digit(c);
        let numeral = Numeral::read_chinese(rest).filter(|_| !self.before().is_some_and(tied));
        match numeral {
            // 只答复一次 is no number of answers.
            Some((numeral, length)) if !rest.starts_with("一次") && self.unit(&rest[length..]).is_some() => {
                self.count(numeral, length, false);
            }
            _ => self.push(Kind::Text, length),
        }
    }

    /// A number with its unit, or a bare one.
    fn count(&mut self, numeral: Numeral, length: usize, rough: bool) {
        let rest = &self.text[self.at + length..];
        let (unit, money, end, after) = self.unit(rest).unwrap_or((String::new(), None, 0, Bound::Exact));
        // A bare number is one only where it is said to be: 为0, ：0.
        let told = self.tokens.last().is_some_and(|last| {
            last.is(Mark::Colon) || self.text[last.range.clone()].ends_with(['为', '是', '数', '量'])
        });
        let closed = rest.trim_start().chars().next().is_none_or(|c| mark(c).is_some());
        if unit.is_empty() && !(told && closed) {
            return self.push(Kind::Text, length);
        }
        let signals = &self.vocabulary.signals;
        let before = match self.tokens.last().map(|last| &last.kind) {
            Some(Kind::Word(class)) if *class == signals.at_least => Bound::AtLeast,
            Some(Kind::Word(class)) if *class == signals.at_most => Bound::AtMost,
            Some(Kind::Word(class)) if *class == signals.about => Bound::About,
            _ => Bound::Exact,
        };
        if before != Bound::Exact {
            self.tokens.pop();
        }
        let bound = match (before, after) {
            (Bound::Exact, Bound::Exact) if rough => Bound::AtLeast,
            (Bound::Exact, after) => after,
            // 近300余件 claims too little to be held against anything.
            (before, Bound::Exact) if !rough => before,
            _ => Bound::About,
        };
        self.push(Kind::Count(Count { numeral, bound, unit, money }), length + end);
    }

    /// The unit after a number: what it is, its power of ten if it is money, where it ends, and how exact
    /// 余, 以上 and the like leave the number.
    fn unit(&self, rest: &str) -> Option<(String, Option<u32>, usize, Bound)> {
        let mut at = rest.len() - rest.trim_start().len();
        let mut bound = Bound::Exact;
        if let Some(c) = rest[at..].chars().next().filter(|c| "余多".contains(*c)) {
            bound = Bound::AtLeast;
            at += c.len_utf8();
        }
        let units = &self.vocabulary.file.units;
        let unit = units
            .all
            .iter()
            .chain(units.money.keys())
            .filter(|unit| rest[at..].starts_with(unit.as_str()))
            .max_by_key(|unit| unit.len())?;
        at += unit.len();
        // 20个工作日, 3个月, 一次性: the 个 counts what comes after it.
        let next = rest[at..].trim_start();
        let opens = next.chars().next().is_none_or(|c| mark(c).is_some());
        if (unit == "个" && !opens && !next.starts_with('申')) || next.starts_with('性') {
            return None;
        }
        for (words, means) in [
            (&["以上", "余", "多"][..], Bound::AtLeast),
            (&["以下", "以内"][..], Bound::AtMost),
            (&["左右", "上下"][..], Bound::About),
        ] {
            if let Some(word) = words.iter().find(|word| rest[at..].starts_with(**word)) {
                at += word.len();
                bound = if bound == Bound::Exact { means } else { Bound::About };
                break;
            }
        }
        Some((unit.clone(), units.money.get(unit).copied(), at, bound))
    }
}

/// Where the number after a dash ends.
fn span_end(after: &str) -> usize {
    let start = after.find(is_digit).unwrap_or(after.len());
    after[start..].find(|c| !is_digit(c) && c != '.').map_or(after.len(), |end| start + end)
}

/// 二〇二五 as a year.
fn chinese_year(text: &str) -> Option<i32> {
    let digit = |c| match c {
        '零' | '〇' => Some('0'),
        _ => "一二三四五六七八九".chars().zip('1'..='9').find(|(hanzi, _)| *hanzi == c).map(|(_, d)| d),
    };
    let digits: String = text.chars().map(digit).collect::<Option<_>>()?;
    digits.parse().ok().filter(|_| digits.len() == 4)
}
