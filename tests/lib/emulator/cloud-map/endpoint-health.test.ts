import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startEndpointChecker } from '@/lib/emulator/cloud-map/endpoint-checker'
import { afterCheck, type Endpoint, endpointOf, noStreak } from '@/lib/emulator/cloud-map/endpoint-health'
import { probeEndpoint } from '@/lib/emulator/cloud-map/probe-endpoint'
import type { InstanceRecord } from '@/lib/emulator/state/cloud-map'
import { makeInstance, makeNamespace, makeService } from '../../../support/cloud-map'
import { makeTestContext } from '../../../support/test-context'

describe('the status of a checked endpoint', () => {
  const follow = (results: boolean[], threshold: number): InstanceRecord['health'][] => {
    let now = { health: 'HEALTHY' as InstanceRecord['health'], streak: noStreak }
    return results.map((passed) => {
      now = afterCheck(now.health, now.streak, passed, threshold)
      return now.health
    })
  }

  it('changes at once with a threshold of 1', () => {
    expect(follow([true, false, true], 1)).toEqual(['HEALTHY', 'UNHEALTHY', 'HEALTHY'])
  })

  it('changes after so many contrary results in a row, in both directions', () => {
    expect(follow([false, false, true, false, false, false, true, true, true], 3)).toEqual([
      ...Array(5).fill('HEALTHY'),
      ...Array(3).fill('UNHEALTHY'),
      'HEALTHY',
    ])
  })

  it('is known after the first check that passes', () => {
    expect(afterCheck('UNKNOWN', noStreak, true, 1).health).toBe('HEALTHY')
  })
})

describe('the endpoint of an instance', () => {
  const config = { Type: 'HTTP' as const, ResourcePath: '/health' }
  const at = (AWS_INSTANCE_IPV4: string, AWS_INSTANCE_PORT = '80') => ({
    attributes: { AWS_INSTANCE_IPV4, AWS_INSTANCE_PORT },
  })

  it('is its address, port and the path of the check', () => {
    expect(endpointOf({ healthCheckConfig: config }, at('127.10.0.11'))).toEqual({
      type: 'HTTP',
      address: '127.10.0.11',
      port: 80,
      path: '/health',
    })
  })

  it.each(['10.0.0.1', '169.254.169.254', '0.0.0.0', '127.0.0.1.example.com', 'localhost', ''])(
    'is never %j: only this machine is asked',
    (address) => {
      expect(endpointOf({ healthCheckConfig: config }, at(address))).toBeUndefined()
    },
  )

  it('is none without a check', () => {
    expect(endpointOf({}, at('127.10.0.11'))).toBeUndefined()
  })
})

describe('one look at an endpoint', () => {
  const listen = async (server: ReturnType<typeof createTcpServer>) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
    return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) }
  }
  const endpoint = (port: number, path = '/', type: Endpoint['type'] = 'HTTP'): Endpoint => ({
    type,
    address: '127.0.0.1',
    port,
    path,
  })

  it('passes for 200 to 399 only', async () => {
    const { port, close } = await listen(
      createServer((request, response) => {
        response.statusCode = Number(request.url?.slice(1))
        response.end('body')
      }),
    )
    const statuses = [200, 204, 301, 399, 400, 404, 500]
    const results = await Promise.all(statuses.map((status) => probeEndpoint(endpoint(port, `/${status}`))))
    expect(results).toEqual([true, true, true, true, false, false, false])
    await close()
  })

  it('passes for TCP when somebody listens', async () => {
    const { port, close } = await listen(createTcpServer((socket) => socket.destroy()))
    expect(await probeEndpoint(endpoint(port, '/', 'TCP'))).toBe(true)
    expect(await probeEndpoint(endpoint(port, '/'))).toBe(false)
    await close()
    expect(await probeEndpoint(endpoint(port, '/', 'TCP'))).toBe(false)
    expect(await probeEndpoint(endpoint(port, '/'))).toBe(false)
  })

  it('fails for a path that HTTP cannot carry', async () => {
    expect(await probeEndpoint(endpoint(9, '/a b\u0000'))).toBe(false)
  })
})

describe('the checker', () => {
  it('makes health follow the endpoint, at every interval, until it is stopped', async () => {
    const context = makeTestContext({ endpointCheckIntervalMs: 1_000 })
    const service = makeService(context, makeNamespace(context, 'example.com', 'DNS_PUBLIC'), {
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 1 }] },
      HealthCheckConfig: { Type: 'HTTP', FailureThreshold: 2 },
    })
    makeInstance(context, service, 'here', { AWS_INSTANCE_PORT: '80' })
    makeInstance(context, service, 'elsewhere', { AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_PORT: '80' })
    let passes = true
    const asked: string[] = []
    const checker = startEndpointChecker({
      ...context,
      probe: async ({ address }) => {
        asked.push(address)
        return passes
      },
    })
    const round = async () => {
      context.clock.advance(1_000)
      // The checks are promises that are settled already; the next timer is set when they are done.
      await expect.poll(() => context.clock.waiting).toBe(1)
      return service.instances.get('here')?.health
    }
    expect(await round()).toBe('HEALTHY')
    passes = false
    expect(await round()).toBe('HEALTHY')
    expect(await round()).toBe('UNHEALTHY')
    passes = true
    expect(await round()).toBe('UNHEALTHY')
    expect(await round()).toBe('HEALTHY')
    expect(new Set(asked)).toEqual(new Set(['127.10.0.11']))
    expect(service.instances.get('elsewhere')?.health).toBe('HEALTHY')
    checker.stop()
    expect(context.clock.waiting).toBe(0)
  })
})
