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
    const left = new Set([...Object.keys(collections), ...derived, ...frozen])
    if (left.size === 0 || typeof data !== 'object' || data === null) return encodeValue(data)
    const parts = frozen.flatMap((name) => {
      const member: unknown = Reflect.get(data, name)
      return typeof member === 'object' && member !== null
        ? [`${JSON.stringify(name)}:${frozenText(member)}`]
        : []
    })
    const rest = encodeValue(Object.fromEntries(Object.entries(data).filter(([name]) => !left.has(name))))
    return parts.length === 0
      ? rest
      : `{${[...parts, ...(rest === '{}' ? [] : [rest.slice(1, -1)])].join(',')}}`
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
