import fc from 'fast-check'
import type { Network, World } from '@/lib/changes/world'
import type { Inventory } from '@/lib/inventory/model'
import { buildTopology } from '@/lib/topology/build'
import { anyInventory } from './any-inventory'
import { definitionArn, inventory } from './inventory'

/** Two VPCs: the default one with two zones, and another. */
export const network: Network = {
  vpcs: [
    { id: 'vpc-1', name: 'default', cidr: '10.0.0.0/16', isDefault: true },
    { id: 'vpc-2', name: null, cidr: '10.1.0.0/16', isDefault: false },
  ],
  subnets: [
    subnet('subnet-1a', 'vpc-1', 'us-east-1a'),
    subnet('subnet-1b', 'vpc-1', 'us-east-1b'),
    subnet('subnet-2a', 'vpc-2', 'us-east-1a'),
  ],
  securityGroups: [
    { id: 'sg-1', name: 'default', description: '', vpcId: 'vpc-1' },
    { id: 'sg-2', name: 'default', description: '', vpcId: 'vpc-2' },
  ],
}

function subnet(id: string, vpcId: string, availabilityZone: string): Network['subnets'][number] {
  return { id, name: null, vpcId, cidr: '10.0.0.0/24', availabilityZone, mapsPublicIp: false }
}

/** A world around an inventory: its map, the network above, and what else is given. */
export function worldOf(given: Inventory = inventory(), more: Partial<World> = {}): World {
  return {
    inventory: given,
    topology: buildTopology(given),
    network,
    families: [],
    revisionArns: Object.keys(given.taskDefinitions),
    cloudMapTags: {},
    holes: [],
    ...more,
  }
}

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items)
const vpcId = pick('vpc-1', 'vpc-2', '')

const anyNetwork: fc.Arbitrary<Network> = fc.record({
  vpcs: fc.array(
    fc.record({
      id: vpcId,
      name: fc.option(fc.string(), { nil: null }),
      cidr: fc.string(),
      isDefault: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  subnets: fc.array(
    fc.record({
      id: pick('subnet-1a', 'subnet-1b', ''),
      name: fc.constant(null),
      vpcId,
      cidr: fc.string(),
      availabilityZone: pick('us-east-1a', ''),
      mapsPublicIp: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  securityGroups: fc.array(
    fc.record({ id: pick('sg-1', ''), name: pick('default', ''), description: fc.string(), vpcId }),
    { maxLength: 2 },
  ),
})

/** Any world that hostile endpoints could make of themselves. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    inventory: anyInventory,
    network: anyNetwork,
    revisionArns: fc.option(
      fc.array(
        pick('web', 'api', 'db', 'example-backend-api').chain((family) =>
          fc.integer({ min: 1, max: 3 }).map((revision) => definitionArn(family, revision)),
        ),
        { maxLength: 6 },
      ),
      { nil: null },
    ),
    isAws: fc.boolean(),
  })
  .map(({ isAws, inventory: read, ...more }) => {
    const tasks = read.tasks.map((task) => ({ ...task, arn: taskArn(task.id) }))
    const given = { ...read, tasks }
    return worldOf(isAws ? { ...given, target: { ...given.target, kind: 'aws' } } : given, more)
  })

/** The ARN that a task of an arbitrary world has. */
export const taskArn = (id: string) => `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`
