import type { EcsService } from '../../inventory/model'
import type { WithRefs } from '../../plan/command'
import type { Consequence, Planned, PlanStep } from '../../plan/plan'
import { listed } from '../list-words'
import type { makeStepIds } from '../step-id'
import type { ConnectSettings, World } from '../world'
import { type Client, inDependencyOrder } from './clients'
import { type ConnectName, cardName, wordOf } from './known'
import { clientSettings } from './settings'
import { type ProxyShare, proxiedTask } from './task'
import { connectStep, redeployStep } from './update'

type Refusal = Extract<Planned, { ok: false }>

/** What happens to the clients that a plan moves along, and when. */
export type ClientMoves = {
  readonly definitions: readonly PlanStep[]
  /** Before the service itself. */
  readonly before: readonly PlanStep[]
  /** After it, servers before clients. */
  readonly after: readonly PlanStep[]
  readonly consequences: readonly Consequence[]
  readonly proxies: readonly ProxyShare[]
}

type Wanted = {
  readonly clients: readonly Client[]
  readonly namespace: { readonly arn: WithRefs<string>; readonly name: string }
  readonly started: readonly ConnectName[]
  /** All that the service offers afterwards. */
  readonly names: readonly ConnectName[]
  readonly makeRoom: boolean
  readonly services: number
  readonly ids: ReturnType<typeof makeStepIds>
}

/** What a service has of Service Connect now, as it would be sent back; null: off, undefined: not known. */
export const detailsOf = ({ serviceDetails }: World, service: EcsService) =>
  Object.hasOwn(serviceDetails, service.arn) ? serviceDetails[service.arn] : undefined

export const unreadService = (name: string): Refusal => ({
  ok: false,
  code: 'ServiceUnread',
  message: `The settings of ${name} could not be read, so it could not be put back as it was.`,
  remedy: 'Look again; if it stays so, allow ecs:DescribeServices.',
})

const whyRedeploy = (started: readonly ConnectName[]): string =>
  started.length === 0
    ? 'so that it knows the names of today'
    : `so that they resolve ${listed(started.map(wordOf))}`

/** The steps for the clients of a plan, or why one of them cannot be moved along. */
export function moveClients(wanted: Wanted, world: World): ({ readonly ok: true } & ClientMoves) | Refusal {
  const { clients, namespace, started, names, makeRoom, services, ids } = wanted
  const definitions: PlanStep[] = []
  const before: PlanStep[] = []
  const after: PlanStep[] = []
  const consequences: Consequence[] = []
  const proxies: ProxyShare[] = []
  const inOrder = inDependencyOrder(
    clients.map(({ service }) => service),
    world,
  )
  for (const service of inOrder) {
    const client = clients.find((one) => one.service === service)
    const details = detailsOf(world, service)
    if (!client) continue
    if (!details) return unreadService(service.name)
    const settled: ConnectSettings | null = details.connect
    switch (client.help) {
      case 'redeploy':
        after.push(
          redeployStep(service, {
            id: ids('redeploy', service.name),
            sentence: `Replace the tasks of ${service.name} by new ones, ${whyRedeploy(started)}.`,
          }),
        )
        break
      case 'join': {
        const task = proxiedTask(service, { ports: [], makeRoom, writesLogs: false, services, ids }, world)
        if (!task.ok) return task
        definitions.push(...task.steps)
        consequences.push(...task.consequences)
        if (task.proxy) proxies.push(task.proxy)
        after.push(
          connectStep(service, clientSettings(namespace.arn), {
            id: ids('connect', service.name),
            sentence: `Make ${service.name} a client of Service Connect in ${namespace.name}, so that it resolves ${listed(names.map(wordOf))}.`,
            before: settled,
            taskDefinition: task.taskDefinition,
          }),
        )
        break
      }
      case 'leave':
        before.push(
          connectStep(
            service,
            { enabled: false },
            {
              id: ids('disconnect', service.name),
              sentence: `Switch Service Connect off for ${service.name}: no name is left for it in ${namespace.name}.`,
              before: settled,
              taskDefinition: null,
            },
          ),
        )
        break
      case 'elsewhere':
        return {
          ok: false,
          code: 'ClientElsewhere',
          message: `${cardName(world, service)} is in another Service Connect namespace, and a service is in one only.`,
          remedy: `Leave it out, or move it to ${namespace.name} first.`,
        }
    }
  }
  return { ok: true, definitions, before, after, consequences, proxies }
}
