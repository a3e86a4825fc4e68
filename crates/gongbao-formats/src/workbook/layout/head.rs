//! The sheet 基本情况: year, agency, what stays in the office.

use super::{Field, FieldKind, Label, Pos, Role, Sheet};

/// The column to be filled in, between the names and the explanations.
pub(in super::super) const ENTRY: u16 = 1;

/// What stands before the form's name where the file names none and the year tells.
pub(in super::super) const FORM_BY_YEAR: &str = "按年度：";

const TITLE: &str = "政府信息公开工作年度报告填报工作簿";

type Entry = (&'static str, &'static str, FieldKind, &'static str);

/// Group by group: path, name, kind, explanation.
const GROUPS: [(&str, &[Entry]); 3] = [
    (
        "报告",
        &[
            ("year", "报告年度", FieldKind::Year, "报告哪一年的工作，四位数，例如 2025。必填"),
            ("form", "报告格式", FieldKind::Form, "由建立工作簿时的年度决定，不用改；换格式须另建一份"),
            (
                "title",
                "标题",
                FieldKind::Lines,
                "不填就是“单位名称＋年度＋年政府信息公开工作年度报告”；要在某处换行的，按 Alt+Enter",
            ),
            ("date", "成文日期", FieldKind::Date, "例如 2026-1-20；填了才印落款。可以不填"),
            (
                "blanks",
                "空白按0计",
                FieldKind::Flag,
                "选“是”：各表没有填的格都算作 0，印成 0；选“否”或不选：没有填的格算漏填",
            ),
        ],
    ),
    (
        "单位",
        &[
            ("agency.name", "单位名称", FieldKind::Words, "全称，与印章一致。必填"),
            ("agency.kind", "单位类别", FieldKind::Kind, "从下拉框里选，有的检查因类别而不同"),
            ("agency.region", "所在地区", FieldKind::Words, "例如 江苏省淮安市"),
            ("agency.code", "统一社会信用代码", FieldKind::Words, ""),
            ("agency.address", "地址", FieldKind::Words, ""),
            ("agency.postcode", "邮政编码", FieldKind::Words, ""),
            ("agency.phone", "联系电话", FieldKind::Words, "办公电话，连区号"),
            ("agency.fax", "传真", FieldKind::Words, ""),
            ("agency.email", "电子邮箱", FieldKind::Words, ""),
            ("agency.website", "网址", FieldKind::Words, ""),
        ],
    ),
    (
        "报送审签单（只附在纸质件后面，不公开；不需要的不填）",
        &[
            ("filing", "附审签单", FieldKind::Flag, "选“是”才附"),
            ("filing.recipient", "报送给", FieldKind::Words, "例如 县政务公开办"),
            (
                "filing.roles",
                "签字的人",
                FieldKind::Roles,
                "一行一个（按 Alt+Enter 换行）；不填就是单位负责人、审核人、保密审查人、填报人",
            ),
            ("filing.phone", "填报人电话", FieldKind::Words, ""),
            ("filing.seal", "按盖章格式落款", FieldKind::Flag, "附审签单时默认“是”"),
        ],
    ),
];

/// The sheet; it is the same for every form.
pub(super) fn sheet() -> Sheet {
    let mut sheet = Sheet::new(Role::Head, "基本情况", TITLE);
    let mut row = 2;
    for (heading, entries) in GROUPS {
        sheet.labels.push(Label::new(Pos::new(row, 0), heading));
        row += 1;
        for (path, name, kind, help) in entries {
            sheet.labels.push(Label::new(Pos::new(row, 0), *name));
            let at = Pos::new(row, ENTRY);
            sheet.fields.push(Field { path: (*path).to_owned(), name, kind: *kind, help, at });
            row += 1;
        }
        row += 1;
    }
    sheet
}

/// What a report file says of itself and its body, as people fill it in: path, name, what is expected, explanation.
/// What is expected is one of `year`, `form`, `words`, `lines`, `date`, `flag`, `kind`, `roles`.
pub fn head_fields() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    GROUPS.iter().flat_map(|(_, entries)| *entries).map(|(path, name, kind, help)| {
        let kind = match kind {
            FieldKind::Year => "year",
            FieldKind::Form => "form",
            FieldKind::Lines => "lines",
            FieldKind::Date => "date",
            FieldKind::Flag => "flag",
            FieldKind::Kind => "kind",
            FieldKind::Roles => "roles",
            _ => "words",
        };
        (*path, *name, kind, *help)
    })
}
