// How many API calls one look at a large account takes, counted between the console and the local cloud.
import { createServer, request } from 'node:http'
import { startCloud, startConsole } from '../support/stack.mjs'
import { callOnce } from './cloud.mjs'
import { shown } from './table.mjs'

const namespaces = 50
const services = 1_000
const tasksPerService = 5

/**
 * The formula of a full read: C clusters, S services, T tasks, N namespaces, M discovery services.
 * @param {{ C: number, S: number, T: number, N: number, M: number }} counts
 */
const formula = ({ C, S, T, N, M }) =>
  2 * Math.ceil(C / 100) +
  (Math.ceil(S / 100) + Math.ceil(S / 10) + 2 * Math.ceil(T / 100)) +
  Math.ceil(N / 100) +
  N * Math.ceil(M / N / 100) +
  M

/** Passes everything on and counts by operation. @param {string} upstream */
async function startCounter(upstream) {
  const { hostname, port } = new URL(upstream)
  /** @type {string[]} */
  const calls = []
  const server = createServer((incoming, outgoing) => {
    const target = incoming.headers['x-amz-target']
    if (typeof target === 'string') calls.push(target.split('.')[1] ?? '')
    const headers = { ...incoming.headers, host: `${hostname}:${port}` }
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls,
    stop: () => server.closeAllConnections() ?? server.close(),
  }
}

/** @param {string} url */
async function fill(url) {
  await callOnce(url, 'ecs', 'CreateCluster', {})
  await callOnce(url, 'ecs', 'RegisterTaskDefinition', {
    family: 'bench',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'app', image: 'backend-api', portMappings: [{ containerPort: 8080 }] }],
  })
  for (let n = 0; n < namespaces; n++) {
    const { OperationId } = await callOnce(url, 'cloudMap', 'CreateHttpNamespace', { Name: `space-${n}` })
    let namespaceId
    while (!namespaceId) {
      const { Operation } = await callOnce(url, 'cloudMap', 'GetOperation', { OperationId })
      if (Operation.Status === 'SUCCESS') namespaceId = Operation.Targets.NAMESPACE
    }
    for (let s = 0; s < services / namespaces; s++) {
      const name = `service-${n}-${s}`
      const { Service } = await callOnce(url, 'cloudMap', 'CreateService', {
        Name: name,
        NamespaceId: namespaceId,
        HealthCheckCustomConfig: {},
      })
      await callOnce(url, 'ecs', 'CreateService', {
        serviceName: name,
        taskDefinition: 'bench',
        desiredCount: tasksPerService,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
        serviceRegistries: [{ registryArn: Service.Arn }],
      })
    }
  }
  for (;;) {
    const { clusters } = await callOnce(url, 'ecs', 'DescribeClusters', {})
    if (clusters[0].runningTasksCount === services * tasksPerService) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

export async function measurePoll() {
  const cloud = await startCloud(['--empty', '--runtime', 'simulated', '--operation-delay-ms', '0'])
  await fill(cloud.url)
  const counter = await startCounter(cloud.url)
  const console = await startConsole(counter.url, { SWITCHBOARD_POLL_MS: '1000' })

  // One open stream is one viewer: the watcher looks for as long as it stays. A look begins with ListClusters; count a whole one.
  const viewer = new AbortController()
  const stream = await fetch(`${console.url}/api/topology/stream`, { signal: viewer.signal })
  const reading = stream.body?.pipeTo(new WritableStream()).catch(() => undefined)
  const looks = () => counter.calls.filter((operation) => operation === 'ListClusters').length
  const began = performance.now()
  while (looks() < 4) await new Promise((resolve) => setTimeout(resolve, 20))
  const perLookS = (performance.now() - began) / 1000 / 3
  viewer.abort()
  await reading

  const starts = counter.calls.flatMap((operation, index) => (operation === 'ListClusters' ? [index] : []))
  const oneLook = counter.calls.slice(starts[1], starts[2])
  await console.stop()
  counter.stop()
  await cloud.stop()

  const allowed = formula({ C: 1, S: services, T: services * tasksPerService, N: namespaces, M: services })
  /** @type {import('./table.mjs').Figure[]} */
  const figures = [
    {
      what: `API calls for one look at ${namespaces} namespaces, ${shown(services)} services, ${shown(services * tasksPerService)} tasks`,
      value: oneLook.length / allowed,
      unit: '× the formula',
      bound: 1.05,
      sense: 'at most',
      beside: `${shown(oneLook.length)} calls, formula ${shown(allowed)}; a look every ${shown(perLookS)} s`,
    },
  ]
  return figures
}
