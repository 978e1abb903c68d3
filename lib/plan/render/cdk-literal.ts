// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Fn::Sub's.
import { isRef, type Ref } from '../command'
import { type Fields, isFields, isList, type Value } from './value'
import { visibleJson } from './visible'

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/

/** A JavaScript string literal; JSON's, with U+2028 and all else that is hidden escaped. */
export const stringLiteral = (text: string): string => visibleJson(JSON.stringify(text))

/**
 * CDK takes `${Token[…]}` and `#{Token[…]}` in any string for a token of its own and stops at one that it did not make (aws-cdk-lib,
 * core/lib/private/encoding). CloudFormation's Fn::Sub puts the first character in at deployment, when CDK no longer looks.
 */
const token = /[$#]\{Token\[/
const marks = /\$(?=\{)|#(?=\{Token\[)/g

function textLiteral(text: string): string {
  if (!token.test(text)) return stringLiteral(text)
  const body = text.replace(marks, (mark) => (mark === '$' ? '${Dollar}' : '${Hash}'))
  return `cdk.Fn.sub(${stringLiteral(body)}, { Dollar: '$', Hash: '#' })`
}

const keyLiteral = (name: string) => {
  // In an object literal only a computed `__proto__` is a member.
  if (name === '__proto__') return '["__proto__"]'
  return identifier.test(name) ? name : stringLiteral(name)
}

/** A value as a TypeScript expression; `expressionOf` says what a reference is. */
export function literal(value: Value, expressionOf: (ref: Ref) => string, indent: string): string {
  if (typeof value === 'string') return textLiteral(value)
  if (isRef(value)) return expressionOf(value)
  const inner = `${indent}  `
  if (isList(value)) {
    if (value.length === 0) return '[]'
    if (value.every((item) => typeof item !== 'object'))
      return `[${value.map((item) => literal(item, expressionOf, inner)).join(', ')}]`
    return `[\n${value.map((item) => `${inner}${literal(item, expressionOf, inner)},\n`).join('')}${indent}]`
  }
  return isFields(value) ? objectLiteral(value, expressionOf, indent) : String(value)
}

export function objectLiteral(fields: Fields, expressionOf: (ref: Ref) => string, indent: string): string {
  const inner = `${indent}  `
  const members = Object.entries(fields).map(
    ([name, item]) => `${inner}${keyLiteral(name)}: ${literal(item, expressionOf, inner)},\n`,
  )
  return members.length === 0 ? '{}' : `{\n${members.join('')}${indent}}`
}
