import type { Plan, PlanStep } from '../plan'
import { type Fields, inputOf, isFields, isList, member, textOf, type Value } from './value'
import { visibleJson } from './visible'

type Statement = {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[] | '*'
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/**
 * Which member of a call names the one resource that an action is about, where IAM can be told it (Service Authorization Reference,
 * Amazon ECS). All others can only be allowed for every resource, or are about something that does not exist yet.
 */
const subjects: Readonly<Record<string, string>> = {
  'ecs:UpdateService': 'service',
  'ecs:DeleteService': 'service',
  'ecs:DescribeServices': 'service',
  'ecs:StopTask': 'task',
  'ecs:StopServiceDeployment': 'serviceDeploymentArn',
  'ecs:DescribeServiceDeployments': 'serviceDeploymentArn',
  'ecs:DescribeTasks': 'task',
  'ecs:DeleteCluster': 'cluster',
  'ecs:DescribeClusters': 'cluster',
  'ecs:RunTask': 'taskDefinition',
}

/** IAM reads `*`, `?` and `${` in a resource as patterns; so they are written as themselves (IAM user guide, Resource). */
const literal = (text: string) => text.replace(/[*?$]/g, (sign) => `\${${sign}}`)

function resourceOf(action: string, input: Fields): string {
  const named = subjects[action]
  const text = named === undefined ? null : textOf(input, named)
  return text?.startsWith('arn:') ? literal(text) : '*'
}

const isRead = (action: string) => /:(Describe|Get|List)/.test(action)

const services: Readonly<Record<string, string>> = {
  ecs: 'Ecs',
  servicediscovery: 'CloudMap',
  route53: 'HostedZones',
  ec2: 'Network',
}

/** `EcsChanges`, `CloudMapReads`. */
function groupOf(action: string): string {
  const [service = ''] = action.split(':')
  return `${services[service] ?? service.replace(/[^A-Za-z0-9]/g, '')}${isRead(action) ? 'Reads' : 'Changes'}`
}

const roleMembers = new Set(['taskRoleArn', 'executionRoleArn', 'role', 'roleArn'])

/** Roles that a call hands on, as ARNs; ECS also takes a role's name. */
function rolesIn(value: Value): readonly string[] {
  if (isList(value)) return value.flatMap(rolesIn)
  if (!isFields(value)) return []
  return Object.keys(value).flatMap((name) => {
    const item = member(value, name) ?? null
    if (!roleMembers.has(name) || typeof item !== 'string') return rolesIn(item)
    return [item.startsWith('arn:') ? literal(item) : `arn:aws:iam::*:role/${literal(item)}`]
  })
}

type Need = { readonly group: string; readonly action: string; readonly resource: string }

const needsOf = (step: PlanStep): readonly Need[] =>
  step.permissions
    .filter((action) => action !== 'iam:PassRole')
    .map((action) => ({ group: groupOf(action), action, resource: resourceOf(action, inputOf(step)) }))

const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort()

/** One statement per group and set of resources; what is needed for all resources is not said again for one. */
function statementsOf(needs: readonly Need[]): readonly Statement[] {
  const everywhere = new Set(needs.filter(({ resource }) => resource === '*').map(({ action }) => action))
  const left = needs.filter(({ action, resource }) => resource === '*' || !everywhere.has(action))
  return sorted(left.map(({ group }) => group)).flatMap((group) => {
    const ours = left.filter((need) => need.group === group)
    const resourcesOf = (action: string) =>
      sorted(ours.filter((need) => need.action === action).map(({ resource }) => resource))
    const byResources = new Map<string, string[]>()
    for (const action of sorted(ours.map((need) => need.action))) {
      const key = JSON.stringify(resourcesOf(action))
      byResources.set(key, [...(byResources.get(key) ?? []), action])
    }
    return [...byResources.values()].map((actions, index): Statement => {
      const resources = resourcesOf(actions[0] ?? '')
      return {
        Sid: index === 0 ? group : `${group}${index + 1}`,
        Effect: 'Allow',
        Action: actions,
        Resource: resources.includes('*') ? '*' : resources,
      }
    })
  })
}

/**
 * The permissions that a plan needs as an IAM policy: its calls, their look-ups and waits, grouped, and for single resources where IAM
 * can tell them apart. Roles may be passed to ECS only.
 */
export function renderPolicy(plan: Plan): string {
  const roles = sorted(plan.steps.flatMap((step) => rolesIn(inputOf(step))))
  const pass: readonly Statement[] =
    roles.length === 0
      ? []
      : [
          {
            Sid: 'PassRoles',
            Effect: 'Allow',
            Action: ['iam:PassRole'],
            Resource: roles,
            Condition: { StringLike: { 'iam:PassedToService': 'ecs*.amazonaws.com' } },
          },
        ]
  const policy = {
    Version: '2012-10-17',
    Statement: [...statementsOf(plan.steps.flatMap(needsOf)), ...pass],
  }
  return `${visibleJson(JSON.stringify(policy, null, 2))}\n`
}
