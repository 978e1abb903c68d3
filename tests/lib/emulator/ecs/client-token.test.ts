import type { Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import {
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  type TestEcs,
} from '../../../support/emulator-context'

const create = (ecs: TestEcs, changes: object = {}) =>
  ecs.call<{ service: Service }>('CreateService', { ...goodService({ clientToken: 'token-1' }), ...changes })

describe('the client token of CreateService', () => {
  it('gives the same service to the same request', () => {
    const ecs = makeReadyEcs()
    const first = create(ecs)
    ecs.advance(5_000)
    const second = create(ecs)
    expect(second.service.serviceArn).toBe(first.service.serviceArn)
    expect(second.service.currentServiceDeployment).toBe(first.service.currentServiceDeployment)
    expect(ecs.serviceRecord('web').deployments).toHaveLength(1)
  })

  it('gives it also when the service was changed in between', () => {
    const ecs = makeReadyEcs()
    create(ecs)
    ecs.call('UpdateService', { service: 'web', desiredCount: 5 })
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    expect(create(ecs).service.desiredCount).toBe(5)
    expect(ecs.refusal('CreateService', goodService()).message).toBe(
      'Creation of service was not idempotent.',
    )
  })

  it.each([{ desiredCount: 3 }, { serviceName: 'other' }, { propagateTags: 'SERVICE' }])(
    'is refused with other content: %j',
    (changes) => {
      const ecs = makeReadyEcs()
      create(ecs)
      expect(
        ecs.refusal('CreateService', { ...goodService({ clientToken: 'token-1' }), ...changes }),
      ).toEqual({
        code: 'InvalidParameterException',
        message: 'Creation of service was not idempotent.',
      })
      expect(ecs.cluster().services.size).toBe(1)
    },
  )

  it('is another one in another cluster', () => {
    const ecs = makeReadyEcs()
    create(ecs)
    ecs.call('CreateCluster', { clusterName: 'second' })
    expect(create(ecs, { cluster: 'second' }).service.serviceArn).toContain('/second/web')
  })

  it('may be used anew when the service is gone', () => {
    const ecs = makeReadyEcs()
    create(ecs)
    ecs.call('DeleteService', { service: 'web', force: true })
    expect(ecs.refusal('CreateService', goodService({ clientToken: 'token-1' })).message).toContain(
      'Draining',
    )
    ecs.advance(60_000)
    expect(create(ecs, { desiredCount: 1 }).service).toMatchObject({ status: 'ACTIVE', desiredCount: 1 })
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(2 * 3_600_000)
    expect(ecs.state.ecs.createTokens.size).toBe(0)
  })

  it.each(['x'.repeat(37), 'with blank', 'ümlaut', 'tab\t'])('%j is none', (clientToken) => {
    expect(makeReadyEcs().refusal('CreateService', goodService({ clientToken })).code).toBe(
      'InvalidParameterException',
    )
  })

  it('may hold every printable ASCII character', () => {
    expect(
      create(makeReadyEcs(), { clientToken: '!"#$%&\'()*+,-./0:;<=>?@A[\\]^_`a{|}~' }).service,
    ).toBeDefined()
  })
})
