import { attribute, block, mapFrom, type Shape, spread } from './shape'

/* Arguments as in the AWS provider's documentation, aws_service_discovery_*. */

const tags = { Tags: mapFrom('tags', 'Key', 'Value') }

/** Cloud Map makes zones with this TTL of their SOA record when none is asked for, as the provider, which has no argument for it, does. */
const USUAL_SOA_TTL = 15

const properties: Shape = {
  Properties: spread({
    DnsProperties: spread({
      SOA: spread({
        TTL: (value, _body, left) => {
          if (value !== USUAL_SOA_TTL) left('')
        },
      }),
    }),
  }),
}

export const httpNamespace: Shape = {
  Name: attribute('name'),
  Description: attribute('description'),
  ...tags,
}

export const publicDnsNamespace: Shape = { ...httpNamespace, ...properties }

export const privateDnsNamespace: Shape = {
  Name: attribute('name'),
  Vpc: attribute('vpc'),
  Description: attribute('description'),
  ...properties,
  ...tags,
}

export const discoveryService: Shape = {
  Name: attribute('name'),
  NamespaceId: attribute('namespace_id'),
  Description: attribute('description'),
  Type: attribute('type'),
  DnsConfig: block('dns_config', {
    NamespaceId: attribute('namespace_id'),
    RoutingPolicy: attribute('routing_policy'),
    DnsRecords: block('dns_records', { Type: attribute('type'), TTL: attribute('ttl') }),
  }),
  HealthCheckConfig: block('health_check_config', {
    Type: attribute('type'),
    ResourcePath: attribute('resource_path'),
    FailureThreshold: attribute('failure_threshold'),
  }),
  HealthCheckCustomConfig: block('health_check_custom_config', {
    FailureThreshold: attribute('failure_threshold'),
  }),
  ...tags,
}
