//! Reads `scopes`: whose figures single paragraphs tell.

use super::{reader::Reader, spot::Spot, value::choice};
use crate::{
    finding::{MediumWords, Rule},
    report::{
        Report, TextScope,
        fields::{self, FieldKind, FieldSpec},
    },
    syntax::{Entries, Value, nearest},
};

/// The value of an entry, for messages.
const VALUE: FieldSpec = FieldSpec {
    label: "口径（whole、office、other 之一）",
    kind: FieldKind::Choice(&TextScope::OPTIONS),
    ..fields::SCOPES_SPEC
};

/// Reads `scopes` into the report, whose texts have been read. A path without a paragraph is an unknown key.
pub(super) fn read(reader: &mut Reader<'_>, head: Entries<'_>, report: &mut Report) {
    let spec = &fields::SCOPES_SPEC;
    let spot = Spot::head(spec.key);
    let Some(node) = head.get(spec.key) else { return };
    reader.origins.insert(spec.key.to_owned(), node.span.clone());
    let Value::Table(entries) = &node.value else {
        return reader.wrong_kind(
            node,
            &spot,
            "一组“段落 = 口径”",
            MediumWords::of_file(format!("例如 {}", spec.example_line())),
        );
    };
    let paths: Vec<String> = report
        .texts
        .iter()
        .flat_map(|(key, paragraphs)| (1..=paragraphs.len()).map(move |number| format!("{key}[{number}]")))
        .collect();
    for (key, node) in entries {
        let spot = spot.key(&key.name);
        if !paths.contains(&key.name) {
            let hint = match nearest(&key.name, paths.iter().map(String::as_str)) {
                Some(near) => format!("是不是“{near}”？段从1数起，空行不算"),
                None => "写段落的路径，例如 overview[3] 是第一部分的第3段；空行不算".to_owned(),
            };
            let finding = reader
                .error(Rule::UnknownKey, &spot, format!("没有“{}”这一段", key.name))
                .hint(MediumWords::of_file(hint));
            reader.add(finding, Some(key.span.clone()));
            continue;
        }
        let Some(word) = choice(reader, &VALUE, &TextScope::OPTIONS, node, &spot) else { continue };
        let scope = TextScope::ALL.into_iter().find(|scope| scope.key() == word);
        report.scopes.extend(scope.map(|scope| (key.name.clone(), scope)));
    }
}
