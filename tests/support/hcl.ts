// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Terraform look so.
import { parse } from '@cdktf/hcl2json'

/** hcl2json writes Terraform's JSON syntax, where a text is a template again: this gives back what the template says. */
const literal = (text: string) => text.replaceAll('$${', () => '${').replaceAll('%%{', '%{')

export type Hcl = string | number | boolean | null | readonly Hcl[] | { readonly [name: string]: Hcl }

function plainOf(value: unknown): Hcl {
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (Array.isArray(value)) return value.map(plainOf)
  if (typeof value !== 'object') throw new Error(`hcl2json gave ${String(value)}`)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [literal(name), plainOf(item)]))
}

const encoded = /^\$\{jsonencode\((.*)\)\}$/s

/** What Terraform's own parser (HashiCorp's, as wasm) reads; `jsonencode(…)` becomes the value in it. */
export async function parseHcl(text: string): Promise<Hcl> {
  return await decode(await parse('plan.tf', text))
}

async function decode(value: unknown): Promise<Hcl> {
  if (typeof value === 'string') {
    const inner = encoded.exec(value)?.[1]
    if (inner === undefined) return plainOf(value)
    const parsed = await parse('inner.tf', `value = ${inner}`)
    return plainOf(parsed.value)
  }
  if (Array.isArray(value)) return await Promise.all(value.map(decode))
  if (typeof value !== 'object' || value === null) return plainOf(value)
  const members = await Promise.all(
    Object.entries(value).map(async ([name, item]) => [literal(name), await decode(item)] as const),
  )
  return Object.fromEntries(members)
}
