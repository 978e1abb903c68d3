import { curlFlags, type Draft, type Flag, type HttpCheck, wgetFlags } from './http-check-flags'

/** `-qO-`, `-sf`, `--tries=1`: one word that says several things, as separate words. Undefined: not understood. */
function separated(word: string, flags: Readonly<Record<string, Flag>>): readonly string[] | undefined {
  if (flags[word]) return [word]
  if (word.startsWith('--')) {
    const equals = word.indexOf('=')
    const name = word.slice(0, equals)
    return equals > 0 && flags[name]?.takesValue ? [name, word.slice(equals + 1)] : undefined
  }
  const parts: string[] = []
  for (let at = 1; at < word.length; at++) {
    const name = `-${word[at]}`
    const known = flags[name]
    if (!known) return undefined
    parts.push(name)
    if (known.takesValue) {
      const value = word.slice(at + 1)
      return value === '' ? parts : [...parts, value]
    }
  }
  return parts
}

const isOwn = (hostname: string, task: { readonly address: string; readonly hostname: string }): boolean =>
  ['localhost', '127.0.0.1', '0.0.0.0', '[::1]', task.address, task.hostname].includes(hostname)

/** Reads the words of a curl or wget of one URL of the task itself; undefined when it is anything else. */
export function httpCheckOf(
  words: readonly string[],
  task: { readonly address: string; readonly hostname: string },
): HttpCheck | undefined {
  const program = words[0]?.replace(/^(?:\/usr)?\/bin\//, '')
  if (program !== 'curl' && program !== 'wget') return undefined
  const flags = program === 'curl' ? curlFlags : wgetFlags
  const isWget = program === 'wget'
  const draft: Draft = {
    url: '',
    urls: [],
    method: 'GET',
    headers: {},
    okBelowStatus: isWget ? 400 : 600,
    followRedirects: isWget,
    verifyCertificate: true,
  }
  const queue = words.slice(1)
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!word.startsWith('-') || word === '-') {
      draft.urls.push(word)
      continue
    }
    const parts = separated(word, flags)
    if (!parts) return undefined
    const last = parts.length > 1 ? parts.at(-2) : undefined
    const hasOwnValue = last !== undefined && flags[last]?.takesValue === true
    for (const [index, part] of parts.entries()) {
      const known = flags[part]
      if (hasOwnValue && index === parts.length - 1) break
      if (!known) return undefined
      const inline = hasOwnValue && index === parts.length - 2 ? parts.at(-1) : undefined
      const value = known.takesValue ? (inline ?? queue.shift()) : ''
      if (value === undefined) return undefined
      known.apply?.(draft, value)
    }
  }
  const { urls, ...check } = draft
  const [given] = urls
  if (urls.length !== 1 || given === undefined) return undefined
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol) || !isOwn(url.hostname, task)) return undefined
  return { ...check, url: url.href }
}
