import { isRef } from '../../command'
import { type Fields, isFields, isList, member, type Value } from '../value'
import type { Attribute, Block, Body, Expression } from './hcl'

/** Where a member of an API input goes in Terraform; it adds to the body, or says that there is no place. */
export type Rule = (value: Value, body: DraftBody, left: Left) => void
export type Shape = Readonly<Record<string, Rule>>

/** Told of each member that has no place, as `deploymentConfiguration.earlySuccessCriteria`; with '' of the member itself. */
export type Left = (path: string) => void

export type DraftBody = { readonly attributes: Attribute[]; readonly blocks: (Block & { body: DraftBody })[] }

const draft = (): DraftBody => ({ attributes: [], blocks: [] })

const plain = (value: Value): Expression => ({ kind: 'value', value })

/** An argument with the value as it is. */
export const attribute =
  (name: string): Rule =>
  (value, body) => {
    if (value !== null) body.attributes.push([name, plain(value)])
  }

/** An argument with a value made of the API's. */
export const converted =
  (name: string, convert: (value: Value) => Value): Rule =>
  (value, body) => {
    if (value !== null) body.attributes.push([name, plain(convert(value))])
  }

/** An argument that takes JSON as a text. */
export const jsonText =
  (name: string): Rule =>
  (value, body) => {
    body.attributes.push([name, { kind: 'jsonencode', value }])
  }

/** A block; for a list one for each. */
export const block =
  (name: string, shape: Shape): Rule =>
  (value, body, left) => {
    for (const item of isList(value) ? value : [value]) {
      if (!isFields(item)) continue
      const inner = draft()
      fill(inner, item, shape, left)
      body.blocks.push({ name, body: inner })
    }
  }

/** The members stand in the same body as their parent's. */
export const spread =
  (shape: Shape): Rule =>
  (value, body, left) => {
    if (isFields(value)) fill(body, value, shape, left)
  }

/** A member that Terraform keeps in a block which the API does not have; several may share it. */
export const within =
  (name: string, rule: Rule): Rule =>
  (value, body, left) => {
    const shared = body.blocks.find((one) => one.name === name) ?? { name, body: draft() }
    if (!body.blocks.includes(shared)) body.blocks.push(shared)
    rule(value, shared.body, left)
  }

/** A list of names and values as a map: tags, and a proxy's properties. */
export const mapFrom = (name: string, keyMember: string, valueMember: string): Rule =>
  converted(name, (value) =>
    Object.fromEntries(
      (isList(value) ? value : []).flatMap((item) => {
        const key = isFields(item) ? member(item, keyMember) : undefined
        return isFields(item) && typeof key === 'string' ? [[key, member(item, valueMember) ?? '']] : []
      }),
    ),
  )

const isEmpty = (value: Value) =>
  value === null ||
  (isList(value) && value.length === 0) ||
  (isFields(value) && Object.keys(value).length === 0)

function fill(body: DraftBody, fields: Fields, shape: Shape, left: Left): void {
  for (const [name, value] of Object.entries(fields)) {
    const rule = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (rule) rule(value, body, (path) => left(path === '' ? name : `${name}.${path}`))
    else if (!isEmpty(value)) left(name)
  }
}

/** An API input as a body of Terraform's, and the members that have no place there. */
export function bodyOf(
  fields: Fields,
  shape: Shape,
): { readonly body: Body; readonly left: readonly string[] } {
  const body = draft()
  const left: string[] = []
  fill(body, fields, shape, (path) => left.push(path))
  return { body, left }
}

/** A value that is one of two words, as a truth. */
export const isText =
  (text: string) =>
  (value: Value): Value =>
    isRef(value) ? value : value === text
