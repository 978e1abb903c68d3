import type {
  CreateServiceRequest,
  Deployment,
  PortMapping,
  RegisterTaskDefinitionRequest,
  ServiceConnectConfiguration,
  ServiceConnectService,
} from '@aws-sdk/client-ecs'
import type { EmulatorConfig } from '@/lib/emulator/config'
import type { DiscoveryServiceRecord } from '@/lib/emulator/state/cloud-map'
import type { Regions } from '@/lib/emulator/state/region'
import type { Wire } from '@/lib/emulator/wire/wire-type'
import { makeNamespace } from './cloud-map-records'
import { appContainer, goodService, goodTaskDefinition, makeTestEcs, type TestEcs } from './emulator-context'

export const httpPort: PortMapping = { name: 'http', containerPort: 8080, appProtocol: 'http' }

/** A task definition with these ports. */
export const portsOf = (...portMappings: PortMapping[]): Partial<RegisterTaskDefinitionRequest> => ({
  containerDefinitions: [{ ...appContainer, portMappings }],
})

/** Service Connect in the namespace `mesh` with these entries; without one, a client only. */
export const connecting = (...services: ServiceConnectService[]): ServiceConnectConfiguration => ({
  enabled: true,
  namespace: 'mesh',
  ...(services.length > 0 && { services }),
})

/** An entry for the port `http`, called by its name on port 80. */
export const entry = (name: string, changes: Partial<ServiceConnectService> = {}): ServiceConnectService => ({
  portName: 'http',
  discoveryName: name,
  clientAliases: [{ port: 80, dnsName: name }],
  ...changes,
})

export type ConnectEcs = TestEcs & {
  create(
    serviceName: string,
    configuration: ServiceConnectConfiguration,
    changes?: Partial<CreateServiceRequest>,
  ): void
  primary(serviceName: string): Wire<Deployment>
  /** The Cloud Map services of the namespace by name. */
  discovered(): Map<string, DiscoveryServiceRecord>
}

/** The cluster `default`, the HTTP namespace `mesh` and `backend:1` with one named port, whose tasks run at once. */
export function makeConnectEcs(
  config: Partial<EmulatorConfig> = {},
  definition: Partial<RegisterTaskDefinitionRequest> = portsOf(httpPort),
  regions?: Regions,
): ConnectEcs {
  const ecs = makeTestEcs({ endpointRemovalMs: 5_000, ...config }, regions)
  ecs.call('CreateCluster')
  ecs.call('RegisterTaskDefinition', goodTaskDefinition(definition))
  const namespace = makeNamespace({
    id: 'ns-mesh',
    arn: meshArn,
    name: 'mesh',
    httpName: 'mesh',
    type: 'HTTP',
  })
  ecs.state.cloudMap.namespaces.set(namespace.id, namespace)
  return {
    ...ecs,
    create(serviceName, serviceConnectConfiguration, changes = {}) {
      ecs.call('CreateService', goodService({ serviceName, serviceConnectConfiguration, ...changes }))
    },
    primary(serviceName) {
      const [primary] = ecs.service(serviceName).deployments ?? []
      if (!primary) throw new Error(`${serviceName} has no deployment`)
      return primary
    },
    discovered: () =>
      new Map([...ecs.state.cloudMap.services.values()].map((service) => [service.name, service])),
  }
}

export const meshArn = 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-mesh'
