import { expect, it } from 'vitest'
import { createPublicDnsNamespace } from '@/lib/emulator/cloud-map/create-namespace'
import { startEndpointChecker } from '@/lib/emulator/cloud-map/endpoint-checker'
import { registerInstance } from '@/lib/emulator/cloud-map/instances'
import { createService } from '@/lib/emulator/cloud-map/services'
import { updateService } from '@/lib/emulator/cloud-map/update-service'
import { operationOf, settle } from '../../../support/cloud-map'
import { allRows, keepRegions } from '../../../support/memory-store'
import { makeTestContext } from '../../../support/test-context'

const check = { Type: 'HTTP' as const, ResourcePath: '/' }

/** A discovery service of a public namespace with one instance, all of it stored. */
async function setUp() {
  const kept = keepRegions()
  const context = makeTestContext({}, kept.regions)
  const started = createPublicDnsNamespace(context, { Name: 'example.com' })
  settle(context)
  const { Service } = createService(context, {
    Name: 'web',
    NamespaceId: operationOf(context, started).targets.NAMESPACE,
    DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
    HealthCheckConfig: check,
  })
  const ServiceId = Service?.Id ?? ''
  const Attributes = { AWS_INSTANCE_IPV4: '127.0.0.1', AWS_INSTANCE_PORT: '80' }
  registerInstance(context, { ServiceId, InstanceId: 'i', Attributes })
  settle(context)
  await kept.keeper.keep()
  const health = () => context.state.cloudMap.services.get(ServiceId)?.instances.values().next().value?.health
  return { kept, context, ServiceId, health }
}

it('stores the health of every instance when a health check goes', async () => {
  const { kept, context, ServiceId, health } = await setUp()
  updateService(context, { Id: ServiceId, Service: { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } } })
  settle(context)
  await kept.keeper.keep()
  expect(health()).toBe('UNKNOWN')
  expect(kept.store.rows).toEqual(allRows(kept.regions))
})

it('stores what checking an endpoint has shown', async () => {
  const { kept, context, health } = await setUp()
  const checker = startEndpointChecker({ ...context, probe: async () => false })
  context.clock.advance(context.config.endpointCheckIntervalMs)
  await expect.poll(health).toBe('UNHEALTHY')
  await kept.keeper.keep()
  expect(kept.store.rows).toEqual(allRows(kept.regions))
  checker.stop()
})
