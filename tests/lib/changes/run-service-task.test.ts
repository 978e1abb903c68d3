import { describe, expect, it } from 'vitest'
import type { ServiceDetails } from '@/lib/changes/world'
import type { EcsService } from '@/lib/inventory/model'
import { details } from '../../support/connect-world'
import { clusterArn, container, definition, definitionArn, inventory, service } from '../../support/inventory'
import { planOf, refusalOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const at = (web: EcsService, more: Partial<ServiceDetails> = {}) => ({
  ...worldOf(inventory({ services: [web], definitions: [definition('web', [container('web', {}, 80)])] })),
  serviceDetails: { [web.arn]: details(web, more) },
})
const web = service('web')
const input = { clusterArn: clusterArn(), serviceArn: web.arn }

describe('one more task like those of a service', () => {
  it('runs its present revision in its own network, once', () => {
    const plan = planOf('run-service-task', input, at(web))
    expect(plan.title).toBe('Run a task of web')
    expect(plan.steps).toMatchObject([
      {
        command: 'ecs:RunTask',
        input: {
          cluster: clusterArn(),
          taskDefinition: definitionArn('web'),
          count: 1,
          launchType: 'FARGATE',
          networkConfiguration: {
            awsvpcConfiguration: { subnets: ['subnet-1a'], assignPublicIp: 'DISABLED' },
          },
        },
        undo: { possible: true },
      },
    ])
    expect(plan.consequences.map(({ text }) => text)).toEqual([
      'No service keeps it running: when it ends, nothing starts it again.',
      "It is not one of web's tasks: it is not registered in Cloud Map, and nobody is led to it.",
    ])
    expect(plan.seen).toMatchObject([
      { subject: { kind: 'cluster' } },
      { subject: { kind: 'service' }, facts: { taskDefinitionArn: definitionArn('web') } },
    ])
  })

  it('tells Fargate by the platform version where a capacity provider starts the tasks', () => {
    const provided = service('web', { launchType: null })
    const launchType = (more: Partial<ServiceDetails>) =>
      planOf('run-service-task', input, at(provided, more)).steps[0]?.input
    expect(launchType({})).toMatchObject({ launchType: 'FARGATE' })
    expect(launchType({ platformVersion: null })).toMatchObject({ launchType: 'EC2' })
  })

  it('is refused where the service is gone, was not read, or runs on machines of its own', () => {
    expect(refusalOf('run-service-task', { ...input, serviceArn: `${web.arn}x` }, at(web))).toBe(
      'ServiceGone',
    )
    expect(refusalOf('run-service-task', input, { ...at(web), serviceDetails: {} })).toBe('ServiceNotRead')
    expect(refusalOf('run-service-task', input, at(service('web', { launchType: 'EXTERNAL' })))).toBe(
      'OtherLaunchType',
    )
    expect(refusalOf('run-service-task', input, at(web, { network: null }))).toBe('NetworkMissing')
  })
})
