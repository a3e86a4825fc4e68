//! 全部办结, 均已按期答复, 办结率100%: ways of saying that nothing was carried over.

use super::Vocabulary;

impl Vocabulary {
    /// The length of the words at `at` that say that all applications were answered, if there are such words, and
    /// whether they can mean nothing else: 均按期答复 may be said of those that were answered.
    pub(in super::super) fn all_done(&self, text: &str, at: usize) -> Option<(usize, bool)> {
        let words = &self.file.all_done;
        let rest = text.get(at..)?;
        let lead = starting(rest, &words.lead);
        let strong = lead.is_some();
        let mut end = lead.or_else(|| starting(rest, &words.weak_lead))?;
        if !strong {
            end += starting(&rest[end..], &words.on_time)?;
        }
        while let Some(length) = starting(&rest[end..], &words.between) {
            end += length;
        }
        end += starting(&rest[end..], &words.verbs)?;
        let before = text.get(..at)?;
        let is_of_some = words.not_after.iter().any(|word| before.ends_with(word.as_str()));
        (!is_of_some).then_some((end, strong))
    }

    /// Whether a percentage that stands behind `before` is the share of applications that were answered.
    pub(in super::super) fn is_answer_rate(&self, before: &str) -> bool {
        let words = &self.file.all_done;
        let before = before.trim_end_matches(['：', ':', '为', '达', '到', '均', '是', '了', ' ']);
        words.rates.iter().any(|rate| {
            before
                .strip_suffix(rate.as_str())
                .is_some_and(|before| !words.not_rates.iter().any(|word| before.ends_with(word.as_str())))
        })
    }
}

/// The length of the longest of the words that a text begins with.
fn starting(text: &str, words: &[String]) -> Option<usize> {
    words.iter().filter(|word| text.starts_with(word.as_str())).map(String::len).max()
}
