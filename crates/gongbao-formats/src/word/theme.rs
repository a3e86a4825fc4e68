//! `theme1.xml`: the colours and faces that an office program offers for what is added to the file. The report itself names its
//! faces; without a theme Word would offer those of a Western letter.

use super::{
    faces::Faces,
    xml::{Element, element},
};
use gongbao_core::typeface::Role;

/// The colours that Word offers, in its order: text and ground, darker and lighter, six for charts, links. The report is black
/// on white, and so are its links.
const COLOURS: [(&str, &str); 12] = [
    ("a:dk1", "000000"),
    ("a:lt1", "FFFFFF"),
    ("a:dk2", "1F497D"),
    ("a:lt2", "EEECE1"),
    ("a:accent1", "4F81BD"),
    ("a:accent2", "C0504D"),
    ("a:accent3", "9BBB59"),
    ("a:accent4", "8064A2"),
    ("a:accent5", "4BACC6"),
    ("a:accent6", "F79646"),
    ("a:hlink", "000000"),
    ("a:folHlink", "000000"),
];

/// `theme1.xml`.
pub(super) fn theme(faces: &Faces) -> Element {
    let colours = COLOURS.map(|(name, rgb)| element(name).holding(element("a:srgbClr").with("val", rgb)));
    let fonts = |name, role| {
        element(name)
            .holding(element("a:latin").with("typeface", faces.name(Role::Latin)))
            .holding(element("a:ea").with("typeface", faces.name(role)))
            .holding(element("a:cs").with("typeface", ""))
    };
    let scheme = |name| element(name).with("name", "公文");
    element("a:theme")
        .with("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .with("name", "公文")
        .holding(
            element("a:themeElements")
                .holding(scheme("a:clrScheme").holding_all(colours))
                .holding(
                    scheme("a:fontScheme")
                        .holding(fonts("a:majorFont", Role::Heiti))
                        .holding(fonts("a:minorFont", Role::Fangsong)),
                )
                .holding(
                    scheme("a:fmtScheme")
                        .holding(three("a:fillStyleLst", fill))
                        .holding(three("a:lnStyleLst", || element("a:ln").with("w", 6350).holding(fill())))
                        .holding(three("a:effectStyleLst", || {
                            element("a:effectStyle").holding(element("a:effectLst"))
                        }))
                        .holding(three("a:bgFillStyleLst", fill)),
                ),
        )
}

/// The schema wants three of each: subtle, moderate, intense. Here all are plain.
fn three(name: &'static str, style: impl Fn() -> Element) -> Element {
    element(name).holding_all([style(), style(), style()])
}

fn fill() -> Element {
    element("a:solidFill").holding(element("a:schemeClr").with("val", "phClr"))
}
