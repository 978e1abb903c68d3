import {
  CreateServiceCommand,
  type CreateServiceRequest,
  DeleteServiceCommand,
  type Deployment,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type PortMapping,
  RegisterTaskDefinitionCommand,
  type ServiceConnectConfiguration,
  StopTaskCommand,
  type Task,
  UpdateServiceCommand,
  type UpdateServiceRequest,
} from '@aws-sdk/client-ecs'
import { CreateHttpNamespaceCommand } from '@aws-sdk/client-servicediscovery'
import { expect, vi } from 'vitest'
import type { TestCloud } from './local-cloud'

/** Answers on 3000 who it is; `/slow?ms=` takes its time, and what is in flight at SIGTERM is lost, as in many programs. */
export const userProgram = `
const http = require('node:http'), os = require('node:os')
const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://user')
  const answer = () => response.end(JSON.stringify({ host: os.hostname(), path: url.pathname, from: request.socket.remoteAddress }))
  setTimeout(answer, Number(url.searchParams.get('ms') ?? 0))
}).listen(3000)`

/** The same, but at SIGTERM it finishes what is in flight. */
export const politeProgram = `${userProgram}
process.once('SIGTERM', () => server.close(() => process.exit(0)))`

/**
 * Listens on 8080 and calls what it is told: `/call?url=…` gives the status and body, or the code of the error. After
 * `/load?rate=…&url=…` it calls so many times a second until `/loaded`, which gives how often, and what went wrong how often.
 */
export const callerProgram = `
const http = require('node:http')
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 })
const call = (target, done, fresh) => {
  http.get(target, { agent: fresh ? false : agent, timeout: 10000 }, (reply) => {
    let body = ''
    reply.on('data', (part) => { body += part }).on('end', () => done({ status: reply.statusCode, body })).on('error', (error) => done({ error: error.code }))
  }).on('error', (error) => done({ error: error.code }))
}
let load
const startLoad = (target, rate, fresh) => {
  load = { begun: Date.now(), calls: 0, open: 0, wrong: {} }
  const current = load
  load.timer = setInterval(() => {
    const due = (Date.now() - current.begun) / 1000 * rate
    while (current.calls < due) {
      current.calls++
      current.open++
      call(target, ({ status, error }) => {
        current.open--
        if (status !== 200) current.wrong[error ?? status] = (current.wrong[error ?? status] ?? 0) + 1
      }, fresh)
    }
  }, 5)
}
const endLoad = (tell) => {
  clearInterval(load.timer)
  const { calls, wrong } = load
  const wait = () => load.open > 0 ? setTimeout(wait, 10) : tell({ calls, wrong })
  wait()
}
http.createServer((request, response) => {
  const url = new URL(request.url, 'http://caller')
  const target = url.searchParams.get('url')
  const tell = (answer) => response.end(JSON.stringify(answer))
  if (url.pathname === '/') tell({})
  else if (url.pathname === '/call') call(target, tell)
  else if (url.pathname === '/load') { startLoad(target, Number(url.searchParams.get('rate')), url.searchParams.has('fresh')); tell({}) }
  else if (url.pathname === '/so-far') tell({ calls: load.calls, wrong: load.wrong })
  else endLoad(tell)
}).listen(8080)`

export type CallAnswer = { readonly status?: number; readonly body?: string; readonly error?: string }

export type Load = { readonly calls: number; readonly wrong: Readonly<Record<string, number>> }

export const patiently = { timeout: 20_000, interval: 20 }

const vpc = { awsvpcConfiguration: { subnets: ['subnet-default'] } }

