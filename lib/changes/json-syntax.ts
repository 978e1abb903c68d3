const SPACE = /[ \t\n\r]*/y
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// Control characters end a string too early (RFC 8259, section 7).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that JSON refuses.
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

/**
 * Where a text stops being JSON, counted from 0; null when all of it is. Engines tell this in different words, some not at all, and some
 * repeat the text, which may hold secrets. Total, also for deep nesting.
 */
export function syntaxErrorAt(text: string): number | null {
  const open: ('{' | '[')[] = []
  let at = 0
  let wanted: Wanted = 'value'
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found !== null
  }
  const afterValue = (): Wanted => (open.length === 0 ? 'nothing' : 'comma or end')
  for (;;) {
    take(SPACE)
    const sign = text[at]
    if (sign === undefined) return wanted === 'nothing' ? null : at
    if (wanted === 'nothing') return at
    if (wanted === 'colon') {
      if (sign !== ':') return at
      at += 1
      wanted = 'value'
    } else if (wanted === 'comma or end' && sign === ',') {
      at += 1
      wanted = open.at(-1) === '{' ? 'key' : 'value'
    } else if (sign === '}' || sign === ']') {
      const mayEnd = wanted === 'comma or end' || wanted === (sign === '}' ? 'key or end' : 'value or end')
      if (!mayEnd || open.pop() !== (sign === '}' ? '{' : '[')) return at
      at += 1
      wanted = afterValue()
    } else if (wanted === 'comma or end') return at
    else if (wanted === 'key' || wanted === 'key or end') {
      if (!take(STRING)) return at
      wanted = 'colon'
    } else if (sign === '{' || sign === '[') {
      open.push(sign)
      at += 1
      wanted = sign === '{' ? 'key or end' : 'value or end'
    } else {
      if (!take(STRING) && !take(SCALAR)) return at
      wanted = afterValue()
    }
  }
}

/** `line 2, column 13` of a place in a text. */
export function placeIn(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}
