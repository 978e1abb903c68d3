/**
 * What cannot be seen, or changes how the rest is seen: control and format characters (direction marks, zero width), separators
 * other than the space, fillers, private and unassigned characters, lone surrogates.
 */
const hidden = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu
const hiddenButNewline = /(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu
const notPlainAscii = /[^\n\x20-\x7e]|!/g

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0')

/** `\u202e`; two of them for a character beyond the first plane. */
const unitEscapes = (character: string) =>
  Array.from({ length: character.length }, (_, index) => `\\u${hex(character.charCodeAt(index), 4)}`).join('')

/** `\u202e` or `\U000e0001`, as YAML and HCL write it. */
const codePointEscape = (character: string) => {
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
}

/** Text that stays on one line and hides nothing: for comments, titles and labels; not to be parsed back. */
export const visibleLine = (text: string): string =>
  text.replace(hidden, (character) => `\\u{${hex(character.codePointAt(0) ?? 0, 1)}}`)

/** The same JSON (or JavaScript literal), with everything that cannot be seen escaped; its own line ends stay. */
export const visibleJson = (json: string): string => json.replace(hiddenButNewline, unitEscapes)

/**
 * The same JSON in plain ASCII, so that neither the locale of a shell nor its history (`!`) can change it; its own line ends stay.
 */
export const asciiJson = (json: string): string => json.replace(notPlainAscii, unitEscapes)

/** A double-quoted literal for YAML or HCL: `quoted` is JSON's form of the text, which both read but for what is hidden in it. */
export const visibleQuoted = (quoted: string): string => quoted.replace(hidden, codePointEscape)
