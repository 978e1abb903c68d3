/** Characters that no shell gives a meaning to, wherever they stand in a word; so no leading `-`, `~` or `=`. */
const plain = /^[A-Za-z0-9/._][A-Za-z0-9/._:@%+,=-]*$/

/**
 * A text as one word of a POSIX shell: as it is when plain, else in single quotes, where only the single quote itself means anything
 * (POSIX.1-2017, Shell Command Language, 2.2.2). No argument can hold NUL, so it is left out.
 */
export function shellWord(text: string): string {
  const word = text.replaceAll('\0', '')
  return plain.test(word) ? word : singleQuoted(word)
}

export const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
