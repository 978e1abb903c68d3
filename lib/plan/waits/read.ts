import {
  GetNamespaceCommand,
  GetOperationCommand,
  paginateListInstances,
  paginateListServices,
} from '@aws-sdk/client-servicediscovery'
import { lastPart } from '@/lib/inventory/arn'
import { serviceFromEcs, taskFromEcs } from '@/lib/inventory/from-ecs'
import { list, text } from '@/lib/inventory/loose'
import type { Command, OutputName } from '../command'
import { type PlanClients, unlessGone } from '../commands/runner'
import { readRawService } from '../commands/service'
import { readDeploymentStatus } from '../commands/service-deployment'
import { readRawTask } from '../commands/task'
import type { Wait } from '../plan'
import { type WaitLook, waitDone, waitingFor } from './look'
import { lookAtOperation } from './operation'
import { lookAtRollback } from './rollback'
import { lookAtGoneService } from './service-gone'
import { lookAtService } from './service-stable'

/** What a wait is about, taken from the call it belongs to. */
export type WaitSubject = {
  readonly command: Command
  /** References resolved. */
  readonly input: unknown
  readonly outputs: Readonly<Partial<Record<OutputName, string>>>
  readonly operationId: string | null
  readonly deploymentId: string | null
  readonly token: string
}

const member = (input: unknown, name: string): string | null => {
  if (typeof input !== 'object' || input === null) return null
  const value: unknown = Reflect.get(input, name)
  return typeof value === 'string' ? value : null
}

const isCreateNamespace = (command: Command): boolean => /:Create\w+Namespace$/.test(command)

/** What became of a namespace's operation: its id, and whether it is ours and not somebody's who asked at the same time. */
async function madeNamespace(clients: PlanClients, id: string, token: string): Promise<WaitLook> {
  const { Namespace: namespace } = await clients.cloudMap.send(new GetNamespaceCommand({ Id: id }))
  if (namespace?.CreatorRequestId !== undefined && namespace.CreatorRequestId !== token)
    return {
      state: 'failed',
      nothingMade: true,
      error: {
        code: 'NamespaceAlreadyExists',
        message: `Somebody else made namespace ${namespace.Name ?? id} at the same time.`,
        remedy: 'Use it instead of a new one, or choose another name.',
      },
    }
  return {
    state: 'done',
    outputs: { namespaceId: id, ...(namespace?.Arn ? { namespaceArn: namespace.Arn } : {}) },
  }
}

async function lookOperation(clients: PlanClients, subject: WaitSubject): Promise<WaitLook> {
  // Nothing was started: it was there, or gone, already.
  if (subject.operationId === null) return waitDone
  const answer = await clients.cloudMap.send(new GetOperationCommand({ OperationId: subject.operationId }))
  const seen = lookAtOperation(answer.Operation)
  const namespaceId = answer.Operation?.Targets?.NAMESPACE
  if (seen.state === 'done' && namespaceId && isCreateNamespace(subject.command))
    return madeNamespace(clients, namespaceId, subject.token)
  return seen
}

/** How many instances of a discovery service `keep` wants; 0 when the service is gone. */
async function countInstances(
  clients: PlanClients,
  serviceId: string,
  keep: (attributes: Readonly<Record<string, string>>) => boolean,
): Promise<number> {
  let count = 0
  const counted = await unlessGone(['ServiceNotFound'], async () => {
    for await (const page of paginateListInstances({ client: clients.cloudMap }, { ServiceId: serviceId }))
      count += list(page.Instances).filter(({ Attributes }) => keep(Attributes ?? {})).length
    return count
  })
  return counted ?? 0
}

type Reader = (clients: PlanClients, now: () => number) => () => Promise<WaitLook>

