//! Encodings, and files that are not text.

use std::sync::Arc;

use gongbao_core::{
    finding::render_all,
    syntax::open,
    syntax::{Format, Value, parse},
};

use super::{Result, at};

#[test]
fn any_encoding_and_any_line_end_gives_the_same_text() -> Result {
    let text = "year = 2024\ntitle = \"淮安市人民政府\"\n";
    let windows = text.replace('\n', "\r\n");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        std::iter::once(0xFEFF).chain(windows.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let (gbk, _, _) = encoding_rs::GBK.encode(&windows);
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (text.into(), "UTF-8", "\n"),
        (windows.clone().into(), "UTF-8", "\r\n"),
        (text.replace('\n', "\r").into(), "UTF-8", "\r"),
        (format!("\u{FEFF}{windows}").into(), "UTF-8", "\r\n"),
        (utf16(u16::to_le_bytes), "UTF-16", "\r\n"),
        (utf16(u16::to_be_bytes), "UTF-16", "\r\n"),
        (gbk.to_vec(), "GB 18030", "\r\n"),
    ];
    for (bytes, encoding, line_end) in cases {
        let source = open("报告.toml", &bytes).map_err(|finding| finding.text())?;
        assert_eq!((source.text.as_str(), source.encoding, source.line_end), (text, encoding, line_end));
        let root = parse(&Arc::new(source), Format::Toml).map_err(|findings| render_all(&findings, false))?;
        assert_eq!(
            at(&root, "title").map(|node| &node.value),
            Some(&Value::Text("淮安市人民政府".to_owned()))
        );
    }
    Ok(())
}

#[test]
fn a_file_that_is_no_text_is_named_by_its_format() {
    let long: Vec<u8> = "淮安市人民政府政府信息公开".bytes().collect();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"PK\x03\x04....xl/workbook.xml".to_vec(), "Excel工作簿"),
        (b"PK\x03\x04....word/document.xml".to_vec(), "Word文档"),
        (b"%PDF-1.7\n".to_vec(), "PDF文件"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....".to_vec(), "旧版Office文件"),
        (b"<!DOCTYPE html><html>".to_vec(), "网页"),
        ("year = 2024".encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16"),
        (b"year = 2024\n\0".to_vec(), "空字符"),
        (vec![b'a'; 9 << 20], "上限"),
        (b"\xFF\xFE\x00".to_vec(), "截断"),
        (b"\xFF\xFF\xFF".to_vec(), "编码"),
        (long.get(..long.len() - 1).unwrap_or_default().to_vec(), "不完整"),
        ([long.as_slice(), b"\xFF", long.as_slice()].concat(), "损坏"),
    ];
    for (bytes, expected) in cases {
        let message = open("报告.toml", &bytes).err().map(|finding| finding.text()).unwrap_or_default();
        assert!(message.contains(expected), "{message} lacks {expected}");
    }
}

#[test]
fn an_empty_file_is_reported_as_empty() -> Result {
    for bytes in [&b""[..], b"\xEF\xBB\xBF", b"\xFF\xFE", b" \r\n\t"] {
        let source = Arc::new(open("空.toml", bytes).map_err(|finding| finding.text())?);
        for format in [Format::Toml, Format::Json, Format::Yaml] {
            let findings = parse(&source, format).err().unwrap_or_default();
            let expected = "错误[unreadable]: 文件是空的\n--> 空.toml\n = 办法: 请检查文件是否保存成功，或者用 gongbao new 新建一份\n";
            assert_eq!(render_all(&findings, false), expected);
        }
    }
    Ok(())
}
