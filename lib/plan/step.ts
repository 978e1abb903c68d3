import type { Command, OutputName, PlannedCall, Ref } from './command'
import type { PlanStep, Undo, UndoCall, Wait } from './plan'

const MINUTE_MS = 60_000

const operation: Wait = { kind: 'operation', timeoutMs: 5 * MINUTE_MS }
const stable: Wait = { kind: 'service stable', timeoutMs: 15 * MINUTE_MS }
const gone: Wait = { kind: 'service gone', timeoutMs: 10 * MINUTE_MS }
const rollbackEnded: Wait = { kind: 'rollback ended', timeoutMs: 15 * MINUTE_MS }
const taskStopped: Wait = { kind: 'task stopped', timeoutMs: 5 * MINUTE_MS }
/** ECS takes the entries of Service Connect away minutes after their services, and until then a namespace cannot be deleted. */
export const namespaceEmpty: Wait = { kind: 'namespace empty', timeoutMs: 15 * MINUTE_MS }
const noInstances: Wait = { kind: 'no instances', timeoutMs: 5 * MINUTE_MS }

const waitPermissions: Readonly<Record<Wait['kind'], readonly string[]>> = {
  operation: ['servicediscovery:GetOperation'],
  'service stable': ['ecs:DescribeServices'],
  'service gone': ['ecs:DescribeServices', 'servicediscovery:ListInstances'],
  'task stopped': ['ecs:DescribeTasks'],
  'rollback ended': ['ecs:DescribeServiceDeployments'],
  'no instances': ['servicediscovery:ListInstances'],
  'namespace empty': ['servicediscovery:ListServices'],
}

type Habit = {
  /** IAM actions beside the call's own: look-ups, and what AWS does in the caller's name. */
  readonly permissions: readonly string[]
  readonly before: Wait | null
  readonly after: Wait | null
  readonly recognisedBy: string
}

const byToken = 'AWS knows the request by its token: asked again, it answers for the one it made.'
const byAbsence = 'It is not there any more.'
const plain = { before: null, after: null } as const

const namespaceHabit: Habit = {
  permissions: ['servicediscovery:GetNamespace', 'servicediscovery:ListNamespaces'],
  before: null,
  after: operation,
  recognisedBy: byToken,
}
/** A private or public namespace is a hosted zone too, made in the caller's name (Cloud Map developer guide, IAM). */
const zonePermissions = ['route53:CreateHostedZone', 'route53:GetHostedZone', 'route53:ListHostedZonesByName']

const habits: Readonly<Record<Command, Habit>> = {
  'ecs:CreateCluster': {
    ...plain,
    permissions: ['ecs:DescribeClusters'],
    recognisedBy: 'The cluster is there, and was not before.',
  },
  'ecs:DeleteCluster': { ...plain, permissions: ['ecs:DescribeClusters'], recognisedBy: byAbsence },
  'ecs:RegisterTaskDefinition': {
    ...plain,
    permissions: ['ecs:DescribeTaskDefinition'],
    recognisedBy: 'The family has a newer revision than before, with just this content.',
  },
  'ecs:DeregisterTaskDefinition': {
    ...plain,
    permissions: ['ecs:DescribeTaskDefinition'],
    recognisedBy: 'The revision is INACTIVE.',
  },
  'ecs:DeleteTaskDefinitions': {
    ...plain,
    permissions: ['ecs:DescribeTaskDefinition'],
    recognisedBy: byAbsence,
  },
  'ecs:CreateService': {
    before: null,
    after: stable,
    permissions: ['ecs:DescribeServices'],
    recognisedBy: byToken,
  },
  'ecs:UpdateService': {
    before: null,
    after: stable,
    permissions: ['ecs:DescribeServices'],
    recognisedBy: 'The service has the settings asked for, or a deployment newer than the request.',
  },
  'ecs:DeleteService': {
    before: null,
    after: gone,
    permissions: ['ecs:DescribeServices'],
    recognisedBy: byAbsence,
  },
  'ecs:StopServiceDeployment': {
    before: null,
    after: rollbackEnded,
    permissions: ['ecs:DescribeServiceDeployments'],
    recognisedBy: 'The service deployment is on its way back, or was brought back.',
  },
  'ecs:RunTask': { ...plain, permissions: ['ecs:DescribeTasks'], recognisedBy: byToken },
  'ecs:StopTask': {
    before: null,
    after: taskStopped,
    permissions: ['ecs:DescribeTasks'],
    recognisedBy: 'The task is to be STOPPED.',
  },
  'servicediscovery:CreatePrivateDnsNamespace': {
    ...namespaceHabit,
    permissions: [...namespaceHabit.permissions, ...zonePermissions, 'ec2:DescribeVpcs'],
  },
  'servicediscovery:CreatePublicDnsNamespace': {
    ...namespaceHabit,
    permissions: [...namespaceHabit.permissions, ...zonePermissions],
  },
  'servicediscovery:CreateHttpNamespace': namespaceHabit,
  'servicediscovery:DeleteNamespace': {
    before: null,
    after: operation,
    permissions: ['servicediscovery:GetNamespace'],
    recognisedBy: byAbsence,
  },
  'servicediscovery:CreateService': {
    ...plain,
    permissions: ['servicediscovery:GetService', 'servicediscovery:ListServices'],
    recognisedBy: byToken,
  },
  'servicediscovery:DeleteService': {
    before: noInstances,
    after: null,
    permissions: ['servicediscovery:GetService'],
    recognisedBy: byAbsence,
  },
  'servicediscovery:DeregisterInstance': {
    before: null,
    after: operation,
    permissions: ['servicediscovery:GetInstance'],
    recognisedBy: byAbsence,
  },
}

