//! Decoding of a file's bytes.

mod kind;

use std::{borrow::Cow, ops::Range};

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::{Source, first_line_end};

/// Largest accepted file. Four mebibytes hold more than a million characters; the limit also bounds the cost of
/// hostile files.
const LARGEST: usize = 4 << 20;

/// Whether a file of this size is refused.
pub fn is_too_large(bytes: usize) -> bool {
    bytes > LARGEST
}

/// A run of this many three-byte UTF-8 characters does not occur in GB 18030 text.
const UTF8_BEYOND_DOUBT: usize = 4;

const UTF8_HINT: DecodeHint = DecodeHint::plain("请用原来的软件重新打开该文件，另存为UTF-8编码后再试");

/// What to do about a file that cannot be decoded, in Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeHint {
    /// For people at the command line: it may name a command.
    pub command: &'static str,
    /// For all others.
    pub plain: &'static str,
}

impl DecodeHint {
    /// Creates a hint without a command.
    const fn plain(words: &'static str) -> Self {
        Self { command: words, plain: words }
    }
}

/// Error from decoding a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do next.
    pub hint: DecodeHint,
    /// The part that could be decoded, and the invalid bytes in it.
    pub at: Option<Box<(Source, Range<usize>)>>,
}

impl DecodeError {
    fn new(message: impl Into<String>, hint: DecodeHint) -> Self {
        Self { message: message.into(), hint, at: None }
    }
}

/// Decodes a file's bytes: UTF-8 with or without a byte order mark, UTF-16 with one, else GB 18030.
///
/// Line ends of any kind become `\n`; [`Source::line_end`] keeps what they were.
///
/// # Errors
/// The file is no text, is damaged, or is too large.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Source, DecodeError> {
    if is_too_large(bytes.len()) {
        let size = bytes.len() >> 20;
        let message =
            format!("文件有{size}兆字节，超过了{}兆字节的上限，不像一份年度报告数据文件", LARGEST >> 20);
        return Err(DecodeError::new(message, DecodeHint::plain("请检查是否选错了文件")));
    }
    if let Some(kind) = kind::of(bytes) {
        return Err(DecodeError::new(format!("这不是文本文件，看起来是{}", kind.what), kind.hint));
    }
    let (text, encoding) = text_of(name, bytes)?;
    let line_end = first_line_end(&text);
    let source = Source { line_end, ..Source::new(name, line_feeds(text), encoding) };
    if let Some(at) = source.text.find('\0') {
        let error = DecodeError::new("文件里有空字符（U+0000），可能已经损坏", UTF8_HINT);
        return Err(DecodeError { at: Some(Box::new((source, at..at + 1))), ..error });
    }
    Ok(source)
}

/// Returns the text and the name of its encoding.
fn text_of<'a>(name: &str, bytes: &'a [u8]) -> Result<(Cow<'a, str>, &'static str), DecodeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let label = if encoding == UTF_16LE || encoding == UTF_16BE { "UTF-16" } else { "UTF-8" };
        let rest = bytes.get(mark..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return text.map(|text| (text, label)).ok_or_else(|| {
            let message = format!("文件标明是{label}编码，内容却不全是{label}，可能被截断或已经损坏");
            DecodeError::new(message, UTF8_HINT)
        });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), "UTF-8")),
        Err(error) => error,
    };
    // Damaged UTF-8 often decodes as GB 18030, into nonsense.
    let sound = bytes.get(..error.valid_up_to()).and_then(|sound| std::str::from_utf8(sound).ok());
    let sound = sound.unwrap_or_default();
    if sound.chars().filter(|c| c.len_utf8() == 3).take(UTF8_BEYOND_DOUBT).count() == UTF8_BEYOND_DOUBT {
        let line = Source::new(name, line_feeds(sound.into()), "UTF-8").line_column(usize::MAX).0;
        let message = if error.error_len().is_none() {
            format!("文件不完整：在第{line}行的一个字中间断了")
        } else {
            format!("第{line}行有损坏的字符（不是UTF-8编码）")
        };
        let hint = "请重新取得完整的文件；如果是把不同来源的内容拼在了一起，请统一另存为UTF-8编码";
        return Err(DecodeError::new(message, DecodeHint::plain(hint)));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|text| (text, "GB 18030")).ok_or_else(|| {
        DecodeError::new("认不出文件的编码：既不是UTF-8、UTF-16，也不是GB 18030（GBK）", UTF8_HINT)
    })
}

/// Replaces `\r\n` and lone `\r` by `\n`.
fn line_feeds(text: Cow<'_, str>) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() }
}
