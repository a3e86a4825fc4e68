//! Renames a font: the official faces may not be distributed with the tests.

/// The font file with a `name` table that says `family` in English and, where given, `chinese`.
pub(crate) fn rename(font: &[u8], family: &str, chinese: Option<&str>) -> Vec<u8> {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let long = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let mut out = font[..12 + 16 * count].to_vec();
    for record in (0..count).map(|n| 12 + 16 * n) {
        let table = match &font[record..record + 4] {
            b"name" => name_table(family, chinese),
            _ => font[long(record + 8)..long(record + 8) + long(record + 12)].to_vec(),
        };
        let offset = out.len() as u32;
        out.extend(&table);
        out.resize(out.len().next_multiple_of(4), 0);
        out[record + 4..record + 8].copy_from_slice(&checksum(&table).to_be_bytes());
        out[record + 8..record + 12].copy_from_slice(&offset.to_be_bytes());
        out[record + 12..record + 16].copy_from_slice(&(table.len() as u32).to_be_bytes());
    }
    out
}

fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn name_table(family: &str, chinese: Option<&str>) -> Vec<u8> {
    let postscript = family.replace(' ', "");
    let mut names = Vec::new();
    for (language, name) in [(0x0409, Some(family)), (0x0804, chinese)] {
        let Some(name) = name else { continue };
        names.push((language, 1, name));
        names.push((language, 2, "Regular"));
        names.push((language, 4, name));
        if language == 0x0409 {
            names.push((language, 6, postscript.as_str()));
        }
    }
    let (mut records, mut strings) = (Vec::new(), Vec::new());
    for (language, id, name) in &names {
        let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        // Platform Windows, encoding Unicode, then the entry of `names`.
        for value in [3u16, 1, *language, *id, text.len() as u16, strings.len() as u16] {
            records.extend(value.to_be_bytes());
        }
        strings.extend(text);
    }
    let mut table = Vec::new();
    for value in [0u16, names.len() as u16, 6 + records.len() as u16] {
        table.extend(value.to_be_bytes());
    }
    table.extend(records);
    table.extend(strings);
    table
}
