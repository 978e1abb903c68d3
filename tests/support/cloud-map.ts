import type { CreateServiceRequest } from '@aws-sdk/client-servicediscovery'
import {
  createHttpNamespace,
  createPrivateDnsNamespace,
  createPublicDnsNamespace,
} from '@/lib/emulator/cloud-map/create-namespace'
import { registerInstance } from '@/lib/emulator/cloud-map/instances'
import { createService } from '@/lib/emulator/cloud-map/services'
import type { DiscoveryServiceRecord, NamespaceRecord, OperationRecord } from '@/lib/emulator/state/cloud-map'
import type { Wire } from '@/lib/emulator/wire/wire-type'
import type { TestContext } from './test-context'

/** Lets every running operation end. */
export const settle = (context: TestContext): void =>
  context.clock.advance(context.config.operationDelayMs + 1)

/** The operation that a handler started. */
export function operationOf(context: TestContext, started: { OperationId: string }): OperationRecord {
  const operation = context.state.cloudMap.operations.get(started.OperationId)
  if (!operation) throw new Error('The operation is not there.')
  return operation
}

/** A namespace, made and settled. */
export function makeNamespace(
  context: TestContext,
  name = 'production.local',
  type: NamespaceRecord['type'] = 'DNS_PRIVATE',
): NamespaceRecord {
  const create = { HTTP: createHttpNamespace, DNS_PUBLIC: createPublicDnsNamespace }
  const started =
    type === 'DNS_PRIVATE'
      ? createPrivateDnsNamespace(context, { Name: name, Vpc: 'vpc-1' })
      : create[type](context, { Name: name })
  settle(context)
  const id = operationOf(context, started).targets.NAMESPACE ?? ''
  const namespace = context.state.cloudMap.namespaces.get(id)
  if (!namespace) throw new Error(`The namespace was not made: ${operationOf(context, started).errorMessage}`)
  return namespace
}

/** A service with an A record, or with the settings given. */
export function makeService(
  context: TestContext,
  namespace: NamespaceRecord,
  settings: Partial<Wire<CreateServiceRequest>> = { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } },
): DiscoveryServiceRecord {
  const { Service } = createService(context, { Name: 'api', NamespaceId: namespace.id, ...settings })
  const service = context.state.cloudMap.services.get(Service?.Id ?? '')
  if (!service) throw new Error('The service was not made.')
  return service
}

/** An instance, registered and settled. */
export function makeInstance(
  context: TestContext,
  service: DiscoveryServiceRecord,
  instanceId: string,
  attributes: Record<string, string> = {},
): void {
  registerInstance(context, {
    ServiceId: service.id,
    InstanceId: instanceId,
    Attributes: { AWS_INSTANCE_IPV4: '127.10.0.11', ...attributes },
  })
  settle(context)
}
