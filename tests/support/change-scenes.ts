import { ListTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { CreateServiceCommand as CreateDiscoveryServiceCommand } from '@aws-sdk/client-servicediscovery'
import type { ChangeKind } from '@/lib/changes/change'
import { serviceToServiceConnect } from '@/lib/changes/examples/service-to-service-connect'
import type { TestCloud } from './local-cloud'
import { webDefinition } from './plans'
import {
  addCaller,
  addStray,
  connectWeb,
  makeExample,
  makeShop,
  type Network,
  need,
  networkOf,
  type Shop,
} from './shop'

export type ChangeScene = {
  readonly name: string
  readonly kind: ChangeKind
  /** The test file of its faults. */
  readonly part: 'making' | 'changing' | 'removing' | 'connecting'
  /** Makes what is there before; gives the change's input. */
  readonly prepare: (cloud: TestCloud) => Promise<unknown>
}

/** Whether a scene begins with nothing: then its plan names nothing that a fresh cloud would have under another id. */
export const startsEmpty = ({ part }: ChangeScene): boolean => part === 'making'

const nothingThere = (inputOf: (network: Network) => unknown) => async (cloud: TestCloud) =>
  inputOf(await networkOf(cloud))
const inShop = (inputOf: (shop: Shop, cloud: TestCloud) => unknown) => async (cloud: TestCloud) =>
  inputOf(await makeShop(cloud), cloud)

const cluster = {
  name: 'books',
  containerInsights: 'disabled',
  capacityProviders: [],
  serviceConnectNamespaceId: '',
  tags: [],
}
const privateNamespace = ({ vpcId }: Network) => ({
  type: 'DNS_PRIVATE',
  name: 'books.local',
  vpcId,
  soaTtlSeconds: 15,
  description: '',
  tags: [],
})
const discoveryService = (network: Network) => ({
  namespace: { kind: 'new', namespace: privateNamespace(network) },
  name: 'api',
  records: 'A',
  routing: 'MULTIVALUE',
  ttlSeconds: 10,
  health: { kind: 'custom' },
  forEcsTasks: true,
  description: '',
  tags: [],
})
const networkInput = ({ subnet, securityGroup }: Network) => ({
  subnets: [subnet],
  securityGroups: [securityGroup],
  assignPublicIp: false,
})
const subjectOf = ({ clusterArn, serviceArn }: Shop) => ({ clusterArn, serviceArn })
const definition = (family: string) => ({ kind: 'json', text: JSON.stringify(webDefinition(family)) })

const example = { ...serviceToServiceConnect.defaults, frontendCount: 1, backendCount: 1 }

/** Every change of the console, in a scene where it has something to do. */
export const changeScenes: readonly ChangeScene[] = [
  {
    name: 'create a cluster',
    kind: 'create-cluster',
    part: 'making',
    prepare: nothingThere(() => cluster),
  },
  {
    name: 'create a private namespace',
    kind: 'create-namespace',
    part: 'making',
    prepare: nothingThere(privateNamespace),
  },
  {
    name: 'create an HTTP namespace',
    kind: 'create-namespace',
    part: 'making',
    prepare: nothingThere(() => ({ type: 'HTTP', name: 'books', description: '', tags: [] })),
  },
  {
    name: 'create a public namespace',
    kind: 'create-namespace',
    part: 'making',
    prepare: nothingThere(() => ({
      type: 'DNS_PUBLIC',
      name: 'books.example.com',
      soaTtlSeconds: 15,
      description: '',
      tags: [],
    })),
  },
  {
    name: 'create a discovery service with its namespace',
    kind: 'create-discovery-service',
    part: 'making',
    prepare: nothingThere(discoveryService),
  },
  {
    name: 'create a service with all it needs',
    kind: 'create-service',
    part: 'making',
    prepare: nothingThere((network) => ({
      cluster: { kind: 'new', cluster },
      name: 'api',
      taskDefinition: definition('api'),
      desiredCount: 2,
      capacity: { kind: 'launch type', launchType: 'FARGATE' },
      network: networkInput(network),
      deployment: { minimumHealthyPercent: 100, maximumPercent: 200, circuitBreaker: true, rollback: true },
      registry: { kind: 'new', service: discoveryService(network), containerName: '', containerPort: null },
      serviceConnect: { kind: 'none' },
      enableExecuteCommand: false,
      propagateTags: 'NONE',
      tags: [],
    })),
  },
  {
    name: 'deploy an example on Service Connect',
    kind: 'deploy-example',
    part: 'making',
    prepare: nothingThere(() => example),
  },
  {
    name: 'scale a service',
    kind: 'scale',
    part: 'changing',
    prepare: inShop(({ clusterArn, serviceArn }) => ({
      clusterArn,
      serviceArn,
      desiredCount: 3,
      seenDesiredCount: 2,
    })),
  },
  {
    name: 'redeploy a service',
    kind: 'redeploy',
    part: 'changing',
    prepare: inShop(({ clusterArn, serviceArn }) => ({ clusterArn, serviceArn })),
  },
  {
    name: 'enable ECS Exec for a service',
    kind: 'enable-exec',
    part: 'changing',
    prepare: inShop(({ clusterArn, serviceArn }) => ({ clusterArn, serviceArn })),
  },
  {
    name: 'switch Service Connect off',
    kind: 'service-connect',
    part: 'connecting',
    prepare: inShop(async (shop, cloud) => {
      await connectWeb(cloud, shop, {})
      return { ...subjectOf(shop), wish: { mode: 'off' }, makeRoom: false, clients: [] }
    }),
  },
  {
    name: 'switch Service Connect on',
    kind: 'service-connect',
    part: 'connecting',
    prepare: inShop((shop) => ({
      ...subjectOf(shop),
      wish: {
        mode: 'client and server',
        namespace: { kind: 'existing', id: shop.namespaceId, type: 'DNS_PRIVATE' },
        logs: { kind: 'none' },
        accessLogs: 'off',
        includeQueryParameters: false,
        endpoints: [
          {
            container: 'web',
            containerPort: 8080,
            portName: 'http',
            appProtocol: '',
            discoveryName: 'web-sc',
            aliasDnsName: 'shop',
            aliasPort: 80,
            ingressPort: null,
            idleTimeoutSeconds: 60,
            perRequestTimeoutSeconds: null,
          },
        ],
      },
      makeRoom: true,
      clients: [],
    })),
  },
  {
    name: 'move a service and its caller to Service Connect',
    kind: 'migrate-to-service-connect',
    part: 'connecting',
    prepare: inShop(async (shop, cloud) => ({
      ...subjectOf(shop),
      part: 'move',
      container: 'web',
      containerPort: 8080,
      appProtocol: 'http',
      makeRoom: true,
      clients: [await addCaller(cloud)],
    })),
  },
  {
    name: 'finish a move to Service Connect',
    kind: 'migrate-to-service-connect',
    part: 'connecting',
    prepare: inShop(async (shop, cloud) => {
      await connectWeb(cloud, shop, {
        services: [
          {
            portName: 'http',
            discoveryName: 'web-sc',
            clientAliases: [{ port: 8080, dnsName: 'web.shop.local' }],
          },
        ],
      })
      return { ...subjectOf(shop), part: 'finish', deleteDiscoveryService: true }
    }),
  },
  {
    name: 'roll a deployment back',
    kind: 'roll-back',
    part: 'connecting',
    prepare: inShop(async (shop, cloud) => {
      await cloud.ecs.send(
        new UpdateServiceCommand({
          cluster: shop.clusterArn,
          service: shop.serviceArn,
          forceNewDeployment: true,
          // With 100 and 100 ECS may neither stop nor start a task.
          deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 },
        }),
      )
      return subjectOf(shop)
    }),
  },
  {
    name: 'stop a task',
    kind: 'stop-task',
    part: 'changing',
    prepare: inShop(async ({ clusterArn }, cloud) => {
      const { taskArns } = await cloud.ecs.send(new ListTasksCommand({ cluster: clusterArn }))
      return { clusterArn, taskArn: need(taskArns?.[0]), reason: '' }
    }),
  },
  {
    name: 'move a service to a new revision',
    kind: 'new-revision',
    part: 'changing',
    prepare: inShop(({ clusterArn, serviceArn, taskDefinitionArn }) => ({
      clusterArn,
      serviceArn,
      fromArn: taskDefinitionArn,
      text: JSON.stringify({ ...webDefinition('web'), cpu: '512', memory: '1024' }),
    })),
  },
  {
    name: 'run two tasks of a new revision',
    kind: 'run-task',
    part: 'changing',
    prepare: inShop(async ({ clusterArn }, cloud) => ({
      clusterArn,
      taskDefinition: definition('job'),
      count: 2,
      launchType: 'FARGATE',
      network: networkInput(await networkOf(cloud)),
      enableExecuteCommand: false,
      tags: [],
    })),
  },
  {
    name: 'delete a service and its name',
    kind: 'delete-service',
    part: 'removing',
    prepare: inShop(({ clusterArn, serviceArn }) => ({ clusterArn, serviceArn, withDiscoveryService: true })),
  },
  {
    name: 'delete a discovery service with a stray instance',
    kind: 'delete-discovery-service',
    part: 'removing',
    prepare: inShop(async (shop, cloud) => {
      const { Service } = await cloud.cloudMap.send(
        new CreateDiscoveryServiceCommand({ Name: 'old', NamespaceId: shop.namespaceId }),
      )
      const discoveryServiceId = need(Service?.Id)
      await addStray(cloud, { ...shop, discoveryServiceId })
      return { discoveryServiceId, deregisterInstances: true }
    }),
  },
  {
    name: 'delete a namespace with all that is in it',
    kind: 'delete-namespace',
    part: 'removing',
    prepare: inShop(async (shop, cloud) => {
      await addStray(cloud, shop)
      return { namespaceId: shop.namespaceId, withServices: true, deregisterInstances: true }
    }),
  },
  {
    name: 'remove an example on Service Connect',
    kind: 'remove-example',
    part: 'removing',
    prepare: async (cloud) => {
      await makeExample(cloud, example)
      const { clusterName, namespaceName } = example
      return { example: example.example, clusterName, namespaceName, withCluster: true }
    },
  },
  {
    name: 'delete a cluster with all that runs in it',
    kind: 'delete-cluster',
    part: 'removing',
    prepare: inShop(({ clusterArn }) => ({ clusterArn, withContents: true })),
  },
]
