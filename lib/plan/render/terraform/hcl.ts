import { isRef, type Ref } from '../../command'
import { isFields, isList, type Value } from '../value'
import { visibleQuoted } from '../visible'

/** What stands right of `=`. The kind is ours, so that no user's map can pass for Terraform's own words. */
export type Expression =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'jsonencode'; readonly value: Value }
  /** Terraform of our own making: references. */
  | { readonly kind: 'words'; readonly words: string }

export type Attribute = readonly [name: string, expression: Expression]
export type Block = { readonly name: string; readonly labels?: readonly string[]; readonly body: Body }
export type Body = { readonly attributes: readonly Attribute[]; readonly blocks: readonly Block[] }

/** JSON's short escapes that HCL does not have. */
const noHclEscapes: ReadonlyMap<string, string> = new Map([
  ['\\b', '\\u0008'],
  ['\\f', '\\u000c'],
])

/** Go's text has none; AWS would not take one either. */
const loneSurrogate = /\p{Cs}/gu

type Words = (ref: Ref) => string

/**
 * A quoted template that is one literal (HCL native syntax specification, "Template Expressions"): `${` and `%{` are doubled. A `$`
 * or `%` before them is escaped, because three in a row are read in another way than written.
 */
export function quoted(text: string): string {
  const json = visibleQuoted(JSON.stringify(text.replace(loneSurrogate, '\ufffd')))
  return json
    .replace(/\\./g, (pair) => noHclEscapes.get(pair) ?? pair)
    .replace(/\$(?=\$+\{)/g, '\\u0024')
    .replace(/%(?=%+\{)/g, '\\u0025')
    .replace(/([$%])\{/g, '$1$1{')
}

function valueText(value: Value, words: Words, indent: string): string {
  if (typeof value === 'string') return quoted(value)
  if (isRef(value)) return words(value)
  const inner = `${indent}  `
  if (isList(value)) {
    if (value.every((item) => typeof item !== 'object'))
      return `[${value.map((item) => valueText(item, words, inner)).join(', ')}]`
    return `[\n${value.map((item) => `${inner}${valueText(item, words, inner)},\n`).join('')}${indent}]`
  }
  if (!isFields(value)) return String(value)
  const members = Object.entries(value).map(
    ([name, item]) => [keyText(name), valueText(item, words, inner)] as const,
  )
  return members.length === 0 ? '{}' : `{\n${aligned(members, inner).join('\n')}\n${indent}}`
}

/** A key as a bare word where that is no word of the language. */
const keyText = (name: string) =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !/^(for|if|in|true|false|null)$/.test(name) ? name : quoted(name)

/** `name = value` lines as `terraform fmt` aligns them: neighbours that take one line each. */
function aligned(
  items: readonly (readonly [name: string, text: string])[],
  indent: string,
): readonly string[] {
  const lines: string[] = []
  for (let at = 0; at < items.length; ) {
    const rest = items.slice(at)
    const length = rest.findIndex(([, text]) => text.includes('\n'))
    const run = length < 0 ? rest : rest.slice(0, length)
    const width = run.reduce((most, [name]) => Math.max(most, name.length), 0)
    lines.push(...run.map(([name, text]) => `${indent}${name.padEnd(width)} = ${text}`))
    const long = rest[run.length]
    if (long) lines.push(`${indent}${long[0]} = ${long[1]}`)
    at += run.length + 1
  }
  return lines
}

function expressionText(expression: Expression, words: Words, indent: string): string {
  switch (expression.kind) {
    case 'value':
      return valueText(expression.value, words, indent)
    case 'jsonencode':
      return `jsonencode(${valueText(expression.value, words, indent)})`
    case 'words':
      return expression.words
  }
}

function bodyLines(body: Body, words: Words, indent: string): readonly string[] {
  const attributes = aligned(
    body.attributes.map(([name, expression]) => [name, expressionText(expression, words, indent)] as const),
    indent,
  )
  const blocks = body.blocks.flatMap((block, index) => [
    ...(index > 0 || attributes.length > 0 ? [''] : []),
    ...blockLines(block, words, indent),
  ])
  return [...attributes, ...blocks]
}

function blockLines({ name, labels = [], body }: Block, words: Words, indent: string): readonly string[] {
  const head = [name, ...labels.map(quoted)].join(' ')
  const lines = bodyLines(body, words, `${indent}  `)
  return lines.length === 0 ? [`${indent}${head} {}`] : [`${indent}${head} {`, ...lines, `${indent}}`]
}

/** A block as text. `words` says what a reference is. */
export const blockText = (block: Block, words: Words): string => blockLines(block, words, '').join('\n')
