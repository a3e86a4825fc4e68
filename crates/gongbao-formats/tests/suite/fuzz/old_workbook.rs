//! Small old workbooks ([MS-CFB], [MS-XLS]) to be changed.

/// A record of a workbook.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
}

fn text(words: &str) -> Vec<u8> {
    let units: Vec<u16> = words.encode_utf16().collect();
    let mut bytes = u16::try_from(units.len()).expect("a short text").to_le_bytes().to_vec();
    bytes.push(1);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn begin(kind: u16) -> Vec<u8> {
    record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat())
}

/// The stream of a workbook with one sheet: labels in the first column, numbers beside them.
fn stream(rows: &[&[&str]]) -> Vec<u8> {
    let labels: Vec<&str> =
        rows.iter().flat_map(|row| row.iter().copied()).filter(|cell| cell.parse::<f64>().is_err()).collect();
    let globals = |place: u32| {
        let name: Vec<u8> = "表".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sheet = [&place.to_le_bytes()[..], &[0, 0, 1, 1], &name].concat();
        let count = u32::try_from(labels.len()).expect("few").to_le_bytes();
        let texts =
            [&count[..], &count, &labels.iter().flat_map(|label| text(label)).collect::<Vec<_>>()].concat();
        [
            begin(5),
            record(0x0042, &1200_u16.to_le_bytes()),
            record(0x0085, &sheet),
            record(0x00FC, &texts),
            record(0x000A, &[]),
        ]
        .concat()
    };
    let place = u32::try_from(globals(0).len()).expect("short");
    let mut sheet = begin(0x10);
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let edges = [0_u32, u32::try_from(rows.len()).expect("few")].map(u32::to_le_bytes).concat();
    let columns = [0_u16, u16::try_from(width).expect("few"), 0].map(u16::to_le_bytes).concat();
    sheet.extend(record(0x0200, &[edges, columns].concat()));
    let mut label = 0_u32;
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let at = [row, column].map(|at| u16::try_from(at).expect("few").to_le_bytes()).concat();
            match cell.parse::<f64>() {
                Ok(number) => {
                    sheet.extend(record(0x0203, &[&at[..], &[0, 0], &number.to_le_bytes()].concat()))
                }
                Err(_) => {
                    sheet.extend(record(0x00FD, &[&at[..], &[0, 0], &label.to_le_bytes()].concat()));
                    label += 1;
                }
            }
        }
    }
    sheet.extend(record(0x00E5, &[1_u16, 0, 0, 0, 2].map(u16::to_le_bytes).concat()));
    sheet.extend(record(0x000A, &[]));
    [globals(place), sheet].concat()
}

/// A compound file with one stream of at least 4096 bytes, in sectors of 512.
fn compound(mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(4096).div_ceil(512) * 512, 0);
    let sectors = stream.len() / 512;
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header[44] = 1;
    header[48] = 1;
    header[56..60].copy_from_slice(&4096_u32.to_le_bytes());
    header[60..64].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    header[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    header[76..512].fill(0xFF);
    header[76..80].copy_from_slice(&0_u32.to_le_bytes());
    let mut table: Vec<u32> = vec![0xFFFF_FFFD, 0xFFFF_FFFE];
    for at in 0..sectors {
        table.push(if at + 1 == sectors { 0xFFFF_FFFE } else { u32::try_from(at + 3).expect("few") });
    }
    table.resize(128, u32::MAX);
    let entry = |name: &str, kind: u8, start: u32, length: usize| {
        let mut entry = vec![0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = u8::try_from(2 * name.len() + 2).expect("a short name");
        entry[66] = kind;
        entry[67] = 1;
        entry[68..80].fill(0xFF);
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(length).expect("short").to_le_bytes());
        entry
    };
    let mut directory = entry("Root Entry", 5, 0xFFFF_FFFE, 0);
    directory[76..80].copy_from_slice(&1_u32.to_le_bytes());
    directory.extend(entry("Workbook", 2, 2, stream.len()));
    directory.resize(512, 0);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, table, directory, stream].concat()
}

/// Workbooks as readers take them.
pub(super) fn samples() -> Vec<Vec<u8>> {
    let two = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"];
    vec![
        compound(stream(&[
            &["某县财政局2024年政府信息公开工作年度报告"],
            &two,
            &["规章", "0", "0", "0"],
            &["行政规范性文件", "4", "5", "6"],
        ])),
        compound(stream(&[&["行政许可", "7"], &["行政处罚", "8"], &["行政强制", "9"]])),
    ]
}

#[test]
fn the_samples_are_read() {
    use gongbao_formats::import::{self, Hints};
    let imported = import::read("a.xls", &samples()[0], &Hints::default());
    assert!(imported.is_ok(), "{imported:?}");
}
