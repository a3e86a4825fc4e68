//! DICT structures of a Compact Font Format table (Adobe Technical Note 5176, clause 4).

/// An entry of a DICT.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// The operator; of two bytes if the first is 12.
    pub(super) operator: u16,
    pub(super) operands: &'a [u8],
    /// Operands and operator.
    pub(super) bytes: &'a [u8],
}

impl Entry<'_> {
    /// Returns the operands; `None` if one of them is no integer.
    pub(super) fn integers(&self) -> Option<Vec<i64>> {
        let mut found = Vec::new();
        let mut rest = self.operands;
        while !rest.is_empty() {
            let length = operand(rest)?;
            let number = match *rest.get(..length)? {
                [28, a, b] => i16::from_be_bytes([a, b]).into(),
                [29, a, b, c, d] => i32::from_be_bytes([a, b, c, d]).into(),
                [a @ 32..=246] => i64::from(a) - 139,
                [a @ 247..=250, b] => (i64::from(a) - 247) * 256 + i64::from(b) + 108,
                [a @ 251..=254, b] => -(i64::from(a) - 251) * 256 - i64::from(b) - 108,
                _ => return None,
            };
            found.push(number);
            rest = rest.get(length..)?;
        }
        Some(found)
    }
}

/// Reads the entries of a DICT.
pub(super) fn entries(dict: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = dict.get(at) {
        if *byte > 21 {
            at += operand(dict.get(at..)?)?;
            continue;
        }
        let (operator, end) = match byte {
            12 => (0x0C00 | u16::from(*dict.get(at + 1)?), at + 2),
            _ => (u16::from(*byte), at + 1),
        };
        found.push(Entry { operator, operands: dict.get(start..at)?, bytes: dict.get(start..end)? });
        (start, at) = (end, end);
    }
    // Operands without an operator.
    (start == dict.len()).then_some(found)
}

/// Returns the length of the number at the start.
pub(super) fn operand(bytes: &[u8]) -> Option<usize> {
    Some(match *bytes.first()? {
        28 => 3,
        29 => 5,
        // A real number ends with the nibble F.
        30 => 2 + bytes.get(1..)?.iter().position(|byte| byte & 0x0F == 0x0F || byte >> 4 == 0x0F)?,
        32..=246 => 1,
        247..=254 => 2,
        _ => return None,
    })
}

/// Returns the operand of an entry that holds an offset.
pub(super) fn offset(dict: &[Entry<'_>], operator: u16) -> Option<usize> {
    let found = dict.iter().find(|entry| entry.operator == operator)?.integers()?;
    usize::try_from(*found.first()?).ok()
}

/// Appends an entry with numbers of five bytes each.
pub(super) fn put(dict: &mut Vec<u8>, numbers: &[usize], operator: u16) -> Option<()> {
    for number in numbers {
        dict.push(29);
        dict.extend(i32::try_from(*number).ok()?.to_be_bytes());
    }
    match operator.to_be_bytes() {
        [0, operator] => dict.push(operator),
        long => dict.extend(long),
    }
    Some(())
}
