import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { ListClustersCommand } from '@aws-sdk/client-ecs'
import { DiscoverInstancesCommand, ListNamespacesCommand } from '@aws-sdk/client-servicediscovery'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Clients, startClients } from '@/lib/target/clients'
import { targetFromEnv } from '@/lib/target/settings'

// What a person's shell may hold when they start the console.
const stale = {
  AWS_PROFILE: 'deleted-last-year',
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL: 'https://ecs.us-east-1.amazonaws.com',
  AWS_ENDPOINT_URL_ECS: 'https://ecs.us-east-1.amazonaws.com',
  AWS_ENDPOINT_URL_SERVICEDISCOVERY: 'https://servicediscovery.us-east-1.amazonaws.com',
  AWS_ENDPOINT_URL_SERVICE_DISCOVERY: 'http://localhost:4566',
  AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_RETRY_MODE: 'nonsense',
  AWS_MAX_ATTEMPTS: 'many',
  AWS_DEFAULTS_MODE: 'nonsense',
  AWS_ACCESS_KEY_ID: 'AKIAREALREALREALREAL',
  AWS_SECRET_ACCESS_KEY: 'real',
  AWS_SESSION_TOKEN: 'real-session',
}

type Sent = { readonly where: string; readonly headers: Record<string, string> }

/** Sends one call by every client, each stopped right behind the guard; gives where it would have gone. */
async function sendEach(clients: Clients) {
  const sent: Sent[] = []
  const refused: string[] = []
  const names = ['ecs', 'cloudMap', 'sts', 'logs', 'ec2', 'cloudWatch'] as const
  for (const name of names)
    clients[name].config.requestHandler.handle = async (request: {
      protocol: string
      hostname: string
      port?: number
      headers: Record<string, string>
    }) => {
      sent.push({
        where: `${request.protocol}//${request.hostname}${request.port ? `:${request.port}` : ''}`,
        headers: request.headers,
      })
      throw Object.assign(new Error('stopped by the test'), { name: 'Stopped' })
    }
  const attempts = [
    () => clients.ecs.send(new ListClustersCommand({})),
    () => clients.cloudMap.send(new ListNamespacesCommand({})),
    () => clients.cloudMap.send(new DiscoverInstancesCommand({ NamespaceName: 'n', ServiceName: 's' })),
    () => clients.sts.send(new GetCallerIdentityCommand({})),
    () => clients.logs.send(new DescribeLogGroupsCommand({})),
    () => clients.ec2.send(new DescribeVpcsCommand({})),
    () => clients.cloudWatch.send(new ListMetricsCommand({})),
  ]
  for (const attempt of attempts)
    await attempt().catch((error: unknown) => {
      if (error instanceof Error && error.name !== 'Stopped') refused.push(error.name)
    })
  return { sent, refused }
}

function clientsOf(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return startClients(targetFromEnv(env), env)
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('where requests go', () => {
  it('is the local cloud for every client, whatever AWS_* says', async () => {
    const clients = clientsOf({ ...stale, SWITCHBOARD_ENDPOINT_URL: 'http://127.0.0.1:4999' })
    const { sent, refused } = await sendEach(clients)
    expect(refused).toEqual([])
    expect(sent).toHaveLength(7)
    for (const { where, headers } of sent) {
      expect(where).toBe('http://127.0.0.1:4999')
      expect(headers.authorization).toContain('Credential=000000000000/')
      expect(headers.authorization).toContain('/us-east-1/')
      expect(JSON.stringify(headers)).not.toMatch(/AKIAREAL|real-session/)
    }
  })

  it('is the endpoint that was named, without a host prefix, with test keys unless others were named', async () => {
    const { AWS_ACCESS_KEY_ID: _key, AWS_PROFILE: _profile, ...rest } = stale
    const clients = clientsOf({
      ...rest,
      SWITCHBOARD_TARGET: 'endpoint',
      SWITCHBOARD_ENDPOINT_URL: 'http://localhost:4566',
    })
    const { sent, refused } = await sendEach(clients)
    expect(refused).toEqual([])
    expect(new Set(sent.map(({ where }) => where))).toEqual(new Set(['http://localhost:4566']))
    for (const { headers } of sent) expect(headers.authorization).toContain('Credential=test/')
  })

  it('is AWS, also for DiscoverInstances with its prefix', async () => {
    const clients = clientsOf({
      SWITCHBOARD_TARGET: 'aws',
      SWITCHBOARD_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
    })
    const { sent, refused } = await sendEach(clients)
    expect(refused).toEqual([])
    expect(sent.map(({ where }) => where)).toEqual([
      'https://ecs.eu-central-1.amazonaws.com',
      'https://servicediscovery.eu-central-1.amazonaws.com',
      'https://data-servicediscovery.eu-central-1.amazonaws.com',
      'https://sts.eu-central-1.amazonaws.com',
      'https://logs.eu-central-1.amazonaws.com',
      'https://ec2.eu-central-1.amazonaws.com',
      'https://monitoring.eu-central-1.amazonaws.com',
    ])
  })

  it('is nowhere when the target is AWS and a variable points elsewhere', async () => {
    const clients = clientsOf({
      SWITCHBOARD_TARGET: 'aws',
      SWITCHBOARD_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    })
    const { sent, refused } = await sendEach(clients)
    expect(sent).toEqual([])
    expect(refused).toEqual(Array.from({ length: 7 }, () => 'WrongTarget'))
  })
})
