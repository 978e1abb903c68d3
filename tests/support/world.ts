import fc from 'fast-check'
import type { TaskDefinitionInput } from '@/lib/changes/task-definition-json'
import type { Network, ServiceDetails, World } from '@/lib/changes/world'
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
    serviceDetails: {},
    revisionInputs: {},
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

const anyDetails: fc.Arbitrary<ServiceDetails> = fc.record({
  connect: fc.option(
    fc.record({
      enabled: fc.constant(true),
      namespace: pick('production.local', 'arn:ns-apps', ''),
      services: fc.array(
        fc.record({
          portName: pick('http', 'web', ''),
          discoveryName: pick('web', 'web-sc', '__proto__'),
          clientAliases: fc.array(
            fc.record({ port: pick(80, 0, -1), dnsName: pick('web', 'web.production.local') }),
            { maxLength: 1 },
          ),
        }),
        { maxLength: 2 },
      ),
    }),
    { nil: null },
  ),
  registries: fc.array(fc.record({ registryArn: pick('arn:a', '') }), { maxLength: 2 }),
  network: pick({ subnets: ['subnet-1a'], securityGroups: ['sg-1'], assignPublicIp: false }, null),
  deploymentController: pick('ECS', 'ECS', 'ECS', 'CODE_DEPLOY', ''),
  platformVersion: pick('1.4.0', null),
  deploymentUnderWay: pick(
    'arn:aws:ecs:us-east-1:000000000000:service-deployment/default/web/abcdefghijklmnopqrstu',
    null,
  ),
})

const anyRevision: fc.Arbitrary<TaskDefinitionInput> = fc.record({
  family: pick('web', 'api'),
  networkMode: pick('awsvpc', 'awsvpc', 'awsvpc', 'bridge', 'host', undefined),
  cpu: pick('256', '512', '16384', 'much', undefined),
  memory: pick('512', '1024', '3 GB', 'much', undefined),
  requiresCompatibilities: pick(['FARGATE' as const], undefined),
  containerDefinitions: fc.array(
    fc.record({
      name: pick('web', 'log'),
      image: fc.constant('a'),
      cpu: pick(0, 256, undefined),
      memory: pick(128, 512, 200_000, undefined),
      portMappings: fc.array(
        fc.record({
          containerPort: pick(80, 8080, undefined),
          protocol: pick('tcp' as const, 'udp' as const, undefined),
          name: pick('http', 'web', undefined),
          appProtocol: pick('http' as const, undefined),
        }),
        { maxLength: 2 },
      ),
    }),
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
    details: fc.array(anyDetails, { minLength: 5, maxLength: 5 }),
    revisions: fc.array(anyRevision, { minLength: 5, maxLength: 5 }),
    isBlind: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
  .map(({ isAws, isBlind, inventory: read, details, revisions, ...rest }) => {
    const tasks = read.tasks.map((task) => ({ ...task, arn: taskArn(task.id) }))
    const given = { ...read, tasks }
    const found = given.services.flatMap((service, at) => {
      const known = details[at]
      const revision = revisions[at]
      return known && revision && !isBlind ? [{ service, known, revision }] : []
    })
    const more = {
      ...rest,
      serviceDetails: Object.fromEntries(found.map(({ service, known }) => [service.arn, known])),
      revisionInputs: Object.fromEntries(
        found.map(({ service, revision }) => [service.taskDefinitionArn, revision]),
      ),
    }
    return worldOf(isAws ? { ...given, target: { ...given.target, kind: 'aws' } } : given, more)
  })

/** The ARN that a task of an arbitrary world has. */
export const taskArn = (id: string) => `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`
