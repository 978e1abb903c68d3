import { describe, expect, it } from 'vitest'
import { createPrivateDnsNamespace } from '@/lib/emulator/cloud-map/create-namespace'
import { countInventory } from '@/lib/emulator/control/inventory'
import { goodService, makeReadyEcs, makeTestEcs, type TestEcs } from '../../../support/emulator-context'

const count = (ecs: TestEcs) => countInventory(ecs, ecs.regions.all())
const none = {
  clusters: 0,
  services: 0,
  tasks: 0,
  taskDefinitions: 0,
  capacityProviders: 0,
  accountSettings: 0,
  serviceDeployments: 0,
  serviceRevisions: 0,
  namespaces: 0,
  discoveryServices: 0,
  instances: 0,
  operations: 0,
}

describe('the inventory', () => {
  it('of a region that was only spoken to is empty', () => {
    expect(count(makeTestEcs())).toMatchObject({
      empty: true,
      regions: [{ accountId: '111122223333', region: 'us-east-1', live: none }],
    })
  })

  it('counts what lives, and apart from it what is only described still', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    createPrivateDnsNamespace(ecs, { Name: 'a.local', Vpc: 'vpc-1' })
    expect(count(ecs)).toMatchObject({ empty: false, regions: [{ live: { operations: 1, namespaces: 0 } }] })
    ecs.advance(5_000)
    expect(count(ecs).regions[0]).toMatchObject({
      live: {
        ...none,
        clusters: 1,
        services: 1,
        tasks: 2,
        taskDefinitions: 1,
        serviceDeployments: 1,
        serviceRevisions: 1,
        namespaces: 1,
      },
      kept: { inactiveClusters: 0, inactiveServices: 0, stoppedTasks: 0, inactiveTaskDefinitions: 0 },
    })
  })

  it('is empty when everything was taken away again, whatever AWS still describes', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(5_000)
    ecs.call('DeleteService', { service: 'web', force: true })
    expect(count(ecs).empty).toBe(false)
    ecs.advance(60_000)
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })
    ecs.call('DeleteCluster', { cluster: 'default' })
    expect(count(ecs)).toEqual({
      empty: true,
      regions: [
        {
          accountId: '111122223333',
          region: 'us-east-1',
          live: none,
          kept: { inactiveClusters: 1, inactiveServices: 1, stoppedTasks: 2, inactiveTaskDefinitions: 1 },
        },
      ],
    })
  })

  it('tells the regions apart', () => {
    const ecs = makeReadyEcs()
    ecs.regions.of({ accountId: '999999999999', region: 'eu-west-1' })
    expect(count(ecs).regions.map(({ accountId, live }) => [accountId, live.clusters])).toEqual([
      ['111122223333', 1],
      ['999999999999', 0],
    ])
  })
})
