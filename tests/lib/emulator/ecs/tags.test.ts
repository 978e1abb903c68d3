import { describe, expect, it } from 'vitest'
import { goodService, makeReadyEcs, type TestEcs } from '../../../support/emulator-context'

const base = 'arn:aws:ecs:us-east-1:111122223333'

function filled(): { ecs: TestEcs; arns: Record<string, string> } {
  const ecs = makeReadyEcs()
  ecs.call('CreateService', goodService({ desiredCount: 1 }))
  ecs.advance(60_000)
  return {
    ecs,
    arns: {
      cluster: `${base}:cluster/default`,
      service: `${base}:service/default/web`,
      task: ecs.tasks('web')[0]?.arn ?? '',
      'task definition': `${base}:task-definition/backend:1`,
    },
  }
}

describe.each(['cluster', 'service', 'task', 'task definition'])('the tags of a %s', (kind) => {
  it('are added, changed, listed and taken away', () => {
    const { ecs, arns } = filled()
    const resourceArn = arns[kind] ?? ''
    expect(ecs.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [] })
    ecs.call('TagResource', { resourceArn, tags: [{ key: 'a', value: '1' }, { key: 'b' }] })
    ecs.call('TagResource', { resourceArn, tags: [{ key: 'a', value: '2' }] })
    expect(ecs.call('ListTagsForResource', { resourceArn })).toEqual({
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: '' },
      ],
    })
    ecs.call('UntagResource', { resourceArn, tagKeys: ['a', 'never'] })
    expect(ecs.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [{ key: 'b', value: '' }] })
  })
})

it.each([
  ['nonsense', 'InvalidParameterException'],
  ['arn:aws:s3:::bucket', 'InvalidParameterException'],
  [`${base}:container-instance/default/1`, 'InvalidParameterException'],
  [`${base}:cluster/none`, 'ClusterNotFoundException'],
  [`${base}:service/none/web`, 'ClusterNotFoundException'],
  ['arn:aws:ecs:eu-west-1:111122223333:cluster/default', 'ClusterNotFoundException'],
  [`${base}:service/default/none`, 'ResourceNotFoundException'],
  [`${base}:task/default/none`, 'ResourceNotFoundException'],
  [`${base}:task-definition/backend:9`, 'ResourceNotFoundException'],
])('%s has no tags: %s', (resourceArn, code) => {
  const { ecs } = filled()
  for (const operation of ['TagResource', 'UntagResource', 'ListTagsForResource'])
    expect(ecs.refusal(operation, { resourceArn, tags: [], tagKeys: [] }).code).toBe(code)
})

it('are at most 50 together, and none is added when they would be more', () => {
  const { ecs, arns } = filled()
  const resourceArn = arns.cluster ?? ''
  const tags = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ key: `k${from + index}`, value: '' }))
  ecs.call('TagResource', { resourceArn, tags: tags(0, 49) })
  expect(ecs.refusal('TagResource', { resourceArn, tags: tags(49, 2) }).message).toMatch(/at most 50/)
  expect(ecs.call('ListTagsForResource', { resourceArn }).tags).toHaveLength(49)
  ecs.call('TagResource', { resourceArn, tags: tags(0, 50) })
})
