import { describe, expect, it } from 'vitest'
import { appContainer, goodService, makeReadyEcs } from '../../../../support/emulator-context'
import { addRegistry, registryArn } from '../../../../support/service-registry'

describe('service registries by network mode', () => {
  const byContainer = { containerName: 'app', containerPort: 8080 }
  type Case = {
    readonly mode: 'awsvpc' | 'bridge' | 'host' | 'none' | undefined
    readonly records: ('A' | 'AAAA' | 'SRV' | 'CNAME')[]
    readonly registry: object
    readonly refused?: RegExp
  }
  it.each<Case>([
    { mode: 'awsvpc', records: ['A'], registry: {} },
    { mode: 'awsvpc', records: ['A', 'AAAA'], registry: {} },
    { mode: 'awsvpc', records: [], registry: {} },
    { mode: 'awsvpc', records: ['SRV'], registry: { port: 8080 } },
    { mode: 'awsvpc', records: ['SRV'], registry: byContainer },
    { mode: 'awsvpc', records: ['SRV'], registry: {}, refused: /specify either 'port' or/ },
    { mode: 'awsvpc', records: ['SRV'], registry: { port: 1, ...byContainer }, refused: /and not both/ },
    { mode: 'bridge', records: ['SRV'], registry: byContainer },
    { mode: 'host', records: ['SRV'], registry: byContainer },
    { mode: undefined, records: ['SRV'], registry: byContainer },
    {
      mode: 'bridge',
      records: ['SRV'],
      registry: { port: 8080 },
      refused:
        /^When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition\.$/,
    },
    { mode: 'bridge', records: ['A'], registry: byContainer, refused: /needs SRV records/ },
    { mode: 'host', records: ['A'], registry: {}, refused: /must be specified from the task definition/ },
    { mode: undefined, records: ['A'], registry: byContainer, refused: /needs SRV records/ },
    { mode: 'none', records: ['A'], registry: {}, refused: /not supported when networkMode=none/ },
    { mode: 'awsvpc', records: ['CNAME'], registry: {}, refused: /CNAME/ },
    { mode: 'awsvpc', records: ['A'], registry: { port: 0 }, refused: /Invalid port 0/ },
    { mode: 'awsvpc', records: ['A'], registry: { containerName: 'app' }, refused: /together/ },
    {
      mode: 'awsvpc',
      records: ['SRV'],
      registry: { containerName: 'db', containerPort: 8080 },
      refused: /The container db does not exist in the task definition\./,
    },
    {
      mode: 'awsvpc',
      records: ['SRV'],
      registry: { containerName: 'app', containerPort: 9 },
      refused: /The container app did not have a container port 9 defined\./,
    },
  ])('$mode with $records and $registry', ({ mode, records, registry, refused }) => {
    const container = mode === 'none' ? { ...appContainer, portMappings: [] } : appContainer
    const ecs = makeReadyEcs(
      {},
      { networkMode: mode, requiresCompatibilities: ['EC2'], containerDefinitions: [container] },
    )
    addRegistry(ecs, records)
    const input = goodService({ launchType: 'EC2', serviceRegistries: [{ registryArn, ...registry }] })
    if (refused) {
      const refusal = ecs.refusal('CreateService', input)
      expect(refusal.code).toBe('InvalidParameterException')
      expect(refusal.message).toMatch(refused)
    } else {
      expect(ecs.call('CreateService', input)).toMatchObject({
        service: { serviceRegistries: [{ registryArn, ...registry }] },
      })
    }
  })
})
