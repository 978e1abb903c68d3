import { makeStepIds } from '@/lib/changes/step-id'
import type { PlannedCall, Ref } from '../command'
import type { Consequence, Plan, PlanStep } from '../plan'
import { planStep, refTo } from '../step'
import type { ExportedNamespace, ExportedService, NamespaceFacts } from './export/facts'
import { inOrder } from './export/order'

/** Stands where Cloud Map does not say which VPC; AWS refuses it, so nothing is made in a wrong one. */
const UNKNOWN_VPC = 'VPC-ID'

/** By ARN (or id, or name), what of the plan stands for it. */
type Made = ReadonlyMap<string, Ref>

const inPlace = (made: Made, text: string | undefined): string | Ref | undefined =>
  text === undefined ? undefined : (made.get(text) ?? text)

function namespaceCall(namespace: ExportedNamespace, vpcId: string | null): PlannedCall {
  const { name, type, description, soaTtlSeconds, tags } = namespace
  const common = {
    Name: name,
    ...(description === null ? {} : { Description: description }),
    ...(tags.length === 0 ? {} : { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  }
  const properties =
    soaTtlSeconds === null ? {} : { Properties: { DnsProperties: { SOA: { TTL: soaTtlSeconds } } } }
  switch (type) {
    case 'HTTP':
      return { command: 'servicediscovery:CreateHttpNamespace', input: common }
    case 'DNS_PUBLIC':
      return { command: 'servicediscovery:CreatePublicDnsNamespace', input: { ...common, ...properties } }
    case 'DNS_PRIVATE':
      return {
        command: 'servicediscovery:CreatePrivateDnsNamespace',
        input: { ...common, Vpc: vpcId ?? UNKNOWN_VPC, ...properties },
      }
  }
}

function serviceCall({ input, clusterArn, taskDefinitionArn }: ExportedService, made: Made): PlannedCall {
  const connect = input.serviceConnectConfiguration
  return {
    command: 'ecs:CreateService',
    input: {
      ...input,
      cluster: inPlace(made, clusterArn),
      taskDefinition: inPlace(made, taskDefinitionArn),
      ...(input.serviceRegistries && {
        serviceRegistries: input.serviceRegistries.map((registry) => ({
          ...registry,
          registryArn: inPlace(made, registry.registryArn),
        })),
      }),
      ...(connect && {
        serviceConnectConfiguration: { ...connect, namespace: inPlace(made, connect.namespace) },
      }),
    },
  }
}

/** What stays as it is in the text because the plan does not make it: ARNs of this account. */
function staysOf(facts: NamespaceFacts, made: Made): readonly Consequence[] {
  const warnings: Consequence[] = []
  const warn = (text: string) => warnings.push({ tone: 'warn', text })
  if (facts.namespace.type === 'DNS_PRIVATE' && facts.vpcId === null)
    warn(
      `Cloud Map does not say in which VPC ${facts.namespace.name} is: put its id where ${UNKNOWN_VPC} stands.`,
    )
  for (const { name, input } of facts.services) {
    const others = (input.serviceRegistries ?? []).filter(
      ({ registryArn }) => registryArn && !made.has(registryArn),
    )
    if (others.length > 0)
      warn(`${name} also registers in another namespace; that stays an ARN of this account.`)
    if ((input.loadBalancers ?? []).length > 0)
      warn(
        `${name} stands behind a load balancer, which is not exported; its target group stays an ARN of this account.`,
      )
    const namespace = input.serviceConnectConfiguration?.namespace
    if (namespace && !made.has(namespace))
      warn(`${name} uses Service Connect in another namespace, which is not exported.`)
    if (input.networkConfiguration?.awsvpcConfiguration)
      warn(`${name} names subnets and security groups of this account; elsewhere put others there.`)
  }
  return warnings
}

/**
 * The plan that would make a namespace again with all that stands in it: its discovery services, and the clusters, task definitions and
 * ECS services that use them. What the plan makes is referred to; the rest stays the ARN it was, and `consequences` say so. Environment
 * values are in it: for operators only. The same facts in another order give the same plan. Pure.
 */
export function exportNamespace(found: NamespaceFacts): Plan {
  const facts = inOrder(found)
  const { namespace } = facts
  const idOf = makeStepIds()
  const steps: PlanStep[] = []
  const made = new Map<string, Ref>()
  const add = (id: string, sentence: string, call: PlannedCall) =>
    steps.push(planStep(call, { id, sentence }))

  const namespaceStep = idOf('namespace', '')
  const namespaceArn = refTo(namespaceStep, 'namespaceArn')
  for (const name of [namespace.arn, namespace.id, namespace.name]) made.set(name, namespaceArn)
  add(namespaceStep, `Create the namespace ${namespace.name}.`, namespaceCall(namespace, facts.vpcId))

  for (const { arn, name, input } of facts.discoveryServices) {
    const id = idOf('discovery', name)
    made.set(arn, refTo(id, 'discoveryServiceArn'))
    add(id, `Create the discovery service ${name} in ${namespace.name}.`, {
      command: 'servicediscovery:CreateService',
      input: { ...input, NamespaceId: refTo(namespaceStep, 'namespaceId') },
    })
  }
  for (const { arn, input } of facts.clusters) {
    const name = input.clusterName ?? 'default'
    const id = idOf('cluster', name)
    made.set(arn, refTo(id, 'clusterArn'))
    const defaults = input.serviceConnectDefaults
    add(id, `Create the cluster ${name}.`, {
      command: 'ecs:CreateCluster',
      input: {
        ...input,
        ...(defaults && { serviceConnectDefaults: { namespace: inPlace(made, defaults.namespace) } }),
      },
    })
  }
  for (const { arn, input } of facts.taskDefinitions) {
    const id = idOf('task-definition', input.family ?? '')
    made.set(arn, refTo(id, 'taskDefinitionArn'))
    add(id, `Register the task definition ${input.family ?? ''}.`, {
      command: 'ecs:RegisterTaskDefinition',
      input,
    })
  }
  for (const service of facts.services) {
    const count = service.input.desiredCount
    const tasks = count === undefined ? '' : ` with ${count} ${count === 1 ? 'task' : 'tasks'}`
    add(
      idOf('service', service.name),
      `Create the service ${service.name}${tasks}.`,
      serviceCall(service, made),
    )
  }
  return {
    title: `Export of ${namespace.name}`,
    steps,
    seen: [],
    consequences: staysOf(facts, made),
    confirm: null,
  }
}
