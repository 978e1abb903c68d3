import type { EcsService } from '../../inventory/model'
import type { Consequence, Planned, PlanStep } from '../../plan/plan'
import type { ConnectWish, ServiceConnectInput } from '../inputs/service-connect'
import { MOST_DISCOVERABLE_TASKS } from '../inputs/service-shape'
import { serviceByArn } from '../look-up'
import { planned, refuse } from '../refuse'
import { serviceRefusal, serviceSeen } from '../service-facts'
import { makeStepIds } from '../step-id'
import type { ConnectSettings, ServiceDetails, World } from '../world'
import { type Client, clientsOf, dnsNamesOf } from './clients'
import { endpointsRefusal } from './endpoints'
import { type ConnectName, connectNamespaceOf, connectOf, membersOf, namesOf, wordOf } from './known'
import { detailsOf, moveClients, unreadService } from './moves'
import { nameOfEndpoint, withoutNames } from './names'
import { type ChosenNamespace, chooseConnectNamespace } from './namespace'
import { meansSame, settingsFor, type WantedSettings } from './settings'
import { type ProxiedTask, proxiedTask, revisionOf } from './task'
import { connectStep } from './update'
import {
  bypassWords,
  proxyWords,
  replacedWords,
  resolvedWords,
  startedWords,
  stoppedWords,
  wishWords,
} from './words'

type Refusal = Extract<Planned, { ok: false }>
const refusal = (code: string, message: string, remedy: string): Refusal => ({
  ok: false,
  code,
  message,
  remedy,
})

/** Controllers other than ECS's own have no Service Connect (ECS developer guide, "Service Connect considerations"). */
function controllerRefusal(service: EcsService, { deploymentController }: ServiceDetails): Refusal | null {
  return deploymentController === 'ECS'
    ? null
    : refusal(
        'DeploymentController',
        `${service.name} is deployed by ${deploymentController}; Service Connect works with ECS’s own deployments only.`,
        'Create the service anew with the deployment controller ECS.',
      )
}

type Subject = { readonly service: EcsService; readonly details: ServiceDetails }

/** The namespace that a service leaves when Service Connect is switched off. */
function formerNamespace({ service, details }: Subject, world: World): ChosenNamespace {
  const found = connectNamespaceOf(world, service)
  return {
    arn: found?.arn ?? details.connect?.namespace ?? '',
    name: found?.name ?? details.connect?.namespace ?? 'its namespace',
    id: found?.id ?? null,
    steps: [],
    seen: [],
    consequences: [],
  }
}

type Frame = Subject & {
  readonly namespace: ChosenNamespace
  readonly settings: WantedSettings
  /** What the service will offer. */
  readonly names: readonly ConnectName[]
  readonly task: ProxiedTask
  readonly ids: ReturnType<typeof makeStepIds>
}

const noTask: ProxiedTask = { steps: [], taskDefinition: null, consequences: [], proxy: null }

function switchedOff(subject: Subject, world: World): Frame {
  return {
    ...subject,
    namespace: formerNamespace(subject, world),
    settings: { enabled: false },
    names: [],
    task: noTask,
    ids: makeStepIds(),
  }
}

type OnWish = Exclude<ConnectWish, { mode: 'off' }>

function switchedOn(
  subject: Subject,
  wish: OnWish,
  makeRoom: boolean,
  world: World,
): ({ readonly ok: true } & Frame) | Refusal {
  const { service, details } = subject
  const refused = controllerRefusal(service, details)
  if (refused) return refused
  if (service.desired > MOST_DISCOVERABLE_TASKS)
    return refusal(
      'TooManyInstances',
      `${service.name} wants ${service.desired} tasks, and Cloud Map takes ${MOST_DISCOVERABLE_TASKS} instances per endpoint.`,
      `Scale it to at most ${MOST_DISCOVERABLE_TASKS} first.`,
    )
  if (
    wish.accessLogs !== 'off' &&
    wish.logs.kind === 'kept' &&
    details.connect?.logConfiguration === undefined
  )
    return refusal(
      'AccessLogsNeedLogs',
      `Access logs are written to the proxy’s logs, and ${service.name} has none.`,
      'Switch the proxy’s logs on as well.',
    )
  const chosen = chooseConnectNamespace(wish.namespace, service.clusterArn, world)
  if (!chosen.ok) return chosen
  const { namespace } = chosen
  const endpoints = wish.mode === 'client' ? [] : wish.endpoints
  const input = revisionOf(world, service)
  const faulty = input && endpointsRefusal(endpoints, service, input, namespace, world)
  if (faulty) return faulty
  const ids = makeStepIds()
  const task = proxiedTask(
    service,
    {
      ports: endpoints.map(({ container, containerPort, portName, appProtocol }) => ({
        container,
        containerPort,
        name: portName,
        appProtocol,
      })),
      makeRoom,
      writesLogs: wish.logs.kind === 'awslogs',
      services: namespace.id === null ? 0 : membersOf(world, namespace.id).length,
      ids,
    },
    world,
  )
  if (!task.ok) return task
  return {
    ok: true,
    ...subject,
    namespace,
    settings: settingsFor(wish, namespace.arn, details.connect),
    names: endpoints.map((endpoint) => nameOfEndpoint(endpoint, namespace.name)),
    task,
    ids,
  }
}

/** A sentence for the step that changes the service itself. */
function sentenceOf({ service, details, namespace, names }: Frame, wish: ConnectWish): string {
  if (wish.mode === 'off') return `Switch Service Connect off for ${service.name}.`
  const was = details.connect === null ? 'Switch Service Connect on for' : 'Change Service Connect of'
  const as =
    wish.mode === 'client'
      ? `as a client in ${namespace.name}`
      : `as client and server in ${namespace.name}: others call ${names.map(wordOf).join(', ')}`
  return `${was} ${service.name}, ${as}.`
}

