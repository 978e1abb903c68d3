import 'server-only'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { STSClient } from '@aws-sdk/client-sts'
import { credentialsFor } from './credentials'
import { guard } from './guard'
import { ENDPOINT_REGION, type TargetSettings } from './settings'

/** One client per AWS service that the console reads, all of one target. */
export type Clients = {
  readonly ecs: ECSClient
  readonly cloudMap: ServiceDiscoveryClient
  readonly logs: CloudWatchLogsClient
  readonly sts: STSClient
  readonly ec2: EC2Client
  readonly cloudWatch: CloudWatchClient
  /** Closes their connections. */
  stop(): void
}

/** Nobody waits long for a map that is read again in a second. */
const local = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true }
const remote = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true }
const MAX_SOCKETS = 64

function configOf(settings: TargetSettings, env: Readonly<Record<string, string | undefined>>) {
  const common = {
    credentials: credentialsFor(settings, env),
    ...(settings.region === null ? {} : { region: settings.region }),
    requestHandler: {
      ...(settings.kind === 'aws' ? remote : local),
      httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
  }
  if (settings.endpointUrl === null)
    return { ...common, ...(settings.profile === null ? {} : { profile: settings.profile }) }
  return {
    ...common,
    region: settings.region ?? ENDPOINT_REGION,
    // In code, so that no AWS_ENDPOINT_URL*, AWS_USE_FIPS_ENDPOINT or profile decides where requests go.
    endpoint: settings.endpointUrl,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    // DiscoverInstances would go to `data-<host>`, which a custom endpoint does not answer.
    disableHostPrefix: true,
    // Read from the environment and from profiles otherwise, where a bad value would throw.
    retryMode: 'standard',
    maxAttempts: settings.kind === 'local' ? 2 : 3,
    defaultsMode: 'standard' as const,
  }
}

/** The clients of a target. Nothing is sent yet; an unusable profile or region shows with the first request. */
export function startClients(
  settings: TargetSettings,
  env: Readonly<Record<string, string | undefined>>,
): Clients {
  const config = configOf(settings, env)
  const clients = {
    ecs: new ECSClient(config),
    cloudMap: new ServiceDiscoveryClient(config),
    logs: new CloudWatchLogsClient(config),
    sts: new STSClient(config),
    ec2: new EC2Client(config),
    cloudWatch: new CloudWatchClient(config),
  }
  guard(clients.ecs, settings)
  guard(clients.cloudMap, settings)
  guard(clients.logs, settings)
  guard(clients.sts, settings)
  guard(clients.ec2, settings)
  guard(clients.cloudWatch, settings)
  return {
    ...clients,
    stop() {
      for (const client of Object.values(clients)) client.destroy()
    },
  }
}
