/** Characters that move, hide or reorder others (controls, formats, line and paragraph separators), but not tab and line feed. */
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const shown = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  // C0 has pictures of its own in Unicode (U+2400 and following); the others are told by number.
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`
}

/**
 * Text of an untrusted answer with every control, direction and zero-width character made visible. Tab and line feed
 * stay; a carriage return before a line feed is dropped.
 */
export const toVisible = (text: string): string => text.replace(/\r\n/g, '\n').replace(invisible, shown)

/** Longest JSON that is worth indenting. */
const maxPrettyLength = 64 * 1024

/** A flat object up to this long reads better on one line. */
const maxLineLength = 400

const isFlat = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((member) => typeof member !== 'object' || member === null)

/** JSON on one line when it is short and flat, else indented by two; anything else as it came. Control characters visible. */
export const toReadable = (text: string): string => {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed) || trimmed.length > maxPrettyLength) return toVisible(text)
  try {
    const value: unknown = JSON.parse(trimmed)
    const pretty = JSON.stringify(value, null, 2)
    // Inside strings JSON escapes line breaks, so every one that is left is indentation.
    return toVisible(
      isFlat(value) && trimmed.length <= maxLineLength ? pretty.replace(/\n\s*/g, ' ') : pretty,
    )
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return toVisible(text)
    throw error
  }
}
