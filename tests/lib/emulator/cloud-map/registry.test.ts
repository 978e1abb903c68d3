import { beforeEach, describe, expect, it } from 'vitest'
import {
  deregisterInstance,
  findServiceByArn,
  registerInstance,
  setCustomHealth,
} from '@/lib/emulator/cloud-map/registry'
import type { DiscoveryServiceRecord } from '@/lib/emulator/state/cloud-map'
import { makeNamespace, makeService } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
let service: DiscoveryServiceRecord
beforeEach(() => {
  context = makeTestContext({ customHealthDelayMs: 1_000 })
  service = makeService(context, makeNamespace(context), { HealthCheckCustomConfig: {} })
})
const task = {
  instanceId: 'task-1',
  attributes: { AWS_INSTANCE_IPV4: '127.10.0.11' },
  health: 'UNHEALTHY' as const,
}

describe('what ECS does in Cloud Map', () => {
  it('finds its registry by ARN, only in its own account and region', () => {
    expect(findServiceByArn(context.state, service.arn)).toBe(service)
    expect(findServiceByArn(context.state, service.arn.replace('us-east-1', 'eu-west-1'))).toBeUndefined()
    expect(
      findServiceByArn(context.state, 'arn:aws:servicediscovery:us-east-1:1:service/srv-x'),
    ).toBeUndefined()
  })

  it('registers and deregisters at once, without an operation, and moves the revision', () => {
    const operations = context.state.cloudMap.operations.size
    expect(registerInstance(context, service.id, task)).toBe(true)
    expect(service.instances.get('task-1')).toMatchObject({
      health: 'UNHEALTHY',
      attributes: task.attributes,
    })
    expect(service.revision).toBe(2)
    expect(deregisterInstance(context, service.id, 'task-1')).toBe(true)
    expect(service.instances.size).toBe(0)
    expect(service.revision).toBe(3)
    expect(context.state.cloudMap.operations.size).toBe(operations)
  })

  it('tells the health, which is in force after the delay', () => {
    registerInstance(context, service.id, task)
    expect(setCustomHealth(context, service.id, 'task-1', 'HEALTHY')).toBe(true)
    expect(service.instances.get('task-1')?.health).toBe('UNHEALTHY')
    context.clock.advance(1_000)
    expect(service.instances.get('task-1')?.health).toBe('HEALTHY')
  })

  it('is told when the service, the instance or the custom health is not there', () => {
    expect(registerInstance(context, 'srv-nope', task)).toBe(false)
    expect(deregisterInstance(context, service.id, 'nope')).toBe(false)
    expect(setCustomHealth(context, service.id, 'nope', 'HEALTHY')).toBe(false)
    const plain = makeService(context, makeNamespace(context, 'plain', 'HTTP'), {})
    registerInstance(context, plain.id, task)
    expect(plain.instances.get('task-1')?.health).toBe('UNKNOWN')
    expect(setCustomHealth(context, plain.id, 'task-1', 'HEALTHY')).toBe(false)
  })

  it('leaves nothing waiting behind a deregistered instance', () => {
    registerInstance(context, service.id, task)
    setCustomHealth(context, service.id, 'task-1', 'HEALTHY')
    deregisterInstance(context, service.id, 'task-1')
    expect(context.clock.waiting).toBe(0)
  })
})
