import type { EcsService } from '../../inventory/model'
import type { WithRefs } from '../../plan/command'
import type { Consequence, Planned, PlanStep } from '../../plan/plan'
import { planStep, refTo } from '../../plan/step'
import type { makeStepIds } from '../step-id'
import type { TaskDefinitionInput } from '../task-definition-json'
import type { World } from '../world'
import { cardName, connectOf } from './known'
import { type PortEdit, revised } from './revise'
import {
  PROXY_CPU,
  PROXY_MEMORY_MIB,
  PROXY_MORE_MEMORY_MIB,
  type Room,
  roomIn,
  sizeWords,
  spareWords,
} from './room'

type Refusal = Extract<Planned, { ok: false }>

/** What becomes of a service's task definition so that a proxy runs beside its containers. */
export type ProxiedTask = {
  /** The registration of a new revision, when one is needed. */
  readonly steps: readonly PlanStep[]
  /** What the service shall run from then on; null: what it runs now. */
  readonly taskDefinition: WithRefs<string> | null
  readonly consequences: readonly Consequence[]
  /** What its proxies take and leave; null: it gets none. */
  readonly proxy: ProxyShare | null
}

/** What the proxy of each task of a service wants, and what its containers leave. */
export type ProxyShare = {
  readonly name: string
  /** `256 CPU units and 64 MiB` */
  readonly wants: string
  readonly spare: string
  readonly fits: boolean
  /** Its tasks have one already. */
  readonly isThere: boolean
}

export type TaskWish = {
  readonly ports: readonly PortEdit[]
  readonly makeRoom: boolean
  /** The proxy writes its logs by awslogs. */
  readonly writesLogs: boolean
  /** How many services the namespace has by Service Connect. */
  readonly services: number
  readonly ids: ReturnType<typeof makeStepIds>
}

const refusal = (code: string, message: string, remedy: string): Refusal => ({
  ok: false,
  code,
  message,
  remedy,
})
const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

/** The revision that a service runs, as the input that registers it again; null: it could not be read. */
export const revisionOf = ({ revisionInputs }: World, service: EcsService): TaskDefinitionInput | null =>
  Object.hasOwn(revisionInputs, service.taskDefinitionArn)
    ? (revisionInputs[service.taskDefinitionArn] ?? null)
    : null

/** Whether ECS runs a proxy beside these containers at all (ECS developer guide, "Service Connect considerations"). */
export function taskRefusal(service: EcsService, input: TaskDefinitionInput, world: World): Refusal | null {
  const label = lastPart(service.taskDefinitionArn)
  const { networkMode, runtimePlatform, containerDefinitions = [] } = input
  if (networkMode !== 'awsvpc' && networkMode !== 'bridge')
    return refusal(
      'NetworkMode',
      `${label} uses ${networkMode ? `network mode ${networkMode}` : 'the network mode that ECS chooses'}, in which Service Connect has no place for its proxy.`,
      'Register a revision in network mode awsvpc, or name bridge, and move the service to it.',
    )
  const named = containerDefinitions.find(({ hostname }) => hostname !== undefined && hostname !== '')
  if (networkMode === 'bridge' && named)
    return refusal(
      'HostnameInBridge',
      `The container ${named.name} of ${label} has a host name of its own, which in network mode bridge Service Connect does not take.`,
      'Register a revision without hostname, and move the service to it.',
    )
  if (/^WINDOWS/i.test(runtimePlatform?.operatingSystemFamily ?? ''))
    return refusal(
      'Windows',
      `${label} runs on Windows, and Service Connect has a proxy for Linux only.`,
      'Go on with service discovery for this service.',
    )
  if (service.launchType === 'EXTERNAL')
    return refusal(
      'ExternalInstances',
      `${service.name} runs on machines of your own (launch type EXTERNAL), where Service Connect does not work.`,
      'Go on with service discovery for this service.',
    )
  const old = world.inventory.tasks.find(
    (task) =>
      task.clusterArn === service.clusterArn &&
      task.group === `service:${service.name}` &&
      /^1\.[0-3]\./.test(task.platformVersion ?? ''),
  )
  if (old)
    return refusal(
      'PlatformVersion',
      `${service.name} runs on Fargate platform ${old.platformVersion}, and Service Connect needs 1.4.0 or newer.`,
      'Move the service to platform version LATEST first.',
    )
  return null
}

