import type { ServiceConnectInput } from '@/lib/changes/inputs/service-connect'
import type { TaskDefinitionInput } from '@/lib/changes/task-definition-json'
import type { ConnectSettings, ServiceDetails, World } from '@/lib/changes/world'
import type { EcsService, ServiceConnectConfig, ServiceConnectEndpoint } from '@/lib/inventory/model'
import {
  cluster,
  clusterArn,
  container,
  definition,
  definitionArn,
  deployment,
  inventory,
  NOW,
  namespace,
  registered,
  registry,
  registryArn,
  service,
  task,
} from './inventory'
import { worldOf } from './world'

export const NAMESPACE = namespace()
export const OTHER_NAMESPACE = namespace('apps', { type: 'HTTP' })

export const endpoint = (
  discoveryName: string,
  alias: { readonly port: number; readonly dnsName: string | null } | null,
  more: Partial<ServiceConnectEndpoint> = {},
): ServiceConnectEndpoint => ({
  portName: 'http',
  discoveryName,
  discoveryArn: null,
  aliases: alias ? [alias] : [],
  ingressPort: null,
  idleTimeoutSeconds: null,
  perRequestTimeoutSeconds: null,
  tls: false,
  ...more,
})

/** Service Connect as the inventory has it; without endpoints: client only. */
export const connect = (
  services: readonly ServiceConnectEndpoint[] = [],
  more: Partial<ServiceConnectConfig> = {},
): ServiceConnectConfig => ({
  namespace: NAMESPACE.arn,
  services,
  logDriver: null,
  accessLogFormat: null,
  ...more,
})

/** The same settings as DescribeServices tells them. */
export const settingsOf = (config: ServiceConnectConfig | null): ConnectSettings | null =>
  config && {
    enabled: true,
    ...(config.namespace === null ? {} : { namespace: config.namespace }),
    ...(config.services.length === 0
      ? {}
      : {
          services: config.services.map(({ portName, discoveryName, aliases }) => ({
            portName,
            discoveryName,
            clientAliases: aliases.map(({ port, dnsName }) => ({
              port,
              ...(dnsName === null ? {} : { dnsName }),
            })),
          })),
        }),
  }

/** An ECS service whose newest deployment has this Service Connect. */
export const connected = (
  name: string,
  config: ServiceConnectConfig | null,
  more: Partial<EcsService> = {},
): EcsService =>
  service(name, {
    deployments: [deployment({ taskDefinitionArn: definitionArn(name), serviceConnect: config })],
    ...more,
  })

export const details = (given: EcsService, more: Partial<ServiceDetails> = {}): ServiceDetails => ({
  connect: settingsOf(given.deployments.find(({ status }) => status === 'PRIMARY')?.serviceConnect ?? null),
  registries: given.registryArns.map((registryArn) => ({ registryArn })),
  network: { subnets: ['subnet-1a'], securityGroups: [], assignPublicIp: false },
  deploymentController: 'ECS',
  platformVersion: '1.4.0',
  deploymentUnderWay: null,
  ...more,
})

/** A revision for Fargate's 0.5 vCPU with one container that leaves room for a proxy. */
export const revision = (
  family: string,
  port: number,
  more: Partial<TaskDefinitionInput> = {},
  mapping: object = {},
): TaskDefinitionInput => ({
  family,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '512',
  memory: '1024',
  containerDefinitions: [
    {
      name: family,
      image: `${family}:1`,
      cpu: 256,
      memory: 512,
      portMappings: [{ containerPort: port, hostPort: port, protocol: 'tcp', ...mapping }],
    },
  ],
  ...more,
})

/** `frontend-web` calls `backend-api` by its DNS name; neither has Service Connect. More services stand beside them. */
export type Scene = {
  readonly backend?: ServiceConnectConfig | null
  readonly frontend?: ServiceConnectConfig | null
  /** What the frontend's variable holds. */
  readonly url?: string
  readonly backendMore?: Partial<EcsService>
  readonly backendRevision?: TaskDefinitionInput
  readonly frontendRevision?: TaskDefinitionInput
  readonly others?: readonly EcsService[]
  readonly detailsMore?: Partial<ServiceDetails>
  readonly clusterDefault?: string | null
  readonly inventoryMore?: Parameters<typeof inventory>[0]
}

export const BACKEND_PORT = 8080

