import { beforeEach, describe, expect, it } from 'vitest'
import { createHttpNamespace } from '@/lib/emulator/cloud-map/create-namespace'
import {
  deleteServiceAttributes,
  getServiceAttributes,
  updateServiceAttributes,
} from '@/lib/emulator/cloud-map/service-attributes'
import { deleteService } from '@/lib/emulator/cloud-map/services'
import { listTagsForResource, tagResource, untagResource } from '@/lib/emulator/cloud-map/tags'
import type { DiscoveryServiceRecord, NamespaceRecord } from '@/lib/emulator/state/cloud-map'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeNamespace, makeService, settle } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
let namespace: NamespaceRecord
let service: DiscoveryServiceRecord
beforeEach(() => {
  context = makeTestContext()
  namespace = makeNamespace(context)
  service = makeService(context, namespace, { Tags: [{ Key: 'team', Value: 'a' }] })
})
const many = (count: number, start = 0) =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${start + index}`, Value: 'v' }))
const tagsOf = (ResourceARN: string) => listTagsForResource(context, { ResourceARN }).Tags

describe('tags', () => {
  it('come with the resource, can be added, overwritten and removed', () => {
    expect(tagsOf(service.arn)).toEqual([{ Key: 'team', Value: 'a' }])
    tagResource(context, {
      ResourceARN: service.arn,
      Tags: [
        { Key: 'team', Value: 'b' },
        { Key: 'empty', Value: '' },
      ],
    })
    expect(tagsOf(service.arn)).toEqual([
      { Key: 'team', Value: 'b' },
      { Key: 'empty', Value: '' },
    ])
    untagResource(context, { ResourceARN: service.arn, TagKeys: ['team', 'not there'] })
    expect(tagsOf(service.arn)).toEqual([{ Key: 'empty', Value: '' }])
    expect(tagsOf(namespace.arn)).toEqual([])
  })

  it('go with the resource', () => {
    deleteService(context, { Id: service.id })
    expect(codeOf(() => tagsOf(service.arn))).toBe('ResourceNotFoundException')
    expect(context.state.cloudMap.tags.size).toBe(0)
  })

  it('may be 50 and no more; a request over that changes nothing', () => {
    tagResource(context, { ResourceARN: namespace.arn, Tags: many(50) })
    const error = errorOf(() => tagResource(context, { ResourceARN: namespace.arn, Tags: many(1, 50) }))
    expect(error).toMatchObject({ code: 'TooManyTagsException', members: { ResourceName: namespace.arn } })
    expect(tagsOf(namespace.arn)).toHaveLength(50)
    expect(codeOf(() => createHttpNamespace(context, { Name: 'x', Tags: many(51) }))).toBe(
      'TooManyTagsException',
    )
    settle(context)
    expect(context.state.cloudMap.namespaces.size).toBe(1)
  })

  it.each([
    [[{ Key: '', Value: 'x' }]],
    [[{ Key: 'x'.repeat(129), Value: 'x' }]],
    [[{ Key: 'x', Value: 'x'.repeat(257) }]],
    [[{ Key: 'aws:mine', Value: 'x' }]],
    [many(201)],
  ])('of a wrong form are refused', (Tags) => {
    expect(codeOf(() => tagResource(context, { ResourceARN: service.arn, Tags }))).toBe('InvalidInput')
  })

  it('need an ARN of something that is there', () => {
    for (const ResourceARN of [
      service.id,
      'arn:aws:servicediscovery:us-east-1:111122223333:service/srv-x',
      'nonsense',
    ]) {
      expect(codeOf(() => tagsOf(ResourceARN))).toBe('ResourceNotFoundException')
    }
    expect(codeOf(() => untagResource(context, { ResourceARN: service.arn, TagKeys: [''] }))).toBe(
      'InvalidInput',
    )
  })
})

describe('service attributes', () => {
  const update = (Attributes: Record<string, string>) =>
    updateServiceAttributes(context, { ServiceId: service.id, Attributes })
  const attributes = () => getServiceAttributes(context, { ServiceId: service.arn }).ServiceAttributes
  const pairs = (count: number) => Object.fromEntries(many(count).map(({ Key, Value }) => [Key, Value]))

  it('can be set, overwritten and deleted', () => {
    update({ a: '1', b: '2' })
    update({ a: '3' })
    expect(attributes()).toEqual({
      ServiceArn: service.arn,
      ResourceOwner: '111122223333',
      Attributes: { a: '3', b: '2' },
    })
    deleteServiceAttributes(context, { ServiceId: service.id, Attributes: ['a', 'not there'] })
    expect(attributes()?.Attributes).toEqual({ b: '2' })
  })

  it('may be 30 and no more', () => {
    update(pairs(30))
    expect(codeOf(() => update({ more: 'x' }))).toBe('ServiceAttributesLimitExceededException')
    expect(codeOf(() => update({ k0: 'overwritten' }))).toBeUndefined()
    expect(Object.keys(attributes()?.Attributes ?? {})).toHaveLength(30)
  })

  it('are refused when empty, too many at once, or too long', () => {
    expect(codeOf(() => update({}))).toBe('InvalidInput')
    expect(codeOf(() => update(pairs(31)))).toBe('InvalidInput')
    expect(codeOf(() => update({ ['k'.repeat(256)]: 'x' }))).toBe('InvalidInput')
    expect(codeOf(() => update({ k: 'x'.repeat(1025) }))).toBe('InvalidInput')
    expect(codeOf(() => deleteServiceAttributes(context, { ServiceId: service.id, Attributes: [] }))).toBe(
      'InvalidInput',
    )
    expect(codeOf(() => getServiceAttributes(context, { ServiceId: 'srv-x' }))).toBe('ServiceNotFound')
  })
})
