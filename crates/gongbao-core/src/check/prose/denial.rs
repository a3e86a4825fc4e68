//! What a text says there was none of: 未收到依申请公开政府信息, 无行政处罚和行政强制处理事项.

use super::{
    mention::{Mention, Reader, Told, classes},
    token::{Kind, Mark, Token},
    vocabulary::{Classes, Denial, Saying, bit},
    window::Window,
};

/// The words that one 未 or 无 denies.
struct Span {
    window: Window,
    /// The topic spoken of last.
    topic: Classes,
    /// Whether something of its own comes after the last word: 无行政处罚信息超期.
    trails: bool,
}

/// The cells that the word at `index` says are zero.
pub(super) fn denied(reader: &mut Reader<'_>, index: usize) -> Vec<Mention> {
    let vocabulary = reader.vocabulary;
    let Some(span) = span(reader, index) else { return Vec::new() };
    let window = &span.window;
    let carried = if window.matter & vocabulary.topics == 0 && !window.has_text {
        reader.topic.map_or(0, bit)
    } else {
        0
    };
    let have = window.words | carried;
    let fits = |cell: &Saying| cell.none != Denial::Never && cell.needs.iter().all(|need| need & have != 0);
    let mut found: Vec<usize> =
        (0..vocabulary.cells.len()).filter(|index| fits(&vocabulary.cells[*index])).collect();
    let all = |index: usize| vocabulary.cells[index].all;
    let topics = vocabulary.topics & have;
    // 未制定规范性文件 is about those made, not about any.
    let wider = found.clone();
    found.retain(|index| {
        let mine = all(*index) & have;
        !wider
            .iter()
            .any(|other| *other != *index && mine & !(all(*other) & have) == 0 && mine != all(*other) & have)
    });
    // What is denied is what comes last: 未收到因政府信息公开申请引起的行政复议.
    let last = if span.topic == 0 { carried } else { span.topic };
    let rule =
        found.iter().find(|index| all(**index) & last != 0).map(|index| &vocabulary.cells[*index].rule);
    let Some(rule) = rule else { return Vec::new() };
    found.retain(|index| vocabulary.cells[*index].rule == *rule);
    // 投诉、举报、行政复议 are denied side by side.
    let beside = vocabulary.neutral | bit(vocabulary.elsewhere);
    let used = found.iter().fold(beside, |used, index| {
        used | all(*index) | vocabulary.cells[*index].with | vocabulary.cells[*index].within
    });
    if span.trails || window.matter & !used != 0 || topics == 0 {
        return Vec::new();
    }
    let mut mentions = Vec::new();
    for cell_index in found {
        let cell = &vocabulary.cells[cell_index];
        // 未制定违反上位法的规范性文件 leaves others possible.
        if window.has_text && !cell.wordy {
            continue;
        }
        if reader.is_partial(window, &Window::default(), cell) {
            continue;
        }
        let Some((reach, unsure)) = reader.scope(index, cell, window) else { continue };
        mentions.push(Mention {
            cells: vec![cell_index],
            told: Told::Nothing,
            each: false,
            unsure: unsure || window.has_text,
            hedged: false,
            reach,
            at: window.start..window.end,
            sentence: reader.sentence_start(),
            clause: window.start..window.end,
        });
    }
    mentions
}

/// The words from a negation to the end of its clause; `None` where it denies a number, not a thing.
fn span(reader: &Reader<'_>, index: usize) -> Option<Span> {
    let vocabulary = reader.vocabulary;
    let signals = &vocabulary.signals;
    let mut window = Window {
        start: reader.tokens[index].range.start,
        end: reader.tokens[index].range.end,
        ..Window::default()
    };
    let mut topic = 0;
    let mut trails = false;
    let ends = |token: &Token| matches!(token.kind, Kind::Mark(mark) if mark != Mark::List);
    for token in reader.tokens[index + 1..].iter().take(64) {
        if ends(token) {
            break;
        }
        if let Some(count) = token.count() {
            // 未发生一起行政复议
            if count.numeral.is_chinese && count.numeral.digits() == "1" {
                continue;
            }
            return None;
        }
        if matches!(token.kind, Kind::Percent(_)) {
            return None;
        }
        let Some(class) = token.class(vocabulary) else {
            trails |= token.kind == Kind::Text && !token.is(Mark::List);
            window.has_text |= token.kind == Kind::Text;
            continue;
        };
        let set = bit(class);
        window.all |= set;
        if class == signals.ignore {
            trails = true;
            window.has_text = true;
        }
        if (vocabulary.matters | vocabulary.neutral) & set != 0 {
            window.words |= set;
        }
        if vocabulary.matters & set != 0 && vocabulary.neutral & set == 0 {
            window.matter |= set;
            window.end = token.range.end;
            trails = false;
            if vocabulary.topics & set != 0 {
                topic = set;
            }
        }
    }
    (classes(window.matter).next().is_some()).then_some(Span { window, topic, trails })
}
