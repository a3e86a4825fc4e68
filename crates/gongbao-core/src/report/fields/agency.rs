//! `[agency]`: the body that reports.

use super::{Field, FieldKind, FieldScope, FieldSpec, FieldTable, FieldValue, table::field};
use crate::report::{Agency, AgencyKind};

/// `[agency]`.
pub static AGENCY: FieldTable<Agency> = FieldTable {
    spec: FieldSpec::new("agency", "单位", FieldKind::Table).required(),
    entry: "",
    empty: Agency::default,
    fields: &[
        field!(name: FieldSpec::new("name", "单位名称", FieldKind::Line)
            .note("写全称")
            .example("单位全称")
            .remedy("标题要换行的，请用 title", "标题要换行的，请填“标题”")
            .help("全称，与印章一致。必填")
            .required()),
        field!(kind: FieldSpec::new("kind", "单位类别", FieldKind::Choice(&AgencyKind::OPTIONS))
            .example("department")
            .help("从下拉框里选，有的检查因类别而不同")
            .scope(FieldScope::Setting)),
        detail("region", "所在地区", "例如 江苏省淮安市"),
        detail("code", "统一社会信用代码", ""),
        detail("address", "地址", ""),
        detail("postcode", "邮政编码", ""),
        detail("phone", "联系电话", "办公电话，连区号"),
        detail("fax", "传真", ""),
        detail("email", "电子邮箱", ""),
        detail("website", "网址", ""),
    ],
};

/// A key whose value is one of [`Agency::details`].
const fn detail(key: &'static str, label: &'static str, help: &'static str) -> Field<Agency> {
    Field {
        spec: FieldSpec::new(key, label, FieldKind::Line).help(help),
        load: |agency, key| agency.details.get(key).cloned().map(FieldValue::Text),
        store: |agency, key, value| {
            if let FieldValue::Text(text) = value {
                agency.details.insert(key.to_owned(), text);
            }
        },
    }
}