export const refTo = (step: string, output: OutputName): Ref => ({ $ref: { step, output } })

const impossible = (sentence: string): Undo => ({ possible: false, sentence })

/** How a call is taken back when its step says nothing better. */
function usualUndo(id: string, call: PlannedCall): Undo {
  const by = (sentence: string, ...calls: UndoCall[]): Undo => ({ possible: true, sentence, calls })
  switch (call.command) {
    case 'ecs:CreateCluster':
      return by('Delete the cluster.', {
        command: 'ecs:DeleteCluster',
        input: { cluster: refTo(id, 'clusterArn') },
        wait: null,
      })
    case 'ecs:RegisterTaskDefinition':
      return by(
        'Deregister and delete the revision.',
        {
          command: 'ecs:DeregisterTaskDefinition',
          input: { taskDefinition: refTo(id, 'taskDefinitionArn') },
          wait: null,
        },
        {
          command: 'ecs:DeleteTaskDefinitions',
          input: { taskDefinitions: [refTo(id, 'taskDefinitionArn')] },
          wait: null,
        },
      )
    case 'ecs:CreateService':
      return by('Delete the service and stop its tasks.', {
        command: 'ecs:DeleteService',
        input: { cluster: call.input.cluster, service: refTo(id, 'serviceArn'), force: true },
        wait: gone,
      })
    case 'ecs:RunTask':
      return by('Stop the task.', {
        command: 'ecs:StopTask',
        input: { cluster: call.input.cluster, task: refTo(id, 'taskArn'), reason: 'Undone from Switchboard' },
        wait: taskStopped,
      })
    case 'servicediscovery:CreatePrivateDnsNamespace':
    case 'servicediscovery:CreatePublicDnsNamespace':
    case 'servicediscovery:CreateHttpNamespace':
      return by('Delete the namespace.', {
        command: 'servicediscovery:DeleteNamespace',
        input: { Id: refTo(id, 'namespaceId') },
        wait: operation,
      })
    case 'servicediscovery:CreateService':
      return by('Delete the discovery service.', {
        command: 'servicediscovery:DeleteService',
        input: { Id: refTo(id, 'discoveryServiceId') },
        wait: null,
      })
    case 'ecs:StopServiceDeployment':
      return impossible('A deployment that was rolled back does not go on; make the change anew.')
    case 'ecs:StopTask':
      return impossible('A stopped task does not come back.')
    case 'ecs:UpdateService':
      return impossible('What it was before is not known.')
    default:
      return impossible('What was deleted does not come back; make it anew.')
  }
}

/** Whether a task definition hands roles on to ECS, which needs `iam:PassRole`. */
const passesRoles = (call: PlannedCall): boolean =>
  call.command === 'ecs:RegisterTaskDefinition' &&
  (call.input.taskRoleArn !== undefined || call.input.executionRoleArn !== undefined)

type Own = {
  readonly id: string
  readonly sentence: string
  /** Instead of the usual one. */
  readonly undo?: Undo
  /** Instead of the usual wait; null: none. */
  readonly after?: Wait | null
  readonly before?: Wait | null
}

/** A step of a plan, with the habits of its call: permissions, waits, how it is recognised, how it is taken back. */
export function planStep(call: PlannedCall, own: Own): PlanStep {
  const habit = habits[call.command]
  const before = own.before === undefined ? habit.before : own.before
  const after = own.after === undefined ? habit.after : own.after
  const waits = [before, after].flatMap((wait) => (wait ? waitPermissions[wait.kind] : []))
  const roles = passesRoles(call) ? ['iam:PassRole'] : []
  return {
    ...call,
    id: own.id,
    sentence: own.sentence,
    permissions: [...new Set([call.command, ...habit.permissions, ...waits, ...roles])],
    before,
    after,
    recognisedBy: habit.recognisedBy,
    undo: own.undo ?? usualUndo(own.id, call),
  }
}