function registration(service: EcsService, input: TaskDefinitionInput, wish: TaskWish, room: Room): PlanStep {
  const named = wish.ports.map((port) => `port ${port.containerPort} named ${port.name}`)
  const sized = wish.makeRoom && room.larger ? [sizeWords(room.larger)] : []
  const what = [...named, ...sized].join(' and ')
  return planStep(
    { command: 'ecs:RegisterTaskDefinition', input },
    {
      id: wish.ids('task-definition', service.name),
      sentence: `Register a revision of ${input.family ?? ''} with ${what}.`,
    },
  )
}

export const unreadRevision = (service: EcsService): Refusal =>
  refusal(
    'RevisionUnread',
    `The task definition ${lastPart(service.taskDefinitionArn)} of ${service.name} could not be read, so it is not known whether a proxy fits.`,
    'Look again; if it stays so, allow ecs:DescribeTaskDefinition.',
  )

/** The task definition that a service needs for Service Connect, or why there is none. */
export function proxiedTask(
  service: EcsService,
  wish: TaskWish,
  world: World,
): ({ readonly ok: true } & ProxiedTask) | Refusal {
  const input = revisionOf(world, service)
  if (!input) return unreadRevision(service)
  const unfit = taskRefusal(service, input, world)
  if (unfit) return unfit
  if (wish.writesLogs && world.inventory.target.kind === 'aws' && input.executionRoleArn === undefined)
    return refusal(
      'ExecutionRoleMissing',
      `The proxy’s logs need a task execution role, and ${lastPart(service.taskDefinitionArn)} names none.`,
      'Give the task definition an execution role, or leave the logs off.',
    )
  const wantedMib = wish.services > 100 ? PROXY_MORE_MEMORY_MIB : PROXY_MEMORY_MIB
  const room = roomIn(input, service.launchType, wantedMib)
  if (!room.fits && wish.makeRoom && room.larger === null)
    return refusal(
      'NoLargerSize',
      `No size of Fargate holds the containers of ${lastPart(service.taskDefinitionArn)} and the proxy.`,
      'Give the containers less CPU or memory in a new revision.',
    )
  if (room.isShort && !wish.makeRoom)
    return room.memoryMib === null
      ? refusal(
          'TaskMemoryMissing',
          `${lastPart(service.taskDefinitionArn)} sets no memory for the task, and Service Connect needs it.`,
          'Let the plan make room for the proxy, or register a revision that sets the task’s memory.',
        )
      : refusal(
          'NoRoomForProxy',
          `The containers of ${lastPart(service.taskDefinitionArn)} may take all ${room.memoryMib.toLocaleString('en-US')} MiB of the task; nothing is left for the proxy.`,
          'Let the plan make room for the proxy, or give the containers less.',
        )
  const size = wish.makeRoom ? room.larger : null
  const next = revised(input, { ports: wish.ports, size })
  const after = next && size ? roomIn(next, service.launchType, wantedMib) : room
  const proxy: ProxyShare = {
    name: cardName(world, service),
    wants: sizeWords({ cpu: PROXY_CPU, memoryMib: wantedMib }),
    spare: spareWords(after),
    fits: after.fits,
    isThere: connectOf(service) !== null,
  }
  const consequences: Consequence[] = []
  if (size && room.memoryMib !== null)
    consequences.push({
      tone: 'info',
      text: `Tasks of ${proxy.name} grow from ${sizeWords({ cpu: room.cpu ?? 0, memoryMib: room.memoryMib })} to ${sizeWords(size)}, which costs accordingly.`,
    })
  if (next === null) return { ok: true, steps: [], taskDefinition: null, consequences, proxy }
  const step = registration(service, next, { ...wish, ports: openPorts(wish.ports, input) }, room)
  return { ok: true, steps: [step], taskDefinition: refTo(step.id, 'taskDefinitionArn'), consequences, proxy }
}

/** Those that the revision does not have as wished. */
const openPorts = (ports: readonly PortEdit[], input: TaskDefinitionInput): readonly PortEdit[] =>
  ports.filter((port) => revised(input, { ports: [port], size: null }) !== null)
