//! `[filing]`, `[[accepted]]`, `[[members]]`: what stays in the office.

use super::{FieldKind, FieldScope, FieldSpec, FieldTable, table::field};
use crate::report::{Accepted, Filing, Member};

/// A key that stays in the office.
const fn office(key: &'static str, label: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec::new(key, label, kind).scope(FieldScope::Office)
}

/// `[filing]`: the sign-off sheet of the paper copy.
pub static FILING: FieldTable<Filing> = FieldTable {
    spec: office("filing", "报送审签单", FieldKind::Table)
        .note("只附在纸质件后面")
        .help("只附在纸质件后面，不公开；不需要的不填"),
    entry: "",
    empty: Filing::default,
    fields: &[
        field!(recipient: office("recipient", "报送给", FieldKind::Line).help("例如 县政务公开办")),
        field!(roles: office("roles", "签字的人", FieldKind::List)
            .example("[\"单位负责人\", \"填报人\"]")
            .help("一行一个（按 Alt+Enter 换行）；不填就是单位负责人、审核人、保密审查人、填报人")),
        field!(phone: office("phone", "填报人电话", FieldKind::Line)),
        field!(seal: office("seal", "按盖章格式落款", FieldKind::Flag).help("附审签单时默认“是”")),
    ],
};

/// The question on the head sheet whether there is a sign-off sheet; the file answers by having `[filing]`.
pub(super) const HAS_FILING: FieldSpec = office("filing", "附审签单", FieldKind::Flag).help("选“是”才附");

/// `[[accepted]]`: findings that a reviewer lets stand.
pub static ACCEPTED: FieldTable<Accepted> = FieldTable {
    spec: office("accepted", "审核认可、不必改的问题", FieldKind::Tables),
    entry: "认可的一条",
    empty: || Accepted { rule: String::new(), path: None, reason: String::new(), by: String::new() },
    fields: &[
        field!(rule: office("rule", "规则", FieldKind::Identifier).note("写它的代码").required()),
        field!(path: office("path", "位置", FieldKind::Identifier)
            .note("数据或段落的路径；不写则为所有")
            .help("路径，可以不填")),
        field!(reason: office("reason", "认可的理由", FieldKind::Lines).required()),
        field!(by: office("by", "认可人", FieldKind::Line)),
    ],
};

/// `[[members]]`: the reports that a consolidated report sums up.
pub static MEMBERS: FieldTable<Member> = FieldTable {
    spec: office("members", "汇总了哪些报告", FieldKind::Tables)
        .note("由 gongbao rollup 写入")
        .help("由 gongbao rollup 写入，请不要改"),
    entry: "汇总的一份报告",
    empty: || Member { name: String::new(), file: String::new(), digest: String::new() },
    fields: &[
        field!(name: office("name", "汇总的单位", FieldKind::Identifier).required()),
        field!(file: office("file", "汇总的报告文件", FieldKind::Identifier)
            .note("从汇总报告所在的文件夹算起")
            .required()),
        field!(digest: office("digest", "汇总时的校验值", FieldKind::Identifier).required()),
    ],
};
