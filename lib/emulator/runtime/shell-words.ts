/**
 * Splits a simple shell command into words: quotes, backslashes and `$NAME` / `${NAME}` of the given environment.
 * Undefined as soon as it needs a real shell (pipes, `&&`, `;`, globs, substitutions, assignments, redirections other
 * than to /dev/null): better a shell than a wrong guess. A trailing `|| exit N` is left out, since for a health check
 * it changes nothing.
 */
export function shellWords(
  script: string,
  environment: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  const text = script
    .trim()
    .replace(/\s*\|\|\s*exit\s+[1-9]\d*\s*;?$/, '')
    .replace(/\s+(?:(?:[12]?>\s*\/dev\/null|2>&1|&>\s*\/dev\/null)\s*)+$/, '')
  const words: string[] = []
  let word: string | undefined
  let at = 0

  const variable = (): string | undefined => {
    const found = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(text.slice(at))
    if (!found) return undefined
    at += found[0].length
    return environment[found[1] ?? found[2] ?? ''] ?? ''
  }
  const quoted = (): string | undefined => {
    let value = ''
    for (at++; at < text.length; ) {
      const char = text[at]
      if (char === '"') {
        at++
        return value
      }
      if (char === '`') return undefined
      if (char === '$') {
        const expanded = variable()
        if (expanded === undefined) return undefined
        value += expanded
      } else {
        if (char === '\\' && /["\\$`]/.test(text[at + 1] ?? '')) at++
        value += text[at]
        at++
      }
    }
    return undefined
  }

  while (at < text.length) {
    const char = text[at] ?? ''
    if (/\s/.test(char)) {
      if (/\n/.test(char)) return undefined
      if (word !== undefined) words.push(word)
      word = undefined
      at++
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1)
      if (end === -1) return undefined
      word = (word ?? '') + text.slice(at + 1, end)
      at = end + 1
    } else if (char === '"') {
      const value = quoted()
      if (value === undefined) return undefined
      word = (word ?? '') + value
    } else if (char === '$') {
      const value = variable()
      // Outside quotes a shell splits what a variable holds into words.
      if (value === undefined || /\s/.test(value)) return undefined
      if (value !== '') word = (word ?? '') + value
    } else if (char === '\\') {
      const next = text[at + 1]
      if (next === undefined || next === '\n') return undefined
      word = (word ?? '') + next
      at += 2
    } else if (/[|&;<>()`*#~!]/.test(char) || (/[?[\]]/.test(char) && !word?.includes('://'))) {
      return undefined
    } else {
      word = (word ?? '') + char
      at++
    }
  }
  if (word !== undefined) words.push(word)
  return /^\w+=/.test(words[0] ?? '') ? undefined : words
}
