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
  type Task,
  UpdateServiceCommand,
  type UpdateServiceRequest,
} from '@aws-sdk/client-ecs'
import { CreateHttpNamespaceCommand } from '@aws-sdk/client-servicediscovery'
import { expect } from 'vitest'
import type { TestCloud } from './local-cloud'

/** Answers on 3000 who it is; `/slow?ms=` takes its time, and what is in flight at SIGTERM is lost, as in many programs. */
export const userProgram = `
const http = require('node:http'), os = require('node:os')
http.createServer((request, response) => {
  const url = new URL(request.url, 'http://user')
  const answer = () => response.end(JSON.stringify({ host: os.hostname(), path: url.pathname, from: request.socket.remoteAddress }))
  setTimeout(answer, Number(url.searchParams.get('ms') ?? 0))
}).listen(3000)`

/** Listens on 8080 and calls what it is told: \`/call?url=…\` gives the status and body, or the code of the error. */
export const callerProgram = `
const http = require('node:http')
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 })
http.createServer((request, response) => {
  const target = new URL(request.url, 'http://caller').searchParams.get('url')
  const tell = (answer) => response.end(JSON.stringify(answer))
  http.get(target, { agent, timeout: 10000 }, (reply) => {
    let body = ''
    reply.on('data', (part) => { body += part }).on('end', () => tell({ status: reply.statusCode, body })).on('error', (error) => tell({ error: error.code }))
  }).on('error', (error) => tell({ error: error.code }))
}).listen(8080)`

export type CallAnswer = { readonly status?: number; readonly body?: string; readonly error?: string }

export const patiently = { timeout: 20_000, interval: 20 }

const vpc = { awsvpcConfiguration: { subnets: ['subnet-default'] } }

/** Services on Service Connect in a local cloud with real processes, and what a test asks about them. */
export function makeConnectScene(cloud: TestCloud) {
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
    async remove(service: string): Promise<void> {
      await ecs.send(new DeleteServiceCommand({ service, force: true }))
    },
    async primary(service: string): Promise<Deployment> {
      const [primary] = (await readService(service)).deployments ?? []
      if (!primary) throw new Error(`${service} has no deployment`)
      return primary
    },
    /** Waits until the newest deployment is complete and the only one. */
    async settled(service: string): Promise<void> {
      await expect
        .poll(async () => {
          const { deployments = [] } = await readService(service)
          return deployments.map(({ rolloutState }) => rolloutState).join()
        }, patiently)
        .toBe('COMPLETED')
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
  }
  return scene
}

export function addressOfTask(task: Task | undefined): string {
  const details = task?.attachments?.find(({ type }) => type === 'ElasticNetworkInterface')?.details ?? []
  const address = details.find(({ name }) => name === 'privateIPv4Address')?.value
  if (!address) throw new Error('The task has no address')
  return address
}
