import type { Layout } from './layout'
import { decodeValue, encodeValue } from './value-codec'

/** Makes the text of a record for its row. */
export type RecordEncoder = (record: unknown, layout: Layout) => string

/**
 * Everything of a record that its row holds: all members but those that are rows of their own or built from others.
 * The encoder remembers the text of frozen members for as long as they live.
 */
export function makeRecordEncoder(): RecordEncoder {
  const frozenTexts = new WeakMap<object, string>()

  const frozenText = (member: object): string => {
    let text = frozenTexts.get(member)
    if (text === undefined) {
      text = encodeValue(member)
      frozenTexts.set(member, text)
    }
    return text
  }

  return (record, { collections = {}, derived = [], frozen = [], toData }) => {
    const data = toData ? toData(record as never) : record
    if (typeof data !== 'object' || data === null) return encodeValue(data)
    const absent = new Set([...Object.keys(collections), ...derived])
    if (absent.size + frozen.length === 0) return encodeValue(data)
    const members = Object.entries(data).filter(([name]) => !absent.has(name))
    const isFrozen = (name: string, member: unknown): member is object =>
      frozen.includes(name) && typeof member === 'object' && member !== null
    const rest = encodeValue(Object.fromEntries(members.filter(([name, member]) => !isFrozen(name, member))))
    // A record with a member that looks like a mark is no plain JSON object, so nothing can be put beside its members.
    if (rest.startsWith('{"$')) return encodeValue(Object.fromEntries(members))
    const parts = members.flatMap(([name, member]) =>
      isFrozen(name, member) ? [`${JSON.stringify(name)}:${frozenText(member)}`] : [],
    )
    if (rest !== '{}') parts.push(rest.slice(1, -1))
    return `{${parts.join(',')}}`
  }
}

/**
 * The record of a row, with empty Maps where the members are that others fill. Throws `SyntaxError` for a text that is
 * none of `makeRecordEncoder`.
 */
export function decodeRecord(text: string, { collections = {}, derived = [] }: Layout): unknown {
  const record = decodeValue(text)
  if (typeof record !== 'object' || record === null) return record
  for (const name of [...Object.keys(collections), ...derived]) Object.assign(record, { [name]: new Map() })
  return record
}
