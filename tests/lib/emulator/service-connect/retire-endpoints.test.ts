import { describe, expect, it } from 'vitest'
import { retireEndpoints } from '@/lib/emulator/service-connect/retire-endpoints'
import type { DeploymentConnect, ServiceRecord } from '@/lib/emulator/state/ecs'
import { aDeployment, aService, nowMs } from '../../../support/ecs-records'

const removalMs = 5_000
const serving = (...endpointIds: string[]): DeploymentConnect => ({
  namespaceId: 'ns-1',
  served: endpointIds.map((endpointId) => ({
    endpointId,
    endpointArn: `arn:${endpointId}`,
    portName: 'http',
    discoveryName: endpointId,
    containerPort: 80,
    ingressPort: 80,
    protocol: 'http',
    timeouts: { idleTimeoutMs: 0, perRequestTimeoutMs: 0 },
    idleTimeoutSeconds: 0,
    perRequestTimeoutSeconds: 0,
    tls: false,
  })),
})
const service = (changes: Partial<ServiceRecord>): ServiceRecord => aService([], changes)
const retire = (record: ServiceRecord, atMs = nowMs) => retireEndpoints(record, atMs, removalMs)

it('a service that never had any has nothing to do', () => {
  expect(retire(service({}))).toEqual({ removed: [] })
})

describe('an endpoint in use', () => {
  it('stays: of the newest deployment, of the one before, of the one a rollback returns to', () => {
    const record = service({
      deployments: [aDeployment({ connect: serving('srv-a') }), aDeployment({ connect: serving('srv-b') })],
      lastCompleted: aDeployment({ connect: { namespaceId: 'ns-1', served: [], clientEndpointId: 'srv-c' } }),
      connectEndpoints: [{ id: 'srv-a' }, { id: 'srv-b' }, { id: 'srv-c' }],
    })
    expect(retire(record)).toEqual({ removed: [] })
  })

  it('that came into use again is no longer counted down', () => {
    const record = service({
      deployments: [aDeployment({ connect: serving('srv-a') })],
      connectEndpoints: [{ id: 'srv-a', unusedSinceMs: nowMs - 10_000 }],
    })
    expect(retire(record)).toEqual({ marked: [{ id: 'srv-a' }], removed: [] })
  })
})

describe('an endpoint that nothing uses', () => {
  const record = service({ deployments: [aDeployment()], connectEndpoints: [{ id: 'srv-a' }] })

  it('is marked, with the time when to look again', () => {
    expect(retire(record)).toEqual({
      marked: [{ id: 'srv-a', unusedSinceMs: nowMs }],
      removed: [],
      dueAtMs: nowMs + removalMs,
    })
  })

  it('is removed when its time has come, and not before', () => {
    const marked = service({ connectEndpoints: [{ id: 'srv-a', unusedSinceMs: nowMs }] })
    expect(retire(marked, nowMs + removalMs - 1).removed).toEqual([])
    expect(retire(marked, nowMs + removalMs)).toEqual({ removed: ['srv-a'] })
  })

  it('is every one of a service that is INACTIVE', () => {
    const gone = service({
      status: 'INACTIVE',
      deployments: [],
      lastCompleted: aDeployment({ connect: serving('srv-a') }),
      connectEndpoints: [{ id: 'srv-a', unusedSinceMs: nowMs - removalMs }],
    })
    expect(retire(gone).removed).toEqual(['srv-a'])
  })
})
