/** Ids out of a text with any separators. */
export function splitIds(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean)
}
