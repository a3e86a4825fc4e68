//! The article: preface, chapters, signature, as the document has them.

use super::{
    dress::{Look, Part},
    markup::{Markup, legal_address},
    table,
};
use gongbao_core::document::{ChapterData, Document, Para, Run};

/// An item that is a heading is no longer than this.
const LONGEST_HEADING: usize = 40;

/// Writes the title: its lines stand below each other where there is room.
pub(super) fn title(markup: &mut Markup, document: &Document, look: Look) {
    markup.open(look.heading(1), &[look.of(Part::Title)]);
    for line in &document.title {
        markup.element("span", &[look.of(Part::TitleLine)], line);
    }
    markup.close();
    markup.line();
}

/// Writes what follows the title.
pub(super) fn body(markup: &mut Markup, document: &Document, look: Look) {
    paragraphs(markup, &document.preface, look);
    let mut tables = 0;
    for (index, chapter) in document.chapters.iter().enumerate() {
        heading(markup, chapter, index + 1, look);
        paragraphs(markup, chapter.paragraphs.as_deref().unwrap_or_default(), look);
        if let Some(table) = &chapter.table {
            tables += 1;
            table::write(markup, table, &chapter.heading, tables, look);
        }
        for note in &chapter.notes {
            markup.element("p", &[look.of(Part::Note)], note);
            markup.line();
        }
    }
    if let Some(signature) = &document.signature {
        markup.open("p", &[look.of(Part::Signature)]);
        markup.words(&signature.name);
        markup.void("br", &[]);
        markup.words(&signature.date);
        markup.close();
        markup.line();
    }
}

/// The name of a chapter's place on the page.
pub(super) fn anchor(number: usize) -> String {
    format!("c{number}")
}

fn heading(markup: &mut Markup, chapter: &ChapterData, number: usize, look: Look) {
    let (tag, anchor) = (look.heading(2), anchor(number));
    let dress = look.of(Part::Chapter);
    match look {
        Look::Page => markup.element(tag, &[("id", &anchor), dress], &chapter.heading),
        Look::Fragment => markup.element(tag, &[dress], &chapter.heading),
    }
    markup.line();
}

fn paragraphs(markup: &mut Markup, paragraphs: &[Para], look: Look) {
    for (index, paragraph) in paragraphs.iter().enumerate() {
        match &paragraph.heading {
            Some(heading) if paragraph.runs.is_empty() => {
                markup.open(look.heading(3), &[look.of(Part::Second)]);
                runs(markup, heading);
                markup.close();
            }
            Some(heading) => {
                markup.open("div", &[look.of(Part::RunIn)]);
                for (tag, part) in [(look.heading(3), heading), ("p", &paragraph.runs)] {
                    markup.open(tag, &[look.of(Part::WithinRunIn)]);
                    runs(markup, part);
                    markup.close();
                }
                markup.close();
            }
            None if heads(paragraphs, index) => {
                markup.open(look.heading(4), &[look.of(Part::Third)]);
                runs(markup, &paragraph.runs);
                markup.close();
            }
            None => {
                markup.open("p", &[look.of(Part::Body)]);
                runs(markup, &paragraph.runs);
                markup.close();
            }
        }
        markup.line();
    }
}

/// Whether a paragraph of the third level (`1.`) heads what follows it, as do all of its list: it says no
/// sentence, and what follows is not the next item.
fn heads(paragraphs: &[Para], index: usize) -> bool {
    let is_item = |paragraph: &Para| paragraph.level == 3;
    if !paragraphs.get(index).is_some_and(is_item) {
        return false;
    }
    // A list lies between two headings of the second level.
    let ends_list = |paragraph: &Para| paragraph.level == 2;
    let start = paragraphs[..index].iter().rposition(ends_list).map_or(0, |heading| heading + 1);
    let end = paragraphs[index..].iter().position(ends_list).map_or(paragraphs.len(), |at| index + at);
    let list = &paragraphs[start..end];
    list.iter().enumerate().filter(|(_, paragraph)| is_item(paragraph)).all(|(at, item)| {
        let words: String = item.runs.iter().map(said).collect();
        let says_no_sentence = !words.contains(['。', '；', '！', '？', '，', '：', ';']);
        let goes_on = list.get(at + 1).is_some_and(|next| !is_item(next));
        says_no_sentence && words.chars().count() <= LONGEST_HEADING && goes_on
    })
}

/// The words of a run.
fn said(run: &Run) -> String {
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

/// Pieces between which a line may break; copied they are one word.
fn pieces(markup: &mut Markup, pieces: &[String]) {
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            markup.void("wbr", &[]);
        }
        markup.words(piece);
    }
}
