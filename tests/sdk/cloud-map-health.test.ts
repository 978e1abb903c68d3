import { createServer, type Server } from 'node:http'
import * as sdk from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let strict: TestCloud
let server: Server
let port: string
let status = 200

beforeAll(async () => {
  cloud = await startTestCloud()
  strict = await startTestCloud({ strict: true })
  server = createServer((request, response) => {
    response.statusCode = request.url === '/health' ? status : 404
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? String(address?.port) : ''
})
afterAll(async () => {
  await Promise.all([cloud.stop(), strict.stop()])
  await new Promise((resolve) => server.close(resolve))
})

const HealthCheckConfig = { Type: 'HTTP' as const, ResourcePath: '/health', FailureThreshold: 2 }
const makeNamespace = async (of: TestCloud) => {
  const started = await of.cloudMap.send(
    new sdk.CreatePrivateDnsNamespaceCommand({ Name: 'a.local', Vpc: 'vpc-1' }),
  )
  return (await of.waitForOperation(started.OperationId)).Targets?.NAMESPACE
}

describe('an HTTP health check in a private namespace', () => {
  it('is honoured with a warning and really asks: discovery follows the endpoint', async () => {
    const { Service } = await cloud.cloudMap.send(
      new sdk.CreateServiceCommand({
        Name: 'api',
        NamespaceId: await makeNamespace(cloud),
        HealthCheckConfig,
      }),
    )
    expect(cloud.lines.join('\n')).toContain('AWS would answer InvalidInput: HealthCheckConfig')
    for (const [InstanceId, own] of [
      ['good', port],
      ['gone', '9'],
    ] as const) {
      const Attributes = { AWS_INSTANCE_IPV4: '127.0.0.1', AWS_INSTANCE_PORT: own }
      const started = await cloud.cloudMap.send(
        new sdk.RegisterInstanceCommand({ ServiceId: Service?.Id, InstanceId, Attributes }),
      )
      await cloud.waitForOperation(started.OperationId)
    }
    const healthy = async () => {
      const asked = { NamespaceName: 'a.local', ServiceName: 'api', HealthStatus: 'HEALTHY' as const }
      const { Instances = [] } = await cloud.cloudMap.send(new sdk.DiscoverInstancesCommand(asked))
      return Instances.map(({ InstanceId }) => InstanceId)
    }
    await expect.poll(healthy).toEqual(['good'])
    status = 500
    await expect.poll(healthy).toEqual([])
    status = 200
    await expect.poll(healthy).toEqual(['good'])
  })

  it('is refused when strict', async () => {
    const refused = strict.cloudMap.send(
      new sdk.CreateServiceCommand({
        Name: 'api',
        NamespaceId: await makeNamespace(strict),
        HealthCheckConfig,
      }),
    )
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('HealthCheckConfig'),
    })
  })
})
