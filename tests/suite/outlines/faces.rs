//! Makes faces of other structures out of a TrueType face.

type Tables = Vec<([u8; 4], Vec<u8>)>;

fn word(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes(bytes[at..at + 2].try_into().unwrap())
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn tables(font: &[u8]) -> Tables {
    (0..usize::from(word(font, 4)))
        .map(|n| 12 + 16 * n)
        .map(|at| {
            let (offset, length) = (long(font, at + 8) as usize, long(font, at + 12) as usize);
            (font[at..at + 4].try_into().unwrap(), font[offset..offset + length].to_vec())
        })
        .collect()
}

fn font(version: [u8; 4], mut tables: Tables) -> Vec<u8> {
    tables.sort();
    let mut file = version.to_vec();
    file.extend((tables.len() as u16).to_be_bytes());
    file.extend([0; 6]);
    let mut offset = 12 + 16 * tables.len();
    for (tag, bytes) in &tables {
        file.extend(tag);
        file.extend([0; 4]);
        file.extend((offset as u32).to_be_bytes());
        file.extend((bytes.len() as u32).to_be_bytes());
        offset += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in &tables {
        file.extend(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// A collection of one face.
pub(crate) fn collection(font: &[u8]) -> Vec<u8> {
    let mut file = b"ttcf".to_vec();
    for value in [0x0001_0000_u32, 1, 16] {
        file.extend(value.to_be_bytes());
    }
    file.extend(font);
    for n in 0..usize::from(word(font, 4)) {
        let at = 16 + 12 + 16 * n + 8;
        let moved = long(&file, at) + 16;
        file[at..at + 4].copy_from_slice(&moved.to_be_bytes());
    }
    file
}

/// A face with an axis of weight, along which its outlines do not change.
pub(crate) fn variable(truetype: &[u8]) -> Vec<u8> {
    let mut all = tables(truetype);
    let mut fvar = Vec::new();
    for value in [1u16, 0, 16, 2, 1, 20, 0, 8] {
        fvar.extend(value.to_be_bytes());
    }
    fvar.extend(b"wght");
    for value in [300u32, 400, 700] {
        fvar.extend((value << 16).to_be_bytes());
    }
    fvar.extend([0, 0, 1, 0]);
    all.push((*b"fvar", fvar));
    font([0, 1, 0, 0], all)
}

/// A face whose glyphs are composed of others: the outline of each glyph moves to a glyph of its own, which no
/// character maps to.
pub(crate) fn composed(truetype: &[u8]) -> Vec<u8> {
    let mut all = tables(truetype);
    let table = |tag: &[u8; 4]| all.iter().find(|(own, _)| own == tag).unwrap().1.clone();
    let (glyf, loca) = (table(b"glyf"), table(b"loca"));
    let count = u32::from(word(&table(b"maxp"), 4));
    assert_eq!(word(&table(b"head"), 50), 1, "long offsets");
    let mut made = Vec::new();
    let mut offsets = vec![0u32];
    let range = |glyph: u32| {
        let at = 4 * glyph as usize;
        long(&loca, at) as usize..long(&loca, at + 4) as usize
    };
    for glyph in 0..count {
        let outline = &glyf[range(glyph)];
        if !outline.is_empty() {
            // No contours of its own, the box of the outline, one component, words, unmoved.
            made.extend((-1i16).to_be_bytes());
            made.extend(&outline[2..10]);
            for value in [0x0003, (count + glyph) as u16, 0, 0] {
                made.extend(value.to_be_bytes());
            }
        }
        offsets.push(made.len() as u32);
    }
    for glyph in 0..count {
        made.extend(&glyf[range(glyph)]);
        made.resize(made.len().next_multiple_of(4), 0);
        offsets.push(made.len() as u32);
    }
    for (tag, bytes) in &mut all {
        match &*tag {
            b"glyf" => *bytes = made.clone(),
            b"loca" => *bytes = offsets.iter().flat_map(|offset| offset.to_be_bytes()).collect(),
            b"maxp" => {
                bytes[4..6].copy_from_slice(&(2 * count as u16).to_be_bytes());
                // At most one component, one level deep.
                bytes[28..32].copy_from_slice(&[0, 1, 0, 1]);
            }
            // The components have no advance and no bearing of their own.
            b"hmtx" | b"vmtx" => bytes.resize(bytes.len() + 2 * count as usize, 0),
            _ => {}
        }
    }
    font([0, 1, 0, 0], all)
}

/// A face with CFF outlines: boxes of different heights, drawn by a global and a local subroutine.
pub(crate) fn with_subroutines(truetype: &[u8]) -> Vec<u8> {
    let mut all = tables(truetype);
    let count = word(&all.iter().find(|(tag, _)| tag == b"maxp").unwrap().1, 4);
    let number = |value: i16| [vec![28], value.to_be_bytes().to_vec()].concat();
    let wide = |value: usize| [vec![29], (value as u32).to_be_bytes().to_vec()].concat();
    // The bias of fewer than 1240 subroutines is 107.
    let first = number(-107);
    let charstrings: Vec<Vec<u8>> = (0..count)
        .map(|glyph| {
            let height = 100 + (glyph % 700) as i16;
            // A move to (100, 0); the height; the global subroutine draws and the local one closes the box.
            [
                &number(100)[..],
                &number(0),
                &[21],
                &number(height),
                &first,
                &[29],
                &number(-height),
                &first,
                &[10, 14],
            ]
            .concat()
        })
        .collect();
    // vlineto, then 600 hlineto, return; vlineto, return.
    let global = vec![[&[7][..], &number(600), &[6, 11]].concat()];
    let local = vec![vec![7, 11]];
    let charset = [&[2, 0, 1][..], &(count - 2).to_be_bytes()].concat();
    let private = |length: usize| [&number(1000)[..], &[20], &wide(length), &[19]].concat();
    let length = private(0).len();
    let names = index(&[b"FangSong".to_vec()]);
    let top = |charset: usize, glyphs: usize, at: usize| {
        [&wide(charset)[..], &[15], &wide(glyphs), &[17], &wide(length), &wide(at), &[18]].concat()
    };
    let start = 4 + names.len() + index(&[top(0, 0, 0)]).len() + 2 + index(&global).len();
    let at = start + charset.len();
    let glyphs = at + length + index(&local).len();
    let cff = [
        vec![1, 0, 4, 4],
        names,
        index(&[top(start, glyphs, at)]),
        vec![0, 0],
        index(&global),
        charset,
        private(length),
        index(&local),
        index(&charstrings),
    ]
    .concat();
    all.retain(|(tag, _)| !matches!(tag, b"glyf" | b"loca" | b"cvt " | b"fpgm" | b"prep"));
    for (tag, bytes) in &mut all {
        if tag == b"maxp" {
            *bytes = [&[0, 0, 0x50, 0][..], &count.to_be_bytes()].concat();
        }
    }
    all.push((*b"CFF ", cff));
    font(*b"OTTO", all)
}

fn index(items: &[Vec<u8>]) -> Vec<u8> {
    let mut made = (items.len() as u16).to_be_bytes().to_vec();
    made.push(4);
    let mut end = 1u32;
    made.extend(end.to_be_bytes());
    for item in items {
        end += item.len() as u32;
        made.extend(end.to_be_bytes());
    }
    [made, items.concat()].concat()
}
