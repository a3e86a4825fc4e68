//! Fuzzing of the readers of other programs' files: workbooks, Word files, web pages, PDFs.
//!
//! `scripts/fuzz MINUTES` runs it for longer; `docs/reliability.md` has the counts.

mod everywhere;
mod old_workbook;
mod readers;

use peak_alloc::PeakAlloc;

/// Counts the memory of each try.
#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Elements, attributes and values of Office files and web pages.
const WORDS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "<w:gridSpan w:val=\"9999\"/>",
    "<w:vMerge/>",
    "<w:vanish/>",
    "<w:numPr>",
    "<table>",
    "</table>",
    "<tr>",
    "<td colspan=\"99999\" rowspan=\"0\">",
    "</td>",
    "<p>",
    "<div hidden>",
    "<script>",
    "<c r=\"XFD1048576\">",
    "<c r=\"A1\" t=\"s\">",
    "<v>",
    "</v>",
    "<f t=\"shared\" si=\"0\" ref=\"A1:B9\">",
    "</f>",
    "uniqueCount=\"4294967295\"",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<dimension ref=\"A1:XFD1048576\"/>",
    "<!DOCTYPE a>",
    "&#x10FFFF;",
    "&lt;",
    "xml:space=\"preserve\"",
    "<</Type /ObjStm>>",
    "stream\n",
    "endstream",
    "/FlateDecode",
    "/Columns 99999",
    "/EmbeddedFiles",
    "0 R",
    "obj",
    "本年新收",
    "（一）予以公开",
    "总计",
];
