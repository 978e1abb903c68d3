import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  UpdateServiceCommand,
  waitUntilServicesInactive,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DeleteServiceCommand as DeleteDiscoveryServiceCommand,
  DeleteNamespaceCommand,
  DiscoverInstancesCommand,
  ListNamespacesCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
})
afterEach(() => cloud.stop())

/** The example's own task definitions, as its JSON files have them. */
const taskDefinition = (
  name: string,
  port: number,
  environment: Record<string, string>,
): RegisterTaskDefinitionCommandInput => ({
  family: name,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name,
      image: `${name}:latest`,
      essential: true,
      portMappings: [{ containerPort: port, protocol: 'tcp' }],
      environment: Object.entries({ PORT: String(port), ...environment }).map(([key, value]) => ({
        name: key,
        value,
      })),
      healthCheck: {
        command: ['CMD-SHELL', `curl -f http://localhost:${port}/health || exit 1`],
        interval: 30,
      },
    },
  ],
})
const definitions = {
  'backend-api': taskDefinition('backend-api', 8080, {}),
  'frontend-web': taskDefinition('frontend-web', 3000, {
    BACKEND_URL: 'http://backend-api.production.local:8080',
  }),
}

const hasCli = (() => {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    // No CLI on this machine: that test is skipped and says so in the counts.
    return false
  }
})()

describe('the walk-through of the KECS example', () => {
  it('works by the AWS SDK, from the empty local cloud to the empty local cloud', async () => {
    const { ecs, cloudMap } = cloud
    const made = await cloudMap.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'production.local', Vpc: 'vpc-default' }),
    )
    expect((await cloud.waitForOperation(made.OperationId)).Status).toBe('SUCCESS')
    const { Namespaces = [] } = await cloudMap.send(new ListNamespacesCommand({}))
    const namespaceId = Namespaces[0]?.Id
    await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))

    const discoveryIds: (string | undefined)[] = []
    for (const [name, definition] of Object.entries(definitions)) {
      const { Service } = await cloudMap.send(
        new CreateDiscoveryServiceCommand({
          Name: name,
          NamespaceId: namespaceId,
          DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
        }),
      )
      discoveryIds.push(Service?.Id)
      await ecs.send(new RegisterTaskDefinitionCommand(definition))
      await ecs.send(
        new CreateServiceCommand({
          cluster: 'default',
          serviceName: `${name}-service`,
          taskDefinition: name,
          desiredCount: name === 'backend-api' ? 2 : 1,
          launchType: 'FARGATE',
          serviceRegistries: [{ registryArn: Service?.Arn }],
        }),
      )
    }
    const services = ['backend-api-service', 'frontend-web-service']
    const waiter = { client: ecs, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }
    await waitUntilServicesStable(waiter, { services })

    const discover = async (ServiceName: string) => {
      const { Instances = [] } = await cloudMap.send(
        new DiscoverInstancesCommand({ NamespaceName: 'production.local', ServiceName, HealthStatus: 'ALL' }),
      )
      return Instances
    }
    expect(await discover('backend-api')).toHaveLength(2)
    const [frontend] = await discover('frontend-web')
    expect((await ecs.send(new ListServicesCommand({}))).serviceArns).toHaveLength(2)
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toHaveLength(3)

    const page = await vi.waitFor(
      async () => {
        const answer = await fetch(`http://${frontend?.Attributes?.AWS_INSTANCE_IPV4}:3000/call-backend`)
        expect(answer.ok).toBe(true)
        return answer.text()
      },
      { timeout: 10_000 },
    )
    expect(page).toContain('backend-api')

    await ecs.send(new UpdateServiceCommand({ service: 'backend-api-service', desiredCount: 3 }))
    await waitUntilServicesStable(waiter, { services })
    expect(await discover('backend-api')).toHaveLength(3)

    for (const service of services) {
      await ecs.send(new UpdateServiceCommand({ service, desiredCount: 0 }))
      await ecs.send(new DeleteServiceCommand({ service }))
      await waitUntilServicesInactive(waiter, { services: [service] })
    }
    await vi.waitFor(async () =>
      expect([...(await discover('backend-api')), ...(await discover('frontend-web'))]).toEqual([]),
    )
    for (const Id of discoveryIds) await cloudMap.send(new DeleteDiscoveryServiceCommand({ Id }))
    const deleted = await cloudMap.send(new DeleteNamespaceCommand({ Id: namespaceId }))
    expect((await cloud.waitForOperation(deleted.OperationId)).Status).toBe('SUCCESS')
    for (const name of Object.keys(definitions))
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: `${name}:1` }))
    await vi.waitFor(() => ecs.send(new DeleteClusterCommand({ cluster: 'default' })), { timeout: 10_000 })
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([])
  })

  it.skipIf(!hasCli)('works by the AWS CLI, command by command', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'walk-through-'))
    for (const [name, definition] of Object.entries(definitions))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(definition))
    const script = new URL('../support/walk-through.sh', import.meta.url).pathname
    const { stdout } = await promisify(execFile)('sh', [script, String(cloud.port), folder], {
      maxBuffer: 8_000_000,
    })
    rmSync(folder, { recursive: true })
    for (const line of [
      'backend instances: 2',
      'frontend instances: 1',
      'services: 2',
      'tasks: 3',
      'backend instances after scaling: 3',
      'left: 0 clusters, 0 task definitions',
    ])
      expect(stdout).toContain(line)
  })
})
