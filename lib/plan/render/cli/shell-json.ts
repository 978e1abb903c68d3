import { isRef, type Ref } from '../../command'
import { isFields, isList, type Value } from '../value'
import { asciiJson } from '../visible'
import { singleQuoted } from './shell-word'

/** JSON text, with references between its parts. */
type Parts = readonly (string | Ref)[]

const LONGEST_LINE = 56

const json = (text: string) => asciiJson(JSON.stringify(text))

const lengthOf = (parts: Parts) =>
  parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 20), 0)

function wrap(open: string, items: readonly Parts[], close: string, indent: string): Parts {
  if (items.length === 0) return [open + close]
  const multiLine =
    items.some((item) => item.some((part) => typeof part === 'string' && part.includes('\n'))) ||
    items.reduce((sum, item) => sum + lengthOf(item) + 2, indent.length) > LONGEST_LINE
  const inner = multiLine ? `\n${indent}  ` : ' '
  return [
    open,
    ...items.flatMap((item, index) => [`${index === 0 ? '' : ','}${inner}`, ...item]),
    `${multiLine ? `\n${indent}` : ' '}${close}`,
  ]
}

function partsOf(value: Value, indent: string): Parts {
  if (typeof value === 'string') return [json(value)]
  if (isRef(value)) return ['"', value, '"']
  const deeper = `${indent}  `
  if (isList(value))
    return wrap(
      '[',
      value.map((item) => partsOf(item, deeper)),
      ']',
      indent,
    )
  if (isFields(value))
    return wrap(
      '{',
      Object.entries(value).map(([name, item]) => [`${json(name)}: `, ...partsOf(item, deeper)]),
      '}',
      indent,
    )
  return [String(value)]
}

/**
 * An input as one shell word: JSON in single quotes, and for each reference the quotes are closed, the variable put in, and opened
 * again. What a variable holds is checked before (`answer`), so it cannot end the JSON string.
 */
export function shellJson(value: Value, variableOf: (ref: Ref) => string): string {
  let word = ''
  let text = ''
  for (const part of partsOf(value, '')) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    word += `${singleQuoted(text)}"$${variableOf(part)}"`
    text = ''
  }
  return word + singleQuoted(text)
}

/** `{ "Id": "…" }` with the value of a variable, as one shell word. */
export const variableJson = (name: string, variable: string): string =>
  `${singleQuoted(`{ "${name}": "`)}"$${variable}"${singleQuoted('" }')}`