/** Clients that would be left with a dead name that hides the one in DNS when the service is taken back. */
function redeployAfterUndo(
  { service }: Frame,
  started: readonly ConnectName[],
  chosen: readonly Client[],
  stopped: readonly ConnectName[],
  world: World,
) {
  const dnsNames = dnsNamesOf(service, world)
  const hides = started.some(({ alias }) => dnsNames.includes(alias))
  return hides || stopped.length > 0
    ? chosen.filter(({ help }) => help === 'redeploy').map((client) => client.service)
    : []
}

export type ConnectWords = { readonly title?: string; readonly consequences?: readonly Consequence[] }

/**
 * The plan that gives a service other Service Connect settings and moves the chosen clients along; or why there is none. Pure and total.
 * Order: namespace, revisions, clients that leave, the service itself, then its clients, servers before those that call them.
 */
export function planConnect(input: ServiceConnectInput, world: World, words: ConnectWords = {}): Planned {
  const { wish } = input
  const service = serviceByArn(world, input.clusterArn, input.serviceArn)
  if (service?.status !== 'ACTIVE') return serviceRefusal(service)
  const details = detailsOf(world, service)
  if (!details) return unreadService(service.name)
  const before: ConnectSettings | null = details.connect
  if (wish.mode === 'off' && before === null)
    return refuse(
      'NothingChanges',
      `Service Connect is off for ${service.name} already.`,
      'There is nothing to do.',
    )
  const subject = { service, details }
  const made =
    wish.mode === 'off'
      ? { ok: true as const, ...switchedOff(subject, world) }
      : switchedOn(subject, wish, input.makeRoom, world)
  if (!made.ok) return made
  const frame: Frame = made
  const { namespace, settings, names, task, ids } = frame

  const former = connectNamespaceOf(world, service)
  const staysHere = former !== null && former.id === namespace.id
  const offered = namesOf(world, service)
  const started = staysHere ? withoutNames(names, offered) : names
  const stopped = staysHere ? withoutNames(offered, names) : offered
  const clients = clientsOf(
    service,
    { names, started, stopped, namespaceId: namespace.id ?? former?.id ?? null },
    world,
  )
  const chosen = clients.filter((client) => input.clients.includes(client.service.arn))
  const strangers = input.clients.filter((arn) => !clients.some((client) => client.service.arn === arn))
  if (strangers.length > 0)
    return refuse(
      'NotAClient',
      `${strangers.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)).join(', ')} has nothing to do with this change.`,
      'Look again at which services are offered, and leave this one out.',
    )
  const moved = moveClients(
    {
      clients: chosen,
      namespace,
      started,
      names,
      makeRoom: input.makeRoom,
      services: namespace.id === null ? 0 : membersOf(world, namespace.id).length,
      ids,
    },
    world,
  )
  if (!moved.ok) return moved

  const isSame = task.taskDefinition === null && meansSame(before, settings, namespace.name)
  const own: PlanStep[] = isSame
    ? []
    : [
        connectStep(service, settings, {
          id: ids('service-connect', service.name),
          sentence: sentenceOf(frame, wish),
          before,
          taskDefinition: task.taskDefinition,
          redeployAfterUndo: redeployAfterUndo(frame, started, chosen, stopped, world),
        }),
      ]
  const steps = [
    ...namespace.steps,
    ...(isSame ? [] : task.steps),
    ...moved.definitions,
    ...moved.before,
    ...own,
    ...moved.after,
  ]
  if (own.length + moved.before.length + moved.after.length === 0)
    return refuse(
      'NothingChanges',
      `${service.name} has just these settings already.`,
      'Change something, or choose a client to redeploy.',
    )
  const arns = new Set(chosen.map((client) => client.service.arn))
  const others =
    namespace.id === null
      ? []
      : membersOf(world, namespace.id)
          .filter((one) => one.arn !== service.arn)
          .flatMap((one) => namesOf(world, one))
  const touched = [...(isSame ? [] : [service]), ...chosen.map((client) => client.service)]
  return planned({
    title: words.title ?? titleOf(service, wish, isSame, before),
    steps,
    seen: [
      ...namespace.seen,
      serviceSeen(service, ['status', 'taskDefinitionArn', 'deploymentId']),
      ...chosen.map((client) => serviceSeen(client.service, ['status', 'taskDefinitionArn', 'deploymentId'])),
    ],
    consequences: [
      ...stoppedWords(service, stopped, clients, arns, world),
      ...(words.consequences ?? []),
      ...startedWords(service, started, clients, arns, namespace.name, world),
      ...namespace.consequences,
      ...bypassWords(service, started, clients, world),
      ...proxyWords([...(isSame || task.proxy === null ? [] : [task.proxy]), ...moved.proxies]),
      ...(isSame ? [] : task.consequences),
      ...moved.consequences,
      ...(wish.mode === 'off' || isSame ? [] : wishWords(wish, namespace.name)),
      ...(wish.mode !== 'off' &&
      !isSame &&
      connectOf(service) === null &&
      (wish.mode === 'client' || others.length > 0)
        ? [resolvedWords(service, others, namespace.name, world)]
        : []),
      ...replacedWords(touched),
    ],
  })
}

function titleOf(
  service: EcsService,
  wish: ConnectWish,
  isSame: boolean,
  before: ConnectSettings | null,
): string {
  if (isSame) return `Redeploy clients of ${service.name}`
  if (wish.mode === 'off') return `Service Connect off for ${service.name}`
  return before === null
    ? `Service Connect on for ${service.name}`
    : `Change Service Connect of ${service.name}`
}
