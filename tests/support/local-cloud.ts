import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ECSClient } from '@aws-sdk/client-ecs'
import { GetOperationCommand, type Operation, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { STSClient } from '@aws-sdk/client-sts'
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '@/lib/emulator/start'

/** SDK clients of one account and region, pointed at a local cloud. */
export type Clients = {
  readonly ecs: ECSClient
  readonly cloudMap: ServiceDiscoveryClient
  readonly logs: CloudWatchLogsClient
  readonly sts: STSClient
  readonly ec2: EC2Client
  readonly cloudWatch: CloudWatchClient
}

export type TestCloud = LocalCloud &
  Clients & {
    /** What the local cloud said, as `level message`. */
    readonly lines: readonly string[]
    clientsOf(accountId: string, region: string): Clients
    /** Waits until an operation has succeeded or failed. */
    waitForOperation(operationId: string | undefined): Promise<Operation>
  }

/** Delays near zero: what takes a minute at AWS takes a moment in a test. */
const fast = {
  port: 0,
  dnsPort: 0,
  operationDelayMs: 5,
  customHealthDelayMs: 20,
  endpointCheckIntervalMs: 20,
  taskStepMs: 5,
  healthyAfterMs: 20,
  startDelayMs: 20,
  startDelayMaxMs: 200,
  endpointRemovalMs: 200,
} as const

/** Starts a local cloud of its own for a test file; stop it in `afterAll`. Tasks are simulated unless told otherwise. */
export async function startTestCloud(options: LocalCloudOptions = {}): Promise<TestCloud> {
  const lines: string[] = []
  const cloud = await startLocalCloud({
    ...fast,
    runtime: 'simulated',
    log: (level, message) => lines.push(`${level} ${message}`),
    ...options,
  })
  const opened: Clients[] = []
  const clientsOf = (accountId: string, region: string): Clients => {
    const clients = makeClients(cloud.url, accountId, region)
    opened.push(clients)
    return clients
  }
  const clients = clientsOf('000000000000', 'us-east-1')
  return {
    ...cloud,
    ...clients,
    lines,
    clientsOf,
    waitForOperation: (operationId) => waitForOperation(clients.cloudMap, operationId),
    async stop() {
      for (const clients of opened) for (const client of Object.values(clients)) client.destroy()
      await cloud.stop()
    },
  }
}

/** Clients of one account and region, for the local cloud at this address. */
export function makeClients(endpoint: string, accountId: string, region: string): Clients {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'local' },
    maxAttempts: 1,
  }
  return {
    ecs: new ECSClient(settings),
    // DiscoverInstances would go to data-127.0.0.1, which no resolver knows.
    cloudMap: new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true }),
    logs: new CloudWatchLogsClient(settings),
    sts: new STSClient(settings),
    ec2: new EC2Client(settings),
    cloudWatch: new CloudWatchClient(settings),
  }
}

/** Waits until an operation has succeeded or failed. */
export async function waitForOperation(
  client: ServiceDiscoveryClient,
  operationId: string | undefined,
): Promise<Operation> {
  for (;;) {
    const { Operation: operation } = await client.send(new GetOperationCommand({ OperationId: operationId }))
    if (operation?.Status === 'SUCCESS' || operation?.Status === 'FAIL') return operation
  }
}
