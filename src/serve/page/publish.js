// Publication and corrections.

/** Returns what the page offers for publication; `inHeader` for the header. */
export function publishing() {
  return null;
}
