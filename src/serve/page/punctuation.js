// Half-width punctuation in Chinese text (GB/T 15834: marks of Chinese text are full-width).

const FULL = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）', '.': '。' };
const CHINESE = '\\u4e00-\\u9fff，。；：？！、（）“”‘’《》〔〕…—';
/** What is left alone: web addresses and placeholders. */
const FIXED = /https?:\/\/\S*|www\.\S*|\S+@\S+|\{\{[^{}]*\}\}/g;
/** A mark beside a Chinese character; a point only after one, and not between figures. */
const HALF = new RegExp(`(?<=[${CHINESE}])[,;:?!()](?!\\d*[,.]\\d)|[,;:?!()](?=[${CHINESE}])|(?<=[\\u4e00-\\u9fff）”])\\.(?=$|[${CHINESE}])`, 'g');

/** Returns the half-width marks of a line: `{at, mark, full}`. */
export function halfWidth(line) {
  const fixed = [...line.matchAll(FIXED)].map((match) => [match.index, match.index + match[0].length]);
  return [...line.matchAll(HALF)]
    .filter((match) => !fixed.some(([from, to]) => from <= match.index && match.index < to))
    .map((match) => ({ at: match.index, mark: match[0], full: FULL[match[0]] }));
}

/** Returns a line with full-width marks. */
export function fullWidth(line) {
  const found = halfWidth(line);
  return found.reduceRight((text, one) => text.slice(0, one.at) + one.full + text.slice(one.at + 1), line);
}