/** Services on Service Connect in a local cloud with real processes, and what a test asks about them. */
export function makeConnectScene(cloud: Pick<TestCloud, 'ecs' | 'cloudMap' | 'waitForOperation'>) {
  const { ecs, cloudMap } = cloud

  const readService = async (service: string) => {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: [service] }))
    const [found] = services
    if (!found) throw new Error(`No service ${service}`)
    return found
  }
  const tasksOf = async (serviceName: string): Promise<Task[]> => {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ serviceName }))
    if (taskArns.length === 0) return []
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
    return tasks
  }
  const scene = {
    readService,
    tasksOf,
    async namespace(name: string): Promise<string> {
      const { OperationId } = await cloudMap.send(new CreateHttpNamespaceCommand({ Name: name }))
      const { Targets } = await cloud.waitForOperation(OperationId)
      return Targets?.NAMESPACE ?? ''
    },
    /** A task definition of one Node program. */
    async define(family: string, code: string, ...portMappings: PortMapping[]): Promise<void> {
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          family,
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: '512',
          memory: '1024',
          containerDefinitions: [
            { name: family, image: 'node:20', command: ['node', '-e', code], portMappings, stopTimeout: 5 },
          ],
        }),
      )
    },
    async create(
      serviceName: string,
      serviceConnectConfiguration: ServiceConnectConfiguration,
      changes: Partial<CreateServiceRequest> = {},
    ): Promise<void> {
      await ecs.send(
        new CreateServiceCommand({
          serviceName,
          taskDefinition: serviceName,
          desiredCount: 1,
          launchType: 'FARGATE',
          networkConfiguration: vpc,
          serviceConnectConfiguration,
          ...changes,
        }),
      )
    },
    async update(service: string, changes: Omit<UpdateServiceRequest, 'service'>): Promise<void> {
      await ecs.send(new UpdateServiceCommand({ service, ...changes }))
    },
    /** Stops one task of a service. */
    async stopTask(serviceName: string, reason: string): Promise<void> {
      const [task] = await tasksOf(serviceName)
      await ecs.send(new StopTaskCommand({ task: task?.taskArn, reason }))
    },
    async remove(service: string): Promise<void> {
      await ecs.send(new DeleteServiceCommand({ service, force: true }))
    },
    async primary(service: string): Promise<Deployment> {
      const [primary] = (await readService(service)).deployments ?? []
      if (!primary) throw new Error(`${service} has no deployment`)
      return primary
    },
    /** Waits until the newest deployment is complete and the only one, and every task of it runs. */
    async settled(service: string): Promise<void> {
      await vi.waitFor(async () => {
        const { deployments = [], runningCount, desiredCount } = await readService(service)
        expect(deployments.map(({ rolloutState }) => rolloutState)).toEqual(['COMPLETED'])
        expect(runningCount).toBe(desiredCount)
      }, patiently)
    },
    /** The same of a caller, and until its program takes connections; gives its address. */
    async calling(service: string): Promise<string> {
      await scene.settled(service)
      const address = await scene.addressOf(service)
      await vi.waitFor(() => fetch(`http://${address}:8080/`), patiently)
      return address
    },
    async addressOf(service: string): Promise<string> {
      const [task] = (await tasksOf(service)).filter(({ lastStatus }) => lastStatus === 'RUNNING')
      return addressOfTask(task)
    },
    /** What the program of a calling task gets from this URL. */
    async call(address: string, url: string): Promise<CallAnswer> {
      const response = await fetch(`http://${address}:8080/call?url=${encodeURIComponent(url)}`)
      return (await response.json()) as CallAnswer
    },
    /** Has a calling task call this URL until `endLoad`; `fresh`: with a new connection for each call. */
    async startLoad(
      address: string,
      url: string,
      { perSecond = 200, fresh = false }: { perSecond?: number; fresh?: boolean } = {},
    ): Promise<void> {
      const how = `rate=${perSecond}${fresh ? '&fresh' : ''}`
      await fetch(`http://${address}:8080/load?${how}&url=${encodeURIComponent(url)}`)
    },
    async callsOf(address: string): Promise<number> {
      const response = await fetch(`http://${address}:8080/so-far`)
      return ((await response.json()) as Load).calls
    },
    async endLoad(address: string): Promise<Load> {
      const response = await fetch(`http://${address}:8080/loaded`)
      return (await response.json()) as Load
    },
  }
  return scene
}

export function addressOfTask(task: Task | undefined): string {
  const details = task?.attachments?.find(({ type }) => type === 'ElasticNetworkInterface')?.details ?? []
  const address = details.find(({ name }) => name === 'privateIPv4Address')?.value
  if (!address) throw new Error('The task has no address')
  return address
}
