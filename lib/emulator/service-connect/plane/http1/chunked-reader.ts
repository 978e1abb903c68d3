import { readFields, unclean } from './read-fields'

/** What a piece of a chunked body came to. */
export type ChunkedSink = {
  data(bytes: Buffer): void
  end(trailers: readonly string[]): void
}

type Taken = { readonly text: string; readonly next: number }

const longestSizeLine = 256
const longestTrailers = 16_384
/** Extensions are taken, as llhttp takes them, and passed on to nobody. */
const sizeLine = /^([0-9A-Fa-f]{1,12})(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?$/

/** Reads a chunked body (RFC 9112, 7.1) piece by piece, strictly: every line ends with CR LF. */
export class ChunkedReader {
  #state: 'size' | 'data' | 'data end' | 'trailers' | 'over' = 'size'
  #left = 0
  /** An unfinished line or trailer section, Latin-1. */
  #pending = ''

  /** Reads on at `from`; the index after what it took, or -1 when the body is broken. Stops at the end of the body. */
  push(bytes: Buffer, from: number, sink: ChunkedSink): number {
    let at = from
    while (at < bytes.length && this.#state !== 'over') {
      if (this.#state === 'data') {
        const until = Math.min(bytes.length, at + this.#left)
        const piece = bytes.subarray(at, until)
        this.#left -= until - at
        at = until
        if (this.#left === 0) this.#state = 'data end'
        sink.data(piece)
        continue
      }
      const trailing = this.#state === 'trailers'
      const taken = trailing ? this.#takeTrailers(bytes, at) : this.#takeLine(bytes, at)
      if (taken === 'more') return bytes.length
      if (taken === 'broken') return -1
      at = taken.next
      if (trailing) {
        const trailers = readTrailers(taken.text)
        if (!trailers) return -1
        this.#state = 'over'
        sink.end(trailers)
      } else if (this.#state === 'data end') {
        if (taken.text !== '') return -1
        this.#state = 'size'
      } else {
        const size = sizeLine.exec(taken.text)?.[1]
        if (size === undefined) return -1
        this.#left = Number.parseInt(size, 16)
        this.#state = this.#left === 0 ? 'trailers' : 'data'
      }
    }
    return at
  }

  /** For the next body on the same connection. */
  reset(): void {
    this.#state = 'size'
    this.#pending = ''
  }

  #takeLine(bytes: Buffer, from: number): Taken | 'more' | 'broken' {
    const lf = bytes.indexOf(10, from)
    const end = lf === -1 ? bytes.length : lf
    if (this.#pending.length + end - from > longestSizeLine) return 'broken'
    const text = this.#pending + bytes.toString('latin1', from, end)
    if (lf === -1) {
      if (this.#state === 'data end' && text !== '\r') return 'broken'
      this.#pending = text
      return 'more'
    }
    this.#pending = ''
    return text.endsWith('\r') ? { text: text.slice(0, -1), next: lf + 1 } : 'broken'
  }

  /** Up to the empty line; the text is without it. */
  #takeTrailers(bytes: Buffer, from: number): Taken | 'more' | 'broken' {
    const before = this.#pending.length
    const text =
      this.#pending + bytes.toString('latin1', from, Math.min(bytes.length, from + longestTrailers))
    this.#pending = ''
    if (text.startsWith('\r\n')) return { text: '', next: from + 2 - before }
    const end = text.indexOf('\r\n\r\n')
    if (end !== -1) return { text: text.slice(0, end), next: from + end + 4 - before }
    if (text.length >= longestTrailers || unclean.test(text.replace(/\r$/, ''))) return 'broken'
    this.#pending = text
    return 'more'
  }
}

function readTrailers(text: string): readonly string[] | undefined {
  if (text === '') return []
  if (unclean.test(text)) return undefined
  const facts = readFields(text, 0)
  if ('mistake' in facts) return undefined
  // What frames or routes a message may not come after it (RFC 9110, 6.5.1).
  const late = facts.chunked || facts.contentLength !== undefined || facts.host !== undefined
  return late ? undefined : facts.fields
}
