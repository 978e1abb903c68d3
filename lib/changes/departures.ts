import type { DiscoveryInstance, DiscoveryService, EcsService } from '../inventory/model'
import type { Consequence, PlanStep } from '../plan/plan'
import { planStep } from '../plan/step'
import { counted, listed } from './list-words'
import { namespaceById, nodeOf, servicesRegisteringIn } from './look-up'
import type { makeStepIds } from './step-id'
import type { World } from './world'

/** Service Connect makes discovery services of its own and takes them away with the ECS service (their description says whose they are). */
const MANAGED = /^Managed by (arn:[a-z-]+:ecs:\S+)/

/** ARN of the ECS service that this discovery service belongs to; null: a person made it. */
export const managerOf = (service: DiscoveryService): string | null =>
  MANAGED.exec(service.description ?? '')?.[1] ?? null

/** Whether ECS takes this instance away when these services are deleted. */
function leavesWith(instance: DiscoveryInstance, gone: readonly EcsService[], { inventory }: World): boolean {
  return gone.some((service) => {
    const task = inventory.tasks.find(
      (one) => one.id === instance.id && one.clusterArn === service.clusterArn,
    )
    if (task) return task.group === `service:${service.name}`
    const cluster = inventory.clusters.find((one) => one.arn === service.clusterArn)
    // Without a list of tasks, the instance's own word is all there is.
    return cluster?.tasksRead !== true && instance.attributes.ECS_SERVICE_NAME === service.name
  })
}

/** Instances that stay registered when these services are gone: made by hand, or left behind. */
export const straysOf = (
  registry: DiscoveryService,
  gone: readonly EcsService[],
  world: World,
): readonly DiscoveryInstance[] =>
  (registry.instances ?? []).filter((instance) => !leavesWith(instance, gone, world))

/** The name that others use: `backend-api.production.local`. */
export function nameOfRegistry(registry: DiscoveryService, world: World): string {
  const namespace = namespaceById(world, registry.namespaceId)
  return namespace ? `${registry.name}.${namespace.name}` : registry.name
}

/** Cards that call this one, by environment variables or as it was seen. */
export function callersOf(
  arn: string,
  { topology }: World,
  except: ReadonlySet<string> = new Set(),
): readonly string[] {
  const node = topology.services.find((one) => one.ecs?.arn === arn || one.discovery?.arn === arn)
  if (!node) return []
  const names = topology.edges
    .filter((edge) => edge.target === node.id && !except.has(edge.source))
    .map((edge) => topology.services.find((one) => one.id === edge.source)?.name ?? edge.source)
  return [...new Set(names)].toSorted()
}

/** Who calls what goes, as consequences; callers that go too do not count. */
export function callerConsequences(arns: readonly string[], world: World): readonly Consequence[] {
  const going = new Set(arns.flatMap((arn) => nodeOf(world, arn)?.id ?? []))
  const told = new Set<string>()
  return [...going].flatMap((id) => {
    const node = world.topology.services.find((one) => one.id === id)
    const arn = node?.ecs?.arn ?? node?.discovery?.arn
    if (!node || !arn || told.has(node.id)) return []
    told.add(node.id)
    const callers = callersOf(arn, world, going)
    return callers.length === 0
      ? []
      : [
          {
            tone: 'danger' as const,
            text: `${listed(callers)} ${callers.length === 1 ? 'calls' : 'call'} ${node.name}; these calls will fail.`,
          },
        ]
  })
}

/** Names that stop resolving when these services are gone. */
export function nameConsequences(gone: readonly EcsService[], world: World): readonly Consequence[] {
  const arns = new Set(gone.map((service) => service.arn))
  const names = world.inventory.discoveryServices
    .filter((registry) => {
      const users = servicesRegisteringIn(world, registry.arn)
      return users.length > 0 && users.every((user) => arns.has(user.arn))
    })
    .filter((registry) => straysOf(registry, gone, world).length === 0)
    .map((registry) => nameOfRegistry(registry, world))
    .toSorted()
  return names.length === 0
    ? []
    : [{ tone: 'danger', text: `${listed(names)} ${names.length === 1 ? 'stops' : 'stop'} resolving.` }]
}

/** How many tasks stop. */
export function taskConsequences(gone: readonly EcsService[]): readonly Consequence[] {
  const tasks = gone.reduce((sum, service) => sum + service.running + service.pending, 0)
  return tasks === 0 ? [] : [{ tone: 'warn', text: `${counted(tasks, 'task')} will be stopped.` }]
}

type StepIds = ReturnType<typeof makeStepIds>

/** Deletes an ECS service with its tasks; waits until it and its registrations are gone. */
export const deleteServiceStep = (service: EcsService, ids: StepIds): PlanStep =>
  planStep(
    {
      command: 'ecs:DeleteService',
      // ECS scales it to 0 by itself (ECS API reference, DeleteService).
      input: { cluster: service.clusterArn, service: service.arn, force: true },
    },
    {
      id: ids('delete-service', service.name),
      sentence: `Delete the service ${service.name} and stop its tasks.`,
    },
  )

export const deregisterStep = (
  registry: DiscoveryService,
  instance: DiscoveryInstance,
  ids: StepIds,
): PlanStep =>
  planStep(
    {
      command: 'servicediscovery:DeregisterInstance',
      input: { ServiceId: registry.id, InstanceId: instance.id },
    },
    {
      id: ids('deregister', `${registry.name}-${instance.id}`),
      sentence: `Deregister the instance ${instance.id}${instance.ipv4 ? ` (${instance.ipv4})` : ''} from ${registry.name}.`,
    },
  )

export const deleteRegistryStep = (registry: DiscoveryService, ids: StepIds): PlanStep =>
  planStep(
    { command: 'servicediscovery:DeleteService', input: { Id: registry.id } },
    {
      id: ids('delete-discovery-service', registry.name),
      sentence: `Delete the discovery service ${registry.name}, once it has no instance.`,
    },
  )
