import { describe, expect, it } from 'vitest'
import {
  appContainer,
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  type TestEcs,
} from '../../../../support/emulator-context'
import { longMs } from '../../../../support/service-life'
import { addRegistry, registryArn } from '../../../../support/service-registry'

const serviceArn = (name: string) => `arn:aws:ecs:us-east-1:111122223333:service/default/${name}`

describe('updating a service', () => {
  const deployed = (ecs: TestEcs) => ecs.serviceRecord('web').deployments.length > 1
  const running = () => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [appContainer] })
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    addRegistry(ecs, ['A'])
    ecs.call('CreateService', goodService({ taskDefinition: 'backend:1' }))
    ecs.advance(longMs)
    return ecs
  }

  it.each([
    [{ desiredCount: 5 }, false],
    [{}, false],
    [{ taskDefinition: 'backend:1' }, false],
    [{ taskDefinition: 'backend' }, true],
    [{ forceNewDeployment: true }, true],
    [{ serviceRegistries: [{ registryArn }] }, true],
    [{ serviceRegistries: [] }, false],
    [{ platformVersion: '1.3.0' }, true],
    [{ platformVersion: 'LATEST' }, false],
    [{ loadBalancers: [{ targetGroupArn: 'arn' }] }, true],
    [{ serviceConnectConfiguration: { enabled: false } }, true],
    [{ networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } } }, true],
    [{ healthCheckGracePeriodSeconds: 10 }, false],
    [{ propagateTags: 'SERVICE' }, false],
    [{ deploymentConfiguration: { maximumPercent: 150 } }, false],
    [{ availabilityZoneRebalancing: 'DISABLED' }, false],
  ])('with %j starts a deployment: %s', (changes, expected) => {
    const ecs = running()
    ecs.call('UpdateService', { service: 'web', ...changes })
    expect(deployed(ecs)).toBe(expected)
  })

  it('keeps what was not named, and merges the deployment configuration', () => {
    const ecs = running()
    ecs.call('UpdateService', { service: 'web', deploymentConfiguration: { minimumHealthyPercent: 50 } })
    expect(ecs.service('web')).toMatchObject({
      desiredCount: 2,
      launchType: 'FARGATE',
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
    })
  })

  it('accepts the name or the ARN of the service', () => {
    const ecs = running()
    expect(ecs.call('UpdateService', { service: serviceArn('web'), desiredCount: 1 })).toMatchObject({
      service: { desiredCount: 1 },
    })
  })

  it('takes a capacity provider strategy in place of the launch type', () => {
    const ecs = running()
    const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    ecs.call('UpdateService', {
      service: 'web',
      capacityProviderStrategy: strategy,
      forceNewDeployment: true,
    })
    const service = ecs.service('web')
    expect(service.capacityProviderStrategy).toEqual(strategy)
    expect(service).not.toHaveProperty('launchType')
    ecs.advance(longMs)
    expect(ecs.task(ecs.tasks('web')[0]?.id ?? '')).toMatchObject({ capacityProviderName: 'FARGATE_SPOT' })
  })

  it.each([
    [{ service: 'none' }, 'ServiceNotFoundException', 'Service not found.'],
    [{ service: 'web', cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
    [{ service: 'web', taskDefinition: 'none' }, 'ClientException', 'TaskDefinition not found.'],
    [
      { service: 'web', desiredCount: -1 },
      'InvalidParameterException',
      'desiredCount must be a whole number between 0 and 5000, not -1.',
    ],
    [
      { service: 'web', deploymentController: { type: 'CODE_DEPLOY' } },
      'InvalidParameterException',
      'The deployment controller of a service can not be changed to CODE_DEPLOY here.',
    ],
  ])('is refused with %j and changes nothing', (input, code, message) => {
    const ecs = running()
    const before = structuredClone(ecs.serviceRecord('web').settings)
    expect(ecs.refusal('UpdateService', input)).toEqual({ code, message })
    expect(ecs.serviceRecord('web')).toMatchObject({ desiredCount: 2, settings: before })
    expect(deployed(ecs)).toBe(false)
  })

  it('is refused once the service is deleted, draining or inactive', () => {
    const ecs = running()
    ecs.call('DeleteService', { service: 'web', force: true })
    const refused = { code: 'ServiceNotActiveException', message: 'Service was not ACTIVE.' }
    expect(ecs.refusal('UpdateService', { service: 'web', desiredCount: 1 })).toEqual(refused)
    ecs.advance(longMs)
    expect(ecs.refusal('UpdateService', { service: 'web', desiredCount: 1 })).toEqual(refused)
  })

  it('goes on with a deregistered revision that it already has, even in a new deployment', () => {
    const ecs = running()
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })
    ecs.call('UpdateService', { service: 'web', desiredCount: 3, forceNewDeployment: true })
    ecs.advance(longMs)
    expect(ecs.service('web').runningCount).toBe(3)
  })
})
