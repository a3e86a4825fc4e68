//! The article: preface, chapters, signature.

use super::{
    markup::{Markup, legal_address},
    style::{Part, Variant},
    table,
};
use gongbao_core::document::{ChapterData, Document, ParagraphData, Run, TableData};

/// Maximum length of a list item that is a heading.
const LONGEST_HEADING: usize = 40;

/// Writes the title. Its lines are separate where there is enough room.
pub(super) fn title(markup: &mut Markup, document: &Document, variant: Variant) {
    markup.open(variant.heading(1), &[variant.attribute(Part::Title)]);
    for parts in &document.title_parts {
        markup.open("span", &[variant.attribute(Part::TitleLine)]);
        match parts.as_slice() {
            [line] => markup.words(line),
            // On a narrow screen the line is broken between the parts.
            parts => {
                parts
                    .iter()
                    .for_each(|part| markup.element("span", &[variant.attribute(Part::Unbroken)], part));
            }
        }
        markup.close();
    }
    markup.close();
    markup.line();
}

/// Writes everything after the title.
pub(super) fn body(markup: &mut Markup, document: &Document, variant: Variant) {
    paragraphs(markup, &document.preface, variant);
    let mut tables = 0;
    for (index, chapter) in document.chapters.iter().enumerate() {
        heading(markup, chapter, index + 1, variant);
        paragraphs(markup, chapter.paragraphs.as_deref().unwrap_or_default(), variant);
        paragraphs(markup, &chapter.before, variant);
        for piece in chapter.table.iter().flat_map(TableData::pieces) {
            tables += 1;
            paragraphs(markup, piece.before, variant);
            table::write(markup, &piece.table, &chapter.heading, tables, variant);
        }
        for note in &chapter.notes {
            markup.element("p", &[variant.attribute(Part::Note)], note);
            markup.line();
        }
        paragraphs(markup, &chapter.after, variant);
    }
    if let Some(signature) = &document.signature {
        markup.open("p", &[variant.attribute(Part::Signature)]);
        markup.words(&signature.name);
        markup.void("br", &[]);
        markup.words(&signature.date);
        markup.close();
        markup.line();
    }
}

/// Id of a chapter's heading.
pub(super) fn anchor(number: usize) -> String {
    format!("c{number}")
}

fn heading(markup: &mut Markup, chapter: &ChapterData, number: usize, variant: Variant) {
    let (tag, anchor) = (variant.heading(2), anchor(number));
    let attribute = variant.attribute(Part::Chapter);
    match variant {
        Variant::Page => markup.element(tag, &[("id", &anchor), attribute], &chapter.heading),
        Variant::Fragment => markup.element(tag, &[attribute], &chapter.heading),
    }
    markup.line();
}

fn paragraphs(markup: &mut Markup, paragraphs: &[ParagraphData], variant: Variant) {
    for (index, paragraph) in paragraphs.iter().enumerate() {
        match &paragraph.heading {
            Some(heading) if paragraph.runs.is_empty() => {
                markup.open(variant.heading(3), &[variant.attribute(Part::Second)]);
                runs(markup, heading);
                markup.close();
            }
            Some(heading) => {
                markup.open("div", &[variant.attribute(Part::RunIn)]);
                for (tag, part) in [(variant.heading(3), heading), ("p", &paragraph.runs)] {
                    markup.open(tag, &[variant.attribute(Part::WithinRunIn)]);
                    runs(markup, part);
                    markup.close();
                }
                markup.close();
            }
            None if is_heading_item(paragraphs, index) => {
                markup.open(variant.heading(4), &[variant.attribute(Part::Third)]);
                runs(markup, &paragraph.runs);
                markup.close();
            }
            None => {
                markup.open("p", &[variant.attribute(Part::Body)]);
                runs(markup, &paragraph.runs);
                markup.close();
            }
        }
        markup.line();
    }
}

/// Whether a paragraph of the third level (`1.`) is a heading. All items of its list must be headings: short, no sentence,
/// and not directly followed by the next item.
fn is_heading_item(paragraphs: &[ParagraphData], index: usize) -> bool {
    let is_item = |paragraph: &ParagraphData| paragraph.level == 3;
    if !paragraphs.get(index).is_some_and(is_item) {
        return false;
    }
    // A list is delimited by headings of the second level.
    let ends_list = |paragraph: &ParagraphData| paragraph.level == 2;
    let start = paragraphs[..index].iter().rposition(ends_list).map_or(0, |heading| heading + 1);
    let end = paragraphs[index..].iter().position(ends_list).map_or(paragraphs.len(), |at| index + at);
    let list = &paragraphs[start..end];
    list.iter().enumerate().filter(|(_, paragraph)| is_item(paragraph)).all(|(at, item)| {
        let words: String = item.runs.iter().map(words_of).collect();
        let says_no_sentence = !words.contains(['。', '；', '！', '？', '，', '：', ';']);
        let goes_on = list.get(at + 1).is_some_and(|next| !is_item(next));
        says_no_sentence && words.chars().count() <= LONGEST_HEADING && goes_on
    })
}

/// The words of a run.
fn words_of(run: &Run) -> String {
    match run {
        Run::Text { text } => text.clone(),
        Run::Link { pieces, .. } | Run::Word { pieces } => pieces.concat(),
    }
}

fn runs(markup: &mut Markup, runs: &[Run]) {
    for run in runs {
        match run {
            Run::Text { text } => markup.words(text),
            Run::Link { link, pieces: parts } => {
                markup.open("a", &[("href", &legal_address(link))]);
                pieces(markup, parts);
                markup.close();
            }
            Run::Word { pieces: parts } => pieces(markup, parts),
        }
    }
}

/// Writes pieces between which a line may break; they are copied as one word.
fn pieces(markup: &mut Markup, pieces: &[String]) {
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            markup.void("wbr", &[]);
        }
        markup.words(piece);
    }
}
