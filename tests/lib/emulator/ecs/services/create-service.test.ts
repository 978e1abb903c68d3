import type { CreateServiceRequest, Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { goodService, goodTaskDefinition, makeReadyEcs } from '../../../../support/emulator-context'
import { addRegistry, registryArn } from '../../../../support/service-registry'

const base = 'arn:aws:ecs:us-east-1:111122223333'
const serviceArn = (name: string) => `${base}:service/default/${name}`

describe('making a service', () => {
  it('gives it back as AWS does, with every default filled in', () => {
    const ecs = makeReadyEcs()
    const { service } = ecs.call<{ service: Service }>('CreateService', goodService())
    expect(service).toMatchObject({
      serviceArn: serviceArn('web'),
      serviceName: 'web',
      clusterArn: `${base}:cluster/default`,
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 0,
      pendingCount: 0,
      taskDefinition: `${base}:task-definition/backend:1`,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      platformFamily: 'Linux',
      schedulingStrategy: 'REPLICA',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: false, rollback: false },
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        strategy: 'ROLLING',
      },
      loadBalancers: [],
      serviceRegistries: [],
      placementConstraints: [],
      placementStrategy: [],
      healthCheckGracePeriodSeconds: 0,
      enableECSManagedTags: false,
      enableExecuteCommand: false,
      propagateTags: 'NONE',
      availabilityZoneRebalancing: 'ENABLED',
      networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'DISABLED' } },
      createdAt: ecs.clock.now() / 1_000,
      createdBy: 'arn:aws:iam::111122223333:root',
      events: [],
      tags: [],
    })
    expect(service.deployments).toEqual([
      {
        id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
        status: 'PRIMARY',
        taskDefinition: `${base}:task-definition/backend:1`,
        desiredCount: 2,
        pendingCount: 0,
        runningCount: 0,
        failedTasks: 0,
        createdAt: ecs.clock.now() / 1_000,
        updatedAt: ecs.clock.now() / 1_000,
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        networkConfiguration: service.networkConfiguration,
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment ${service.deployments?.[0]?.id} in progress.`,
      },
    ])
  })

  it('is the same service when it is asked for again in the same words, in any order', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ clientToken: 'first' }))
    const input = Object.fromEntries(Object.entries(goodService({ clientToken: 'second' })).reverse())
    expect(ecs.call('CreateService', input)).toMatchObject({ service: { serviceArn: serviceArn('web') } })
    expect(ecs.cluster().services.size).toBe(1)
    expect(ecs.serviceRecord('web').deployments).toHaveLength(1)
  })

  it.each([
    { desiredCount: 3 },
    { taskDefinition: 'backend:2' },
    { launchType: 'EC2' as const },
    { propagateTags: 'SERVICE' as const },
  ])('is refused under the same name with %j', (changes) => {
    const ecs = makeReadyEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    ecs.call('CreateService', goodService({ taskDefinition: 'backend:1' }))
    const input = goodService({ taskDefinition: 'backend:1', ...changes })
    expect(ecs.refusal('CreateService', input)).toEqual({
      code: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
    })
  })

  it.each<[Partial<CreateServiceRequest>, string, RegExp]>([
    [{ serviceName: 'a b' }, 'InvalidParameterException', /service name/],
    [{ serviceName: '' }, 'InvalidParameterException', /service name/],
    [{ taskDefinition: undefined }, 'ClientException', /TaskDefinition can not be blank\./],
    [{ taskDefinition: 'none' }, 'ClientException', /^TaskDefinition not found\.$/],
    [{ taskDefinition: 'backend:9' }, 'ClientException', /^TaskDefinition not found\.$/],
    [{ desiredCount: undefined }, 'InvalidParameterException', /desiredCount is required/],
    [{ desiredCount: -1 }, 'InvalidParameterException', /between 0 and 5000/],
    [{ desiredCount: 1.5 }, 'InvalidParameterException', /whole number/],
    [{ desiredCount: 5_001 }, 'InvalidParameterException', /between 0 and 5000/],
    [{ schedulingStrategy: 'DAEMON' }, 'InvalidParameterException', /does not support a desired count/],
    [{ clientToken: 'x'.repeat(37) }, 'InvalidParameterException', /at most 36 characters/],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'InvalidParameterException',
      /^Specifying both a launch type and capacity provider strategy is not supported\.$/,
    ],
    [
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'mine' }] },
      'InvalidParameterException',
      /capacity provider 'mine' was not found/,
    ],
    [{ deploymentController: { type: 'EXTERNAL' } }, 'UnsupportedFeatureException', /EXTERNAL/],
    [{ deploymentConfiguration: { maximumPercent: -1 } }, 'InvalidParameterException', /maximumPercent/],
    [
      { deploymentConfiguration: { maximumPercent: 50, minimumHealthyPercent: 100 } },
      'InvalidParameterException',
      /must not be below/,
    ],
    [
      {
        networkConfiguration: {
          awsvpcConfiguration: { subnets: Array.from({ length: 17 }, () => 'subnet-default') },
        },
      },
      'InvalidParameterException',
      /at most 16/,
    ],
    [
      {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-default'],
            securityGroups: Array.from({ length: 6 }, () => 'sg'),
          },
        },
      },
      'InvalidParameterException',
      /at most 5/,
    ],
    [{ tags: [{ key: 'aws:x', value: '' }] }, 'InvalidParameterException', /reserved/],
    [{ cluster: 'none' }, 'ClusterNotFoundException', /^Cluster not found\.$/],
    [{ serviceRegistries: [{ registryArn }] }, 'InvalidParameterException', /could not be found/],
    [{ serviceRegistries: [{ registryArn: 'srv-1' }] }, 'InvalidParameterException', /Invalid registryArn/],
    [{ serviceRegistries: [{ registryArn }, { registryArn }] }, 'InvalidParameterException', /at most 1/],
    [
      { serviceConnectConfiguration: { enabled: true, namespace: 'none' } },
      'NamespaceNotFoundException',
      /'none' was not found/,
    ],
    [{ serviceConnectConfiguration: { enabled: true } }, 'InvalidParameterException', /needs a namespace/],
  ])('is refused with %j', (changes, code, message) => {
    const ecs = makeReadyEcs()
    const before = ecs.state.ecs.woken.services.size
    const refusal = ecs.refusal('CreateService', goodService(changes))
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
    expect(ecs.cluster().services.size).toBe(0)
    expect(ecs.state.ecs.woken.services.size).toBe(before)
  })

  it('can not be of a deregistered revision', () => {
    const ecs = makeReadyEcs()
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })
    expect(ecs.refusal('CreateService', goodService({ taskDefinition: 'backend:1' }))).toEqual({
      code: 'ClientException',
      message: 'TaskDefinition is inactive',
    })
    expect(ecs.refusal('CreateService', goodService()).message).toBe('TaskDefinition not found.')
  })

  it('is limited to the 1,000 instances of Cloud Map with a registry', () => {
    const ecs = makeReadyEcs()
    addRegistry(ecs, ['A'])
    const input = goodService({ desiredCount: 1_001, serviceRegistries: [{ registryArn }] })
    expect(ecs.refusal('CreateService', input).message).toMatch(/between 0 and 1000/)
  })
})
