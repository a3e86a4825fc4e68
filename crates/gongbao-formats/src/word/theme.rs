//! `theme1.xml`: colours and typefaces that office programs offer for additions to the file. Without a theme Word offers
//! those of a Western document.

use super::{
    faces::Faces,
    xml::{Element, element},
};
use gongbao_core::typeface::Role;

/// Theme colours in the order of the schema: text and background, dark and light, six accents, links. The report is black on
/// white, links included.
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
    let colours = COLOURS.map(|(name, rgb)| element(name).child(element("a:srgbClr").attribute("val", rgb)));
    let fonts = |name, role| {
        element(name)
            .child(element("a:latin").attribute("typeface", faces.name(Role::Latin)))
            .child(element("a:ea").attribute("typeface", faces.name(role)))
            .child(element("a:cs").attribute("typeface", ""))
    };
    let scheme = |name| element(name).attribute("name", "公文");
    element("a:theme")
        .attribute("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .attribute("name", "公文")
        .child(
            element("a:themeElements")
                .child(scheme("a:clrScheme").children(colours))
                .child(
                    scheme("a:fontScheme")
                        .child(fonts("a:majorFont", Role::Heiti))
                        .child(fonts("a:minorFont", Role::Fangsong)),
                )
                .child(
                    scheme("a:fmtScheme")
                        .child(three("a:fillStyleLst", fill))
                        .child(three("a:lnStyleLst", || element("a:ln").attribute("w", 6350).child(fill())))
                        .child(three("a:effectStyleLst", || {
                            element("a:effectStyle").child(element("a:effectLst"))
                        }))
                        .child(three("a:bgFillStyleLst", fill)),
                ),
        )
}

/// The schema requires three variants of each: subtle, moderate, intense. All are plain here.
fn three(name: &'static str, style: impl Fn() -> Element) -> Element {
    element(name).children([style(), style(), style()])
}

fn fill() -> Element {
    element("a:solidFill").child(element("a:schemeClr").attribute("val", "phClr"))
}
