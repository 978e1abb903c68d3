import { describe, expect, it } from 'vitest'
import { readTruths } from '@/components/inspector/truths'
import type { ServiceNode } from '@/lib/topology/model'
import { makeService } from '../../support/topology-fixtures'

function withRegistered(
  service: ServiceNode,
  registered: number | null,
  healthy: number | null = registered,
): ServiceNode {
  return { ...service, discovery: service.discovery && { ...service.discovery, registered, healthy } }
}
const says = (service: ServiceNode) => readTruths(service).rows.map((row) => row.says)

describe('readTruths', () => {
  it('agrees when both know the same', () =>
    expect(readTruths(makeService('a', { running: 3 }))).toMatchObject({ agree: true, why: null }))
  it('says both in numbers', () =>
    expect(says(makeService('a', { running: 2, desired: 3 }))).toEqual([
      '2 tasks, 1 starting',
      '2 instances, all healthy',
    ]))
  it('warns of addresses that no task has', () => {
    const truths = readTruths(withRegistered(makeService('a', { running: 1 }), 2))
    expect(truths.agree).toBe(false)
    expect(truths.why).toContain('no running task')
  })
  it('warns of tasks that nobody can find', () =>
    expect(readTruths(withRegistered(makeService('a', { running: 2 }), 1)).why).toContain(
      'not registered yet',
    ))
  it('counts the healthy ones when not all are', () =>
    expect(says(withRegistered(makeService('a', { running: 2 }), 2, 1))[1]).toBe('2 instances, 1 healthy'))
  it('does not call it healthy when nothing is registered', () =>
    expect(says(withRegistered(makeService('a', { running: 0 }), 0))[1]).toBe('no instance'))
  it('does not guess what could not be read', () => {
    const truths = readTruths(withRegistered(makeService('a'), null))
    expect(truths).toMatchObject({ agree: null, why: null })
    expect(truths.rows[1]?.says).toBe('could not be read')
  })
  it('says when nobody can find it by name', () =>
    expect(readTruths(makeService('a', { in: null }))).toMatchObject({
      agree: null,
      rows: [{ says: '1 task' }, { says: 'no entry: nobody can find it by name' }],
    }))
  it('says when ECS has no such service', () =>
    expect(says({ ...makeService('a'), ecs: null })).toEqual([
      'no service of this name',
      '1 instance, all healthy',
    ]))
})
