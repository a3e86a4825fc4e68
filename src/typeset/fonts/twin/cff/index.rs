//! INDEX structures of a Compact Font Format table (Adobe Technical Note 5176, clause 5).

/// An INDEX: numbered items.
#[derive(Clone, Copy)]
pub(in super::super::super) struct Index<'a> {
    count: usize,
    size: usize,
    offsets: &'a [u8],
    data: &'a [u8],
    /// All bytes, with the header.
    pub(super) bytes: &'a [u8],
    /// Where the index ends in the table.
    pub(super) end: usize,
}

impl<'a> Index<'a> {
    pub(super) fn read(table: &'a [u8], at: usize) -> Option<Self> {
        let start = table.get(at..)?;
        let count = usize::from(super::super::word(start, 0)?);
        if count == 0 {
            return Some(Self {
                count,
                size: 1,
                offsets: &[],
                data: &[],
                bytes: start.get(..2)?,
                end: at + 2,
            });
        }
        let size = usize::from(*start.get(2)?);
        if !(1..=4).contains(&size) {
            return None;
        }
        let before = 3 + (count + 1) * size;
        let mut index = Self { count, size, offsets: start.get(3..before)?, data: &[], bytes: &[], end: at };
        let length = index.offset(count)?;
        index.data = start.get(before..before.checked_add(length)?)?;
        index.bytes = start.get(..before + length)?;
        index.end = at + before + length;
        Some(index)
    }

    /// Returns the number of items.
    pub(in super::super::super) fn len(&self) -> usize {
        self.count
    }

    /// Returns an item.
    pub(in super::super::super) fn get(&self, at: usize) -> Option<&'a [u8]> {
        self.data.get(self.offset(at)?..self.offset(at + 1)?)
    }

    fn offset(&self, at: usize) -> Option<usize> {
        let bytes = self.offsets.get(at * self.size..(at + 1) * self.size)?;
        let offset = bytes.iter().fold(0_u32, |offset, byte| offset << 8 | u32::from(*byte));
        usize::try_from(offset).ok()?.checked_sub(1)
    }
}

/// Writes an INDEX with the shortest offsets.
pub(super) fn index<T: AsRef<[u8]>>(items: &[T]) -> Option<Vec<u8>> {
    let mut made = u16::try_from(items.len()).ok()?.to_be_bytes().to_vec();
    if items.is_empty() {
        return Some(made);
    }
    let total = items.iter().map(|item| item.as_ref().len()).sum::<usize>();
    let total = u32::try_from(total).ok()?.checked_add(1)?;
    // The bytes that the last offset needs.
    let size = match total.leading_zeros() {
        24.. => 1,
        16..24 => 2,
        8..16 => 3,
        _ => 4,
    };
    made.reserve(1 + (items.len() + 1) * size + items.iter().map(|item| item.as_ref().len()).sum::<usize>());
    made.push(u8::try_from(size).ok()?);
    let mut end = 1_u32;
    let put = |end: u32, made: &mut Vec<u8>| made.extend(end.to_be_bytes().iter().skip(4 - size));
    put(end, &mut made);
    for item in items {
        end += u32::try_from(item.as_ref().len()).ok()?;
        put(end, &mut made);
    }
    for item in items {
        made.extend_from_slice(item.as_ref());
    }
    Some(made)
}
