/** Characters that no shell gives a meaning to, wherever they stand in a word; so no leading `-`, `~` or `=`. */
const plain = /^[A-Za-z0-9/._][A-Za-z0-9/._:@%+,=-]*$/
/** Single quotes hold any text, but a line end in them lets an interactive shell look for `!` in the next line. */
const seen = /^[^\p{C}\p{Zl}\p{Zp}!]*$/u

/** Bytes as `printf` of POSIX takes them in its format. */
const octal = (text: string) =>
  [...new TextEncoder().encode(text)]
    .map((byte) =>
      /[A-Za-z0-9]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `\\${byte.toString(8).padStart(3, '0')}`,
    )
    .join('')

/**
 * A text as one word of a POSIX shell: as it is when plain, else in single quotes, where only the single quote itself means anything
 * (POSIX.1-2017, Shell Command Language, 2.2.2); with control characters or `!` as octal numbers. No argument can hold NUL, so it is
 * left out; so are line ends at the very end.
 */
export function shellWord(text: string): string {
  const word = text.replaceAll('\0', '').replace(/\n+$/, '')
  if (plain.test(word)) return word
  return seen.test(word) ? singleQuoted(word) : `"$(printf '${octal(word)}')"`
}

export const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
