import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refTo } from '@/lib/plan/step'
import { subjectOfCall } from '@/lib/plan/subject-of-call'

describe('what a call is about', () => {
  it.each<[unknown, string]>([
    [{ clusterName: 'shop' }, 'shop'],
    [{ cluster: 'arn:aws:ecs:r:1:cluster/shop' }, 'shop'],
    [{ cluster: 'shop', serviceName: 'web' }, 'web'],
    [{ cluster: 'shop', service: 'arn:aws:ecs:r:1:service/shop/web', taskDefinition: 'web:4' }, 'web'],
    [{ cluster: 'shop', task: 'arn:aws:ecs:r:1:task/shop/abc' }, 'abc'],
    [{ family: 'web', cpu: '256' }, 'web'],
    [{ cluster: 'shop', taskDefinition: 'arn:aws:ecs:r:1:task-definition/web:3' }, 'web:3'],
    [{ taskDefinitions: ['web:3', 'web:4'] }, 'web:3'],
    [{ Name: 'shop.local', Vpc: 'vpc-1' }, 'shop.local'],
    [{ ServiceId: 'srv-1', InstanceId: 'i-1' }, 'i-1'],
    [{ Id: 'ns-1' }, 'ns-1'],
    [{ serviceName: refTo('a', 'serviceArn'), cluster: 'shop' }, 'shop'],
    [{ Id: refTo('namespace', 'namespaceId') }, ''],
    [{ taskDefinitions: [refTo('a', 'taskDefinitionArn')] }, ''],
    [{ taskDefinitions: [] }, ''],
    [{ service: '', cluster: 'shop' }, 'shop'],
    [{ service: 7, cluster: 'shop' }, 'shop'],
    [{}, ''],
    [[], ''],
    [null, ''],
    [undefined, ''],
    ['web', ''],
    [3, ''],
  ])('%j is about “%s”', (input, wanted) => {
    expect(subjectOfCall(input)).toBe(wanted)
  })

  it('is never longer than the journal keeps, and never fails', () => {
    expect(subjectOfCall({ Name: 'x'.repeat(5_000) })).toHaveLength(255)
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(subjectOfCall(input).length).toBeLessThanOrEqual(255)
      }),
      { numRuns: 50 },
    )
  })
})
