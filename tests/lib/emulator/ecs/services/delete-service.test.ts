import { describe, expect, it } from 'vitest'
import { goodService, makeReadyEcs } from '../../../../support/emulator-context'
import { longMs } from '../../../../support/service-life'

describe('deleting a service', () => {
  it('needs it scaled to 0, or force', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    expect(ecs.refusal('DeleteService', { service: 'web' })).toEqual({
      code: 'InvalidParameterException',
      message: 'The service cannot be stopped while it is scaled above 0.',
    })
    ecs.call('UpdateService', { service: 'web', desiredCount: 0 })
    expect(ecs.call('DeleteService', { service: 'web' })).toMatchObject({ service: { status: 'DRAINING' } })
  })

  it('needs no force for a DAEMON', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ schedulingStrategy: 'DAEMON', desiredCount: undefined }))
    expect(ecs.call('DeleteService', { service: 'web' })).toMatchObject({ service: { status: 'DRAINING' } })
  })

  it('changes nothing the second time, and finds nothing once it is INACTIVE', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    ecs.call('DeleteService', { service: 'web', force: true })
    expect(ecs.call('DeleteService', { service: 'web' })).toMatchObject({ service: { status: 'DRAINING' } })
    ecs.advance(longMs)
    expect(ecs.refusal('DeleteService', { service: 'web' }).code).toBe('ServiceNotFoundException')
    expect(ecs.refusal('DeleteService', { service: 'none' }).code).toBe('ServiceNotFoundException')
  })
})
