//! What stays in the office: the sign-off sheet, findings that a reviewer lets stand, what was consolidated.

use super::{
    fields::Fields,
    reader::{Lines, Reader},
    spot::Spot,
};
use crate::{
    report::{Accepted, Filing, Member},
    syntax::{Node, Value},
};

/// `[filing]`.
pub(super) fn filing(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Filing> {
    let spot = Spot::head("filing");
    let node = fields.get("filing")?;
    let entries = reader.table(node, &spot, &["recipient", "roles", "phone", "seal"])?;
    let usual = Filing::default();
    let seal = entries.get("seal").and_then(|node| flag(reader, node, &spot.key("seal")));
    let roles = entries.get("roles").and_then(|node| roles(reader, node, &spot.key("roles")));
    Some(Filing {
        recipient: reader.optional(&entries, &spot, "recipient", Lines::One).unwrap_or_default(),
        roles: roles.unwrap_or(usual.roles),
        phone: reader.optional(&entries, &spot, "phone", Lines::One).unwrap_or_default(),
        seal: seal.unwrap_or(usual.seal),
    })
}

/// Who signs.
fn roles(reader: &mut Reader<'_>, node: &Node, spot: &Spot) -> Option<Vec<String>> {
    let Value::List(items) = &node.value else {
        reader.wrong_kind(node, spot, "一列文字", "例如 roles = [\"单位负责人\", \"填报人\"]");
        return None;
    };
    let words = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| reader.words(item, &spot.item(index), Lines::One));
    Some(words.filter(|words| !words.is_empty()).collect())
}

/// True or false.
pub(super) fn flag(reader: &mut Reader<'_>, node: &Node, spot: &Spot) -> Option<bool> {
    let Value::Bool(flag) = node.value else {
        reader.wrong_kind(node, spot, "是非值", "请写 true（是）或 false（否），不加引号");
        return None;
    };
    Some(flag)
}

/// `[[members]]`.
pub(super) fn members(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Member> {
    let Some(node) = fields.get("members") else { return Vec::new() };
    let mut members = Vec::new();
    for (spot, node, entries) in reader.tables(node, &Spot::head("members"), &["name", "file", "digest"]) {
        let mut word = |key| reader.required(&entries, &spot, key, Some(node.span.clone()));
        if let (Some(name), Some(file), Some(digest)) = (word("name"), word("file"), word("digest")) {
            reader.origins.insert(spot.path().to_owned(), node.span.clone());
            members.push(Member { name, file, digest });
        }
    }
    members
}

/// `[[accepted]]`.
pub(super) fn accepted(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Accepted> {
    let Some(node) = fields.get("accepted") else { return Vec::new() };
    let tables = reader.tables(node, &Spot::head("accepted"), &["rule", "path", "reason", "by"]);
    let mut accepted = Vec::new();
    for (spot, node, entries) in tables {
        let rule = reader.required(&entries, &spot, "rule", Some(node.span.clone()));
        let path = reader.optional(&entries, &spot, "path", Lines::One);
        let reason = reader.required(&entries, &spot, "reason", Some(node.span.clone()));
        let by = reader.optional(&entries, &spot, "by", Lines::One).unwrap_or_default();
        if let (Some(rule), Some(reason)) = (rule, reason) {
            reader.origins.insert(spot.path().to_owned(), node.span.clone());
            accepted.push(Accepted { rule, path, reason, by });
        }
    }
    accepted
}
