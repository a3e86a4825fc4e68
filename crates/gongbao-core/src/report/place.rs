//! Where people find a path: its words, and its place in the file.

use super::{ReportFile, fields};
use crate::finding::{Finding, Place, PlacePart};

impl ReportFile {
    /// A path as people say it: 表三 › 一、本年新收政府信息公开申请数量 › 总计, 一、总体情况 › 第2段.
    pub fn place(&self, path: &str) -> Place {
        if path.is_empty() {
            return Place::default();
        }
        let records = self.report.records(&self.form);
        for record in records.iter() {
            if record.path == path {
                return record.place.clone();
            }
            if let Some(figure) = record.figures.iter().find(|figure| figure.path == path) {
                return figure.place.clone();
            }
        }
        let (text, number) = match super::paragraph(path) {
            Some((text, number)) => (text, Some(number)),
            None => (path, None),
        };
        if let Some(place) = self.form.place_of_passage(text) {
            return number.map_or(place.clone(), |number| place.with(PlacePart::Paragraph(number)));
        }
        let (key, rest) = path.find(['.', '[']).map_or((path, ""), |at| path.split_at(at));
        if let Some(number) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return match number.parse() {
                Ok(number) => Place::from(self.text_name(key)).with(PlacePart::Paragraph(number)),
                Err(_) => fields::place(path),
            };
        }
        if let Some(table) = self.form.tables.get(key) {
            return match rest {
                ".note" => Place::from(table.name.as_str()).with(PlacePart::Note),
                _ => table.name.as_str().into(),
            };
        }
        if self.form.heading(key).is_some() || key == "preface" {
            return self.text_name(key).into();
        }
        fields::place(path)
    }

    /// What people call a text.
    fn text_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.form.heading(key).unwrap_or(if key == "preface" { "前言" } else { key })
    }

    /// A finding with the words of its path and its place in the file; where it is about a character, the
    /// character's own place.
    pub fn locate(&self, mut finding: Finding, character: Option<char>) -> Finding {
        finding.place = self.place(&finding.path);
        finding.file.clone_from(&self.source.name);
        let Some(mut span) = self.span(&finding.path) else { return finding };
        let at = character.and_then(|c| Some((c, self.source.text.get(span.clone())?.find(c)?)));
        if let Some((c, at)) = at {
            span = span.start + at..span.start + at + c.len_utf8();
        }
        finding.at(&self.source, span)
    }
}

/// A place as a document says it: 表三“（一）予以公开”自然人栏, “一、总体情况”第2段, 标题.
pub fn place_in_words(place: &Place) -> String {
    let parts = place.parts();
    let words: Vec<&str> = parts
        .iter()
        .map_while(|part| match part {
            PlacePart::Words(words) => Some(words.as_str()),
            _ => None,
        })
        .collect();
    let rest: String = parts.iter().skip(words.len()).map(told).collect();
    match words.as_slice() {
        [] => rest,
        // A chapter or table, and a paragraph of it or the note under it.
        [whole] if rest.is_empty() => (*whole).to_owned(),
        [table] if matches!(parts.last(), Some(PlacePart::Note)) => format!("{table}{rest}"),
        [chapter] => format!("{}{rest}", quoted(chapter)),
        // A row, or a text beside a table.
        [table, row] => format!("{table}{}{rest}", quoted(plain(row))),
        [table, rows @ .., column] => {
            // The outermost of several headers, such as 三、本年度办理结果, is not needed to find a row.
            let rows = if rows.len() > 1 { &rows[1..] } else { rows };
            let rows: String = rows.iter().map(|row| quoted(plain(row))).collect();
            format!("{table}{rows}{}栏{rest}", plain(column))
        }
    }
}

fn told(part: &PlacePart) -> String {
    match part {
        PlacePart::Head | PlacePart::Review => String::new(),
        PlacePart::Field(name) => name.label.clone().into_owned(),
        PlacePart::Note => "下面的注".to_owned(),
        part => part.text().into_owned(),
    }
}

fn quoted(words: &str) -> String {
    if words.contains('“') { words.to_owned() } else { format!("“{words}”") }
}

/// A header without the remark in brackets at its end: 部分公开（区分处理的…）.
fn plain(header: &str) -> &str {
    let before = header.strip_suffix('）').and_then(|header| header.rsplit_once('（'));
    before.map(|(before, _)| before).filter(|before| !before.is_empty()).unwrap_or(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(parts: &[PlacePart]) -> String {
        place_in_words(&parts.iter().cloned().collect())
    }

    #[test]
    fn places_are_said_in_plain_words() {
        let of = |words: &[&str]| -> Vec<PlacePart> {
            words.iter().map(|words| PlacePart::Words((*words).to_owned())).collect()
        };
        for (parts, expected) in [
            (
                of(&["表三", "一、本年新收政府信息公开申请数量", "总计"]),
                "表三“一、本年新收政府信息公开申请数量”总计栏",
            ),
            (of(&["表三", "三、本年度办理结果", "（一）予以公开", "自然人"]), "表三“（一）予以公开”自然人栏"),
            (
                of(&[
                    "表三",
                    "三、本年度办理结果",
                    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
                    "其他",
                ]),
                "表三“（二）部分公开”其他栏",
            ),
            (
                of(&["表三", "三、本年度办理结果", "（六）其他处理", "3.其他", "总计"]),
                "表三“（六）其他处理”“3.其他”总计栏",
            ),
            (of(&["表四", "行政诉讼", "复议后起诉", "结果维持"]), "表四“复议后起诉”结果维持栏"),
            (of(&["表四", "行政复议", "总计"]), "表四“行政复议”总计栏"),
            (
                of(&["表二", "行政事业性收费", "本年收费金额（单位：万元）"]),
                "表二“行政事业性收费”本年收费金额栏",
            ),
            (of(&["表二", "其他文件"]), "表二“其他文件”"),
        ] {
            assert_eq!(words(&parts), expected);
        }
        let with = |first: &[&str], part: PlacePart| [of(first), vec![part]].concat();
        assert_eq!(words(&with(&["一、总体情况"], PlacePart::Paragraph(2))), "“一、总体情况”第2段");
        assert_eq!(words(&with(&["一、总体情况"], PlacePart::FormerParagraph(2))), "“一、总体情况”原第2段");
        assert_eq!(words(&with(&["表二", "表前文字"], PlacePart::Paragraph(1))), "表二“表前文字”第1段");
        let between = with(&["表二", "“第二十条第（五）项”之前的文字"], PlacePart::Paragraph(1));
        assert_eq!(words(&between), "表二“第二十条第（五）项”之前的文字第1段");
        assert_eq!(words(&with(&["表二"], PlacePart::Note)), "表二下面的注");
        assert_eq!(place_in_words(&fields::place("title")), "标题");
        assert_eq!(place_in_words(&fields::place("agency.phone")), "联系电话");
    }
}