function readGone(cluster: string | null, service: string): Reader {
  return (clients) => {
    // ECS forgets a deleted service some time later, and with it where its tasks were registered.
    let registries: readonly string[] = []
    const name = lastPart(service)
    return async () => {
      const raw = await readRawService(clients, cluster ?? undefined, service)
      const seen = raw ? serviceFromEcs(raw, cluster ?? '') : null
      if (seen && seen.registryArns.length > 0) registries = seen.registryArns
      let registered = 0
      if (!seen || seen.status === 'INACTIVE')
        for (const arn of registries)
          registered += await countInstances(
            clients,
            lastPart(arn),
            (attributes) => attributes.ECS_SERVICE_NAME === name,
          )
      return lookAtGoneService(seen, name, registered)
    }
  }
}

function readStable(cluster: string | null, service: string, deploymentId: string | null): Reader {
  return (clients, now) => {
    const sinceMs = now()
    return async () => {
      const raw = await readRawService(clients, cluster ?? undefined, service)
      return lookAtService(raw ? serviceFromEcs(raw, cluster ?? '') : null, deploymentId, now(), sinceMs)
    }
  }
}

function readStopped(cluster: string | null, task: string): Reader {
  return (clients) => async () => {
    const raw = await readRawTask(clients, cluster ?? undefined, task)
    const seen = raw ? taskFromEcs(raw, cluster ?? '') : null
    if (!seen || seen.lastStatus === 'STOPPED' || seen.lastStatus === 'DELETED') return waitDone
    return waitingFor(`task ${seen.id.slice(0, 8)} to stop (${seen.lastStatus})`)
  }
}

function readNoInstances(id: string): Reader {
  return (clients) => async () => {
    const count = await countInstances(clients, lastPart(id), () => true)
    if (count === 0) return waitDone
    return waitingFor(`the last ${count === 1 ? 'instance' : `${count} instances`} to be deregistered`)
  }
}

function readNamespaceEmpty(id: string): Reader {
  return (clients) => async () => {
    let names = 0
    const Filters = [{ Name: 'NAMESPACE_ID' as const, Values: [id], Condition: 'EQ' as const }]
    await unlessGone(['NamespaceNotFound'], async () => {
      for await (const page of paginateListServices({ client: clients.cloudMap }, { Filters }))
        names += list(page.Services).length
    })
    if (names === 0) return waitDone
    return waitingFor(`ECS to take ${names === 1 ? 'the last name' : `${names} names`} out of the namespace`)
  }
}

/** A wait that does not know what it is about; a plan that was checked has none. */
class NothingToWaitFor extends Error {
  override readonly name = 'NothingToWaitFor'
}

/** How a wait looks at AWS; each call of the answer is one look. Throws the SDK's errors. */
export function startWait(
  clients: () => PlanClients,
  wait: Wait,
  subject: WaitSubject,
  now: () => number,
): () => Promise<WaitLook> {
  const { input, outputs } = subject
  const cluster = member(input, 'cluster')
  const need = (value: string | null | undefined): string => {
    if (text(value) === '') throw new NothingToWaitFor(`${subject.command} names nothing to wait for.`)
    return text(value)
  }
  const reader = (): Reader => {
    const service = outputs.serviceArn ?? member(input, 'service') ?? member(input, 'serviceName')
    switch (wait.kind) {
      case 'operation':
        return (current) => () => lookOperation(current, subject)
      case 'service stable':
        return readStable(cluster, need(service), subject.deploymentId)
      case 'service gone':
        return readGone(cluster, need(service))
      case 'task stopped':
        return readStopped(cluster, need(outputs.taskArn ?? member(input, 'task')))
      case 'rollback ended': {
        const arn = need(member(input, 'serviceDeploymentArn'))
        return (current) => async () => lookAtRollback(await readDeploymentStatus(current, arn))
      }
      case 'namespace empty':
        return readNamespaceEmpty(need(member(input, 'Id')))
      case 'no instances':
        return readNoInstances(need(member(input, 'Id')))
    }
  }
  // The clients are asked for at each look: credentials may have been renewed meanwhile.
  const current: PlanClients = {
    get ecs() {
      return clients().ecs
    },
    get cloudMap() {
      return clients().cloudMap
    },
  }
  return reader()(current, now)
}
