// How fast the local cloud starts and answers, and what it weighs; beside a bare Node server that answers the same bytes.
import { execFileSync, spawn } from 'node:child_process'
import autocannon from 'autocannon'
import { startCloud } from '../support/stack.mjs'
import { median, shown } from './table.mjs'

const targets = {
  ecs: 'AmazonEC2ContainerServiceV20141113',
  cloudMap: 'Route53AutoNaming_v20170314',
}
/** @param {'ecs' | 'cloudMap'} service @param {string} operation */
export const headersFor = (service, operation) => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': `${targets[service]}.${operation}`,
  authorization: `AWS4-HMAC-SHA256 Credential=000000000000/20300101/us-east-1/${service === 'ecs' ? 'ecs' : 'servicediscovery'}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
})

/**
 * One call as the wire sees it, without an SDK in the way.
 * @param {string} url @param {'ecs' | 'cloudMap'} service @param {string} operation @param {unknown} input
 * @returns {Promise<Record<string, any>>}
 */
export async function callOnce(url, service, operation, input) {
  const response = await fetch(url, {
    method: 'POST',
    headers: headersFor(service, operation),
    body: JSON.stringify(input),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${operation}: ${text}`)
  return text ? JSON.parse(text) : {}
}

/** @param {number} pid @returns {number} MiB resident */
function residentMiB(pid) {
  const status = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(status.trim()) / 1024
}

/** @param {string} url @returns {Promise<number>} */
const pidOf = async (url) => (await (await fetch(`${url}/_local/health`)).json()).pid

/** @param {string} url @param {Record<string, string>} headers @param {unknown} body */
async function requestsPerSecond(url, headers, body) {
  const options = {
    url,
    method: /** @type {const} */ ('POST'),
    connections: 16,
    headers,
    body: JSON.stringify(body),
  }
  await autocannon({ ...options, duration: 2 })
  const runs = []
  for (let run = 0; run < 3; run++) {
    const result = await autocannon({ ...options, duration: 5 })
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${result.non2xx} answers were not 200, ${result.errors} failed`)
    runs.push(result.requests.average)
  }
  return median(runs)
}

/** The floor: a server of the same Node in its own process that does nothing but read the body and answer the same bytes. @param {string} answer */
async function bareServer(answer) {
  const program = `
    const answer = process.env.ANSWER
    const server = require('node:http').createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(answer))
    })
    server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, ANSWER: answer },
    stdio: ['ignore', 'pipe', 2],
  })
  const port = await new Promise((resolve) =>
    child.stdout?.once('data', (data) => resolve(String(data).trim())),
  )
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
}

async function startMs() {
  const began = performance.now()
  const cloud = await startCloud(['--empty', '--runtime', 'simulated'])
  await callOnce(cloud.url, 'ecs', 'ListClusters', {})
  const elapsed = performance.now() - began
  await cloud.stop()
  return elapsed
}

/** Its id, when it is there. @param {string} url @param {string} operation @param {unknown} input @returns {Promise<string>} */
export async function makeNamespace(url, operation, input) {
  const { OperationId } = await callOnce(url, 'cloudMap', operation, input)
  for (;;) {
    const { Operation } = await callOnce(url, 'cloudMap', 'GetOperation', { OperationId })
    if (Operation.Status === 'SUCCESS') return Operation.Targets.NAMESPACE
    if (Operation.Status === 'FAIL') throw new Error(`${operation}: ${Operation.ErrorMessage}`)
  }
}

/** Services with two tasks each and a discovery service, made on the wire; until the last one runs. @param {string} url @param {number} count */
export async function makeServices(url, count) {
  await callOnce(url, 'ecs', 'CreateCluster', {})
  const namespaceId = await makeNamespace(url, 'CreatePrivateDnsNamespace', {
    Name: 'bench.local',
    Vpc: 'vpc-default',
  })
  await callOnce(url, 'ecs', 'RegisterTaskDefinition', {
    family: 'bench',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'app', image: 'backend-api', portMappings: [{ containerPort: 8080 }] }],
  })
  for (let index = 0; index < count; index++) {
    const { Service } = await callOnce(url, 'cloudMap', 'CreateService', {
      Name: `service-${index}`,
      NamespaceId: namespaceId,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
      HealthCheckCustomConfig: {},
    })
    await callOnce(url, 'ecs', 'CreateService', {
      serviceName: `service-${index}`,
      taskDefinition: 'bench',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
      serviceRegistries: [{ registryArn: Service.Arn }],
    })
  }
  for (;;) {
    const { services } = await callOnce(url, 'ecs', 'DescribeServices', {
      services: [`service-${count - 1}`],
    })
    if (services[0].runningCount === 2) return
  }
}

export async function measureCloud() {
  const starts = []
  for (let run = 0; run < 5; run++) starts.push(await startMs())

  const cloud = await startCloud(['--empty', '--runtime', 'simulated'])
  const pid = await pidOf(cloud.url)
  await callOnce(cloud.url, 'ecs', 'ListClusters', {})
  const emptyMiB = residentMiB(pid)
  await makeServices(cloud.url, 100)
  const fullMiB = residentMiB(pid)

  const describe = { services: ['service-42'] }
  const discover = { NamespaceName: 'bench.local', ServiceName: 'service-42', HealthStatus: 'ALL' }
  const answer = JSON.stringify(await callOnce(cloud.url, 'ecs', 'DescribeServices', describe))
  const describeRate = await requestsPerSecond(cloud.url, headersFor('ecs', 'DescribeServices'), describe)
  const discoverRate = await requestsPerSecond(
    cloud.url,
    headersFor('cloudMap', 'DiscoverInstances'),
    discover,
  )
  await cloud.stop()

  const bare = await bareServer(answer)
  const floor = await requestsPerSecond(bare.url, headersFor('ecs', 'DescribeServices'), describe)
  bare.stop()
  const beside = `a bare Node server with the same bytes: ${shown(floor)} requests/s`

  /** @type {import('./table.mjs').Figure[]} */
  const figures = [
    {
      what: 'local cloud: process start → first ListClusters answered (median of 5)',
      value: median(starts) / 1000,
      unit: 's',
      bound: 1,
      sense: 'at most',
    },
    {
      what: 'local cloud: DescribeServices (1 service of 100), 16 connections',
      value: describeRate,
      unit: 'requests/s',
      bound: 2500,
      sense: 'at least',
      beside,
    },
    {
      what: 'local cloud: DiscoverInstances (2 instances), 16 connections',
      value: discoverRate,
      unit: 'requests/s',
      bound: 5000,
      sense: 'at least',
      beside,
    },
    {
      what: 'local cloud: resident memory, empty',
      value: emptyMiB,
      unit: 'MiB',
      bound: 120,
      sense: 'at most',
      beside: `a bare Node process: ${shown(bareMiB())} MiB`,
    },
    {
      what: 'local cloud: resident memory, 100 services with 200 simulated tasks',
      value: fullMiB,
      unit: 'MiB',
      bound: 160,
      sense: 'at most',
    },
  ]
  return figures
}

/** What Node itself weighs here. */
function bareMiB() {
  const text = execFileSync(process.execPath, ['-e', 'console.log(process.memoryUsage().rss / 1048576)'], {
    encoding: 'utf8',
  })
  return Number(text)
}
