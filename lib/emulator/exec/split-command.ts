/**
 * Splits an exec command into words as the agent does in a container: quotes and backslashes as in a shell, nothing expanded, a
 * `#` at the start of a word begins a comment (amazon-ssm-agent splits with google/shlex and starts the program itself, without a
 * shell). Undefined when a quote is not closed.
 */
export function splitCommand(command: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < command.length; at++) {
    const char = command[at] ?? ''
    if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === '#' && word === undefined) {
      const end = command.indexOf('\n', at)
      if (end === -1) break
      at = end
    } else if (char === "'") {
      const end = command.indexOf("'", at + 1)
      if (end === -1) return undefined
      word = (word ?? '') + command.slice(at + 1, end)
      at = end
    } else if (char === '"') {
      const quoted = readQuoted(command, at + 1)
      if (!quoted) return undefined
      word = (word ?? '') + quoted.text
      at = quoted.end
    } else if (char === '\\') {
      at++
      if (at >= command.length) return undefined
      word = (word ?? '') + command[at]
    } else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return words
}

/** Up to the closing double quote. Every backslash takes the next character as it is. */
function readQuoted(
  command: string,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  let text = ''
  for (let at = start; at < command.length; at++) {
    const char = command[at]
    if (char === '"') return { text, end: at }
    if (char === '\\') at++
    text += command[at] ?? ''
  }
  return undefined
}
