//! A roster in TOML, JSON or YAML.

use std::{ops::Range, sync::Arc};

use super::{KEYS, Member, Roster, kind, kinds, name::nearest};
use crate::{
    finding::{FieldName, Finding, MediumWords, Message, Rule, Severity},
    report::{AgencyKind, fields::YEARS},
    syntax::{Entries, Fault, Key, Node, StrictReader, Value},
    text::Source,
};

/// The list of bodies, and the key that each of them must have.
const AGENCY: &str = "agency";
const NAME: &str = "name";
const YEAR: &str = "year";

/// How a roster is written.
const HINT: MediumWords = MediumWords::fixed(
    "每个单位写一行 [[agency]]，下一行写 name = \"单位全称\"",
    "请在名册文件里逐个写明单位全称",
    "请在名册文件里逐个写明单位全称",
);

/// Reads the values of a file.
pub(super) fn read(source: &Arc<Source>, root: &Node, findings: &mut Vec<Finding>) -> Roster {
    let mut reader = Reader { source, findings };
    let mut roster = Roster { source: Arc::clone(source), year: None, members: Vec::new() };
    let Some(entries) = reader.table(root, &Path(String::new()), &[YEAR, AGENCY]) else { return roster };
    roster.year = reader.year(entries);
    match entries.get(AGENCY) {
        Some(node) => {
            let known = KEYS.map(|(key, _)| key);
            for (path, node, entries) in reader.tables(node, &Path(AGENCY.to_owned()), &known) {
                roster.members.extend(reader.member(&path, node, entries));
            }
        }
        None => reader.add(
            Finding::new(
                Rule::Missing,
                Severity::Error,
                AGENCY,
                Message::from("名册里没有单位").path(AGENCY),
            )
            .hint(HINT),
            None,
        ),
    }
    roster
}

/// The name of a key of the roster.
fn name(key: &str) -> FieldName {
    let labels = KEYS.iter().find(|(known, _)| *known == key).map(|(_, labels)| *labels);
    let label = labels.and_then(|labels| labels.first().copied()).unwrap_or("单位");
    FieldName::new(key.to_owned(), label)
}

/// Path of a value in the roster: `agency[2].name`.
struct Path(String);

/// Collects findings.
struct Reader<'r> {
    source: &'r Arc<Source>,
    findings: &'r mut Vec<Finding>,
}

impl StrictReader for Reader<'_> {
    type Place = Path;

    fn key(&self, table: &Path, key: &str) -> Path {
        Path(if table.0.is_empty() { key.to_owned() } else { format!("{}.{key}", table.0) })
    }

    fn item(&self, list: &Path, index: usize) -> Path {
        Path(format!("{}[{}]", list.0, index + 1))
    }

    fn fault(&mut self, Path(path): &Path, fault: Fault<'_>) {
        let key = path.rsplit('.').next().unwrap_or_default();
        match fault {
            Fault::NotATable(node) if path.is_empty() => {
                let message = MediumWords::new(
                    "这份文件不是名册：最外层应当是 year 和若干个 [[agency]]",
                    "这份文件不是名册",
                );
                self.shape(path, &node.span, message, HINT);
            }
            Fault::NotATable(node) => {
                let message = MediumWords::new("单位应当写在 [[agency]] 下面", "单位写得不合名册的格式");
                self.shape(path, &node.span, message, HINT);
            }
            Fault::NotTables(node) => {
                let message =
                    MediumWords::new("单位应当一个一个写在 [[agency]] 下面", "单位写得不合名册的格式");
                self.shape(path, &node.span, message, HINT);
            }
            Fault::NotAText(node) | Fault::NotAList(node) | Fault::NotAFlag(node) => {
                let hint = MediumWords::of_file(format!("请用半角引号括起来，例如 {key} = \"…\""));
                let message = Message::from("“").field(name(key)).then("”应当是文字");
                self.shape(path, &node.span, message, hint);
            }
            Fault::Empty(node) => self.shape(path, &node.span, "单位名称是空的", HINT),
            Fault::Missing(owner) => {
                let number = path.split(['[', ']']).nth(1).unwrap_or_default();
                let message = Message::from(format!("第{number}个单位没有名称")).path(key.to_owned());
                let finding = Finding::new(Rule::Missing, Severity::Error, path.as_str(), message).hint(HINT);
                self.add(finding, owner.as_ref());
            }
            Fault::UnknownKey { key, known, .. } => self.unknown_key(path, key, known),
        }
    }
}

impl Reader<'_> {
    fn add(&mut self, mut finding: Finding, span: Option<&Range<usize>>) {
        finding.file.clone_from(&self.source.name);
        self.findings.push(match span {
            Some(span) => finding.at(self.source, span.clone()),
            None => finding,
        });
    }

    fn shape(
        &mut self,
        path: &str,
        span: &Range<usize>,
        message: impl Into<Message>,
        hint: impl Into<Message>,
    ) {
        self.add(Finding::new(Rule::Shape, Severity::Error, path, message).hint(hint), Some(span));
    }

    fn unknown_key(&mut self, path: &str, key: &Key, known: &[&str]) {
        let label = "请在名册文件里改正或删去";
        let hint = match nearest(&key.name, known.iter().copied().enumerate()).map(|near| known[near]) {
            Some(near) => format!("是不是 {near}？"),
            None => format!("可以写的有 {}", known.join("、")),
        };
        let message = MediumWords::new(
            format!("名册里没有“{}”这个键", key.name),
            format!("名册里的“{}”不认识，没有读入", key.name),
        );
        let finding = Finding::new(Rule::UnknownKey, Severity::Error, path, message);
        self.add(finding.hint(MediumWords::new(hint, label)), Some(&key.span));
    }

    fn year(&mut self, entries: Entries<'_>) -> Option<u16> {
        let node = entries.get(YEAR)?;
        let year = match &node.value {
            Value::Number(text) => text.parse().ok().filter(|year| YEARS.contains(year)),
            _ => None,
        };
        if year.is_none() {
            let message = Message::from("年度").path(YEAR).then("应当是四位数的年份");
            let hint = MediumWords::new("例如 year = 2025，不加引号", "例如 2025");
            self.shape(YEAR, &node.span, message, hint);
        }
        year
    }

    /// One body; `None` where it has no name.
    fn member(&mut self, path: &Path, node: &Node, entries: Entries<'_>) -> Option<Member> {
        let kind = self.kind(entries, path);
        let file = self.optional(entries, path, "file");
        let contact = self.optional(entries, path, "contact");
        let phone = self.optional(entries, path, "phone");
        let name = self.required(entries, path, NAME, Some(node.span.clone()))?;
        let path = self.key(path, NAME);
        let text = self.text(name, &path)?.trim();
        if text.is_empty() {
            self.fault(&path, Fault::Empty(name));
            return None;
        }
        Some(Member { name: text.to_owned(), kind, file, contact, phone, span: name.span.clone() })
    }

    fn kind(&mut self, entries: Entries<'_>, path: &Path) -> Option<AgencyKind> {
        let text = self.optional(entries, path, "kind")?;
        let known = kind(&text);
        if let (None, Some(node)) = (known, entries.get("kind")) {
            let message = format!("没有“{text}”这种单位类别");
            self.shape(&self.key(path, "kind").0, &node.span, message, kinds());
        }
        known
    }

    /// A text that may be left out; an empty one counts as left out.
    fn optional(&mut self, entries: Entries<'_>, path: &Path, key: &str) -> Option<String> {
        let node = entries.get(key)?;
        let text = self.text(node, &self.key(path, key))?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}
