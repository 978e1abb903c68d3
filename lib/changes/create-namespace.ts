import type { Planned, PlanStep } from '../plan/plan'
import { namespaceEmpty, planStep } from '../plan/step'
import type { Change } from './change'
import { type CreateNamespaceInput, createNamespaceInput } from './inputs/create-namespace'
import { planned, refuse } from './refuse'
import { cloudMapTagsOf } from './tags'
import type { World } from './world'

const kindName = { DNS_PRIVATE: 'private DNS', DNS_PUBLIC: 'public DNS', HTTP: 'HTTP' } as const

function callOf(input: CreateNamespaceInput) {
  const common = {
    Name: input.name,
    ...(input.description === '' ? {} : { Description: input.description }),
    ...cloudMapTagsOf(input.tags),
  }
  switch (input.type) {
    case 'DNS_PRIVATE':
      return {
        command: 'servicediscovery:CreatePrivateDnsNamespace',
        input: {
          ...common,
          Vpc: input.vpcId,
          Properties: { DnsProperties: { SOA: { TTL: input.soaTtlSeconds } } },
        },
      } as const
    case 'DNS_PUBLIC':
      return {
        command: 'servicediscovery:CreatePublicDnsNamespace',
        input: { ...common, Properties: { DnsProperties: { SOA: { TTL: input.soaTtlSeconds } } } },
      } as const
    case 'HTTP':
      return { command: 'servicediscovery:CreateHttpNamespace', input: common } as const
  }
}

/** The call that makes a namespace, as a step; for plans that make more. */
export const namespaceStep = (input: CreateNamespaceInput, id = 'namespace') =>
  planStep(callOf(input), {
    id,
    sentence: `Create the ${kindName[input.type]} namespace ${input.name}.`,
  })

/** The same for a plan that makes names of Service Connect in it: taken back, it is waited until ECS has taken those away. */
export function connectNamespaceStep(input: CreateNamespaceInput, id = 'namespace'): PlanStep {
  const step = namespaceStep(input, id)
  return {
    ...step,
    permissions: [...step.permissions, 'servicediscovery:ListServices'],
    undo: step.undo.possible
      ? { ...step.undo, calls: step.undo.calls.map((call) => ({ ...call, before: namespaceEmpty })) }
      : step.undo,
  }
}

type Named = Pick<CreateNamespaceInput, 'type' | 'name'>

/**
 * The namespace that has this name already, as a sentence; null when it is free. A name may be taken once by each kind; DNS compares names
 * without regard to case.
 */
export function takenNamespace(wanted: Named, namespaces: readonly Named[]): string | null {
  const same = namespaces.find(
    (one) => one.type === wanted.type && one.name.toLowerCase() === wanted.name.toLowerCase(),
  )
  return same ? `There is a ${kindName[same.type]} namespace ${same.name} already.` : null
}

/** Why this namespace cannot be made; null when nothing speaks against it. */
export function namespaceRefusal(input: CreateNamespaceInput, world: World): Planned | null {
  const { inventory, network } = world
  const taken = takenNamespace(input, inventory.namespaces)
  if (taken) return refuse('NamespaceExists', taken, 'Choose another name, or use that one.')
  if (input.type !== 'DNS_PRIVATE') return null
  if (network.vpcs.length > 0 && !network.vpcs.some((vpc) => vpc.id === input.vpcId))
    return refuse(
      'VpcGone',
      `There is no VPC ${input.vpcId} in this account and region.`,
      'Choose another VPC.',
    )
  return null
}

/** Names that the new zone hides, or that hide it: resolvers ask the zone with the longest matching name only. */
function shadows(input: CreateNamespaceInput, world: World) {
  if (input.type !== 'DNS_PRIVATE') return []
  const name = `.${input.name.toLowerCase()}`
  return world.inventory.namespaces
    .filter((one) => one.type === 'DNS_PRIVATE')
    .filter((one) => {
      const other = `.${one.name.toLowerCase()}`
      return name.endsWith(other) || other.endsWith(name)
    })
    .map((one) => ({
      tone: 'warn' as const,
      text: `${one.name} and ${input.name} overlap: in one VPC Route 53 refuses the second zone, and the plan fails at this step.`,
    }))
}

/** What a plan that makes this namespace saw, and what else it does. */
export const namespaceFacts = (input: CreateNamespaceInput, world: World) => ({
  seen: [{ subject: { kind: 'namespace' as const, name: input.name }, facts: null }],
  consequences: shadows(input, world),
})

/** Makes a namespace: private DNS, public DNS or HTTP. */
export const createNamespace: Change<CreateNamespaceInput> = {
  kind: 'create-namespace',
  schema: createNamespaceInput,
  plan: (input, world) =>
    namespaceRefusal(input, world) ??
    planned({
      title: `Create namespace ${input.name}`,
      steps: [namespaceStep(input)],
      ...namespaceFacts(input, world),
    }),
}