export const backendArn = service('backend-api').arn
export const frontendArn = service('frontend-web').arn

export function sceneWorld(scene: Scene = {}): World {
  const { backend = null, frontend = null, others = [] } = scene
  const backendService = connected('backend-api', backend, {
    desired: 2,
    running: 2,
    registryArns: [registryArn('backend-api')],
    ...scene.backendMore,
  })
  const frontendService = connected('frontend-web', frontend)
  const services = [backendService, frontendService, ...others]
  const url = scene.url ?? 'http://backend-api.production.local:8080'
  const given = inventory({
    clusters: [cluster('default', { serviceConnectNamespace: scene.clusterDefault ?? null })],
    services,
    tasks: [task(1, 'backend-api'), task(2, 'backend-api'), task(3, 'frontend-web')],
    definitions: [
      definition('backend-api', [
        {
          ...container('backend-api'),
          ports: [
            {
              container: 'backend-api',
              containerPort: BACKEND_PORT,
              protocol: 'tcp',
              name: backend ? 'http' : null,
              appProtocol: backend ? 'http' : null,
            },
          ],
        },
      ]),
      definition('frontend-web', [container('frontend-web', { BACKEND_URL: url }, 3000)]),
      ...others.map((one) => definition(one.name)),
    ],
    namespaces: [NAMESPACE, OTHER_NAMESPACE],
    discoveryServices: [
      registry('backend-api', [registered(1), registered(2)]),
      ...(backend?.services ?? []).map(({ discoveryName }) =>
        registry(discoveryName, [registered(1), registered(2)], {
          dnsRecords: [],
          healthCheck: 'none',
          managedBy: backendService.arn,
          description: `Managed by ${backendService.arn}`,
          createdAtMs: NOW - 3_700_000,
        }),
      ),
    ],
    ...scene.inventoryMore,
  })
  return worldOf(given, {
    serviceDetails: Object.fromEntries(
      services.map((one) => [one.arn, details(one, one === backendService ? scene.detailsMore : {})]),
    ),
    revisionInputs: {
      [definitionArn('backend-api')]:
        scene.backendRevision ??
        revision('backend-api', BACKEND_PORT, {}, backend ? { name: 'http', appProtocol: 'http' } : {}),
      [definitionArn('frontend-web')]: scene.frontendRevision ?? revision('frontend-web', 3000),
      ...Object.fromEntries(others.map((one) => [definitionArn(one.name), revision(one.name, 8080)])),
    },
  })
}

type OnWish = Extract<ServiceConnectInput['wish'], { mode: 'client and server' }>

export const backendEndpoint = (
  more: Partial<OnWish['endpoints'][number]> = {},
): OnWish['endpoints'][number] => ({
  container: 'backend-api',
  containerPort: BACKEND_PORT,
  portName: 'http',
  appProtocol: 'http',
  discoveryName: 'backend-api-sc',
  aliasDnsName: 'backend-api',
  aliasPort: BACKEND_PORT,
  ingressPort: null,
  idleTimeoutSeconds: null,
  perRequestTimeoutSeconds: null,
  ...more,
})

export const inNamespace = { kind: 'existing', id: NAMESPACE.id, type: NAMESPACE.type } as const

export const onWish = (more: Partial<OnWish> = {}): OnWish => ({
  mode: 'client and server',
  namespace: inNamespace,
  logs: { kind: 'none' },
  accessLogs: 'off',
  includeQueryParameters: false,
  endpoints: [backendEndpoint()],
  ...more,
})

export const clientWish = (
  more: Partial<Extract<ServiceConnectInput['wish'], { mode: 'client' }>> = {},
): ServiceConnectInput['wish'] => ({
  mode: 'client',
  namespace: inNamespace,
  logs: { kind: 'none' },
  accessLogs: 'off',
  includeQueryParameters: false,
  ...more,
})

/** Switches the backend on, as client and server, unless told otherwise. */
export const connectInput = (more: Partial<ServiceConnectInput> = {}): ServiceConnectInput => ({
  clusterArn: clusterArn(),
  serviceArn: backendArn,
  wish: onWish(),
  makeRoom: false,
  clients: [],
  ...more,
})

/** Service Connect that the backend has once it was switched on. */
export const backendOn = (alias = 'backend-api') =>
  connect([endpoint('backend-api-sc', { port: BACKEND_PORT, dnsName: alias })])
