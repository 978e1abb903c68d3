/**
 * The line on which a member of a JSON text begins: `containerDefinitions.0.image`. A path that leads further than the text does gives
 * the line of the last part that is there. The text must be JSON; lines count from 1.
 */
export function lineOfPath(text: string, path: string): number {
  const wanted = path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
  const reader = { text, at: 0 }
  let start = skipBlank(reader)
  for (const part of wanted) {
    const next = enter(reader, part)
    if (next === null) break
    start = next
  }
  return text.slice(0, start).split('\n').length
}

type Reader = { readonly text: string; at: number }

function skipBlank(reader: Reader): number {
  while (/\s|\uFEFF/.test(reader.text.charAt(reader.at))) reader.at += 1
  return reader.at
}

/** Goes to a member of the object or list that begins here; null when it has none of that name. */
function enter(reader: Reader, part: string): number | null {
  skipBlank(reader)
  const opening = reader.text.charAt(reader.at)
  if (opening !== '{' && opening !== '[') return null
  const closing = opening === '{' ? '}' : ']'
  reader.at += 1
  for (let index = 0; ; index++) {
    const start = skipBlank(reader)
    if (reader.at >= reader.text.length || reader.text.charAt(reader.at) === closing) return null
    let name = String(index)
    if (opening === '{') {
      name = readString(reader)
      skipBlank(reader)
      reader.at += 1
    }
    if (name === part) return start
    skipValue(reader)
    skipBlank(reader)
    if (reader.text.charAt(reader.at) === ',') reader.at += 1
  }
}

function readString(reader: Reader): string {
  const start = reader.at
  reader.at += 1
  while (reader.at < reader.text.length && reader.text.charAt(reader.at) !== '"')
    reader.at += reader.text.charAt(reader.at) === '\\' ? 2 : 1
  reader.at += 1
  try {
    return String(JSON.parse(reader.text.slice(start, reader.at)))
  } catch {
    // Not JSON after all; then no path leads here.
    return ''
  }
}

function skipValue(reader: Reader): void {
  skipBlank(reader)
  let depth = 0
  while (reader.at < reader.text.length) {
    const char = reader.text.charAt(reader.at)
    if (char === '"') {
      readString(reader)
      if (depth === 0) return
      continue
    }
    if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      if (depth === 0) return
      depth -= 1
      if (depth === 0) {
        reader.at += 1
        return
      }
    } else if (char === ',' && depth === 0) return
    reader.at += 1
  }
}
