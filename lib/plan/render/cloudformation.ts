import { Document, Pair, Scalar, type ScalarTag, type Tags, YAMLMap, YAMLSeq } from 'yaml'
import { isRef, type Ref } from '../command'
import type { Plan } from '../plan'
import { leftOut } from './creates'
import type { RenderTarget } from './rendered'
import { templateRemarks } from './template/remarks'
import { type Resource, referenceOf, resourcesOf } from './template/resources'
import { danglingText, isFields, isList, type Value } from './value'
import { visibleLine, visibleQuoted } from './visible'

/** Text that no YAML, of version 1.1 or 1.2, takes for anything but text. */
const plainText = /^(?=[A-Za-z/])[A-Za-z0-9_./:-]*[A-Za-z0-9_./-]( [A-Za-z0-9_./:-]*[A-Za-z0-9_./-])*$/
const words = /^(y|n|yes|no|on|off|true|false|null)$/i

const textTag: ScalarTag = {
  identify: (value) => typeof value === 'string',
  default: true,
  tag: 'tag:yaml.org,2002:str',
  resolve: (text) => text,
  stringify: ({ value }) => {
    const text = String(value)
    return plainText.test(text) && !words.test(text) ? text : visibleQuoted(JSON.stringify(text))
  },
}

/** The library's core schema, with text written so that nothing in it is hidden or taken for something else. */
const withOurText = (tags: Tags): Tags =>
  tags.map((tag) => (typeof tag === 'object' && tag.tag === textTag.tag ? textTag : tag))

function tagged(tag: '!Ref' | '!GetAtt', text: string): Scalar {
  const scalar = new Scalar(text)
  scalar.tag = tag
  return scalar
}

type Node = Scalar | YAMLMap | YAMLSeq

function mapOf(entries: readonly (readonly [string, Node])[]): YAMLMap {
  const map = new YAMLMap()
  for (const [name, node] of entries) map.items.push(new Pair(new Scalar(name), node))
  return map
}

function listOf(nodes: readonly Node[]): YAMLSeq {
  const list = new YAMLSeq()
  list.items.push(...nodes)
  return list
}

function refNode(ref: Ref, resources: readonly Resource[]): Scalar {
  const reference = referenceOf(resources, ref)
  if (!reference) return new Scalar(danglingText(ref))
  const { logicalId } = reference.resource
  return reference.attribute
    ? tagged('!GetAtt', `${logicalId}.${reference.attribute}`)
    : tagged('!Ref', logicalId)
}

function nodeOf(value: Value, resources: readonly Resource[]): Node {
  if (isRef(value)) return refNode(value, resources)
  if (isList(value)) return listOf(value.map((item) => nodeOf(item, resources)))
  if (isFields(value))
    return mapOf(Object.entries(value).map(([name, item]) => [name, nodeOf(item, resources)]))
  return new Scalar(value)
}

function resourcePair(resource: Resource, resources: readonly Resource[], index: number): Pair {
  const { logicalId, type, dependsOn, properties, sentence } = resource
  const key = new Scalar(logicalId)
  key.commentBefore = ` ${visibleLine(sentence)}`
  key.spaceBefore = index > 0
  return new Pair(
    key,
    mapOf([
      ['Type', new Scalar(type)],
      ...(dependsOn.length > 0
        ? [['DependsOn', listOf(dependsOn.map((id) => new Scalar(id)))] as const]
        : []),
      ['Properties', nodeOf(properties, resources)],
    ]),
  )
}

/** CloudFormation takes 1,024 bytes (template reference, Description). */
const LONGEST_DESCRIPTION = 250

/** A template of what the plan makes; when it makes nothing, a text that says so. */
export function renderCloudFormation(
  plan: Plan,
  target: RenderTarget,
): { text: string; remarks: readonly string[] } {
  const resources = resourcesOf(plan)
  const remarks = templateRemarks(plan, target, 'CloudFormation')
  const comments = [plan.title, ...leftOut(plan, 'CloudFormation')].map((line) => ` ${visibleLine(line)}`)
  if (resources.length === 0) {
    const lines = [...comments, ' There is nothing left that a template could describe.']
    return { text: lines.map((line) => `#${line}\n`).join(''), remarks }
  }
  const all = new YAMLMap()
  all.items.push(...resources.map((resource, index) => resourcePair(resource, resources, index)))
  const document = new Document(null, { customTags: withOurText, version: '1.2' })
  document.contents = mapOf([
    ['AWSTemplateFormatVersion', new Scalar('2010-09-09')],
    ['Description', new Scalar(visibleLine(plan.title).slice(0, LONGEST_DESCRIPTION))],
    ['Resources', all],
  ])
  document.commentBefore = comments.join('\n')
  return { text: document.toString({ lineWidth: 0 }), remarks }
}
