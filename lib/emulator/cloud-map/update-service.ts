import type { UpdateServiceRequest } from '@aws-sdk/client-servicediscovery'
import type { Operation } from '../context'
import type { Wire } from '../wire/wire-type'
import { checkCommon, invalidInput } from './check'
import { requireNamespace, requireService } from './find'
import { checkDnsRecords, checkHealthCheck } from './service-checks'
import { withDefaults } from './services'
import { submitOperation } from './submit-operation'

/**
 * UpdateService: records and the health check that the request leaves out are **deleted** (Cloud Map API reference,
 * "UpdateService"); the custom health check can be neither added nor removed, and record types cannot change.
 */
export const updateService: Operation<Wire<UpdateServiceRequest>, { OperationId: string }> = (
  context,
  input,
) => {
  const state = context.state.cloudMap
  const change = input.Service
  checkCommon({ Description: change?.Description })
  const service = requireService(state, input.Id ?? '')
  const namespace = requireNamespace(state, service.namespaceId)
  if (namespace.type === 'HTTP') {
    throw invalidInput(`Service ${service.id} is in an HTTP namespace and cannot be updated.`)
  }
  const records = change?.DnsConfig?.DnsRecords ?? []
  checkDnsRecords(records)
  const before = new Set(service.dnsRecords.map(({ Type }) => Type))
  for (const { Type } of records) {
    if (before.has(Type)) continue
    throw invalidInput(
      `DnsConfig.DnsRecords: the type of a record cannot be changed or added; ${service.id} has ${[...before].join(' and ') || 'none'}, not ${Type}.`,
    )
  }
  const healthCheck = change?.HealthCheckConfig
  if (healthCheck) {
    if (service.healthCheckCustom) {
      throw invalidInput('HealthCheckConfig cannot be added to a service with HealthCheckCustomConfig.')
    }
    checkHealthCheck(context, namespace, healthCheck, records)
  }

  return submitOperation(context, {
    action: 'UpdateService',
    targets: { SERVICE: service.id },
    lock: `SERVICE ${service.id}`,
    change: {
      type: 'UPDATE_SERVICE',
      serviceId: service.id,
      description: change?.Description,
      dnsRecords: records.map(({ Type, TTL }) => ({ Type, TTL })),
      healthCheckConfig: healthCheck && withDefaults(healthCheck),
    },
  })
}
