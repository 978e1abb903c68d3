import { describe, expect, it } from 'vitest'
import type { Command, OutputName, PlannedCall } from '@/lib/plan/command'
import { commandSchemas } from '@/lib/plan/command-schema'
import { faultsOfPlanned } from '@/lib/plan/modelled-input'
import type { Wait } from '@/lib/plan/plan'
import { refsIn } from '@/lib/plan/references'
import { planStep, refTo } from '@/lib/plan/step'

type Wanted = {
  readonly call: PlannedCall
  readonly before?: Wait['kind']
  readonly after?: Wait['kind']
  /** The commands that take it back; none: it does not come back. */
  readonly undo: readonly Command[]
  readonly gives?: readonly OutputName[]
}

const wanted: readonly Wanted[] = [
  {
    call: { command: 'ecs:CreateCluster', input: { clusterName: 'shop' } },
    undo: ['ecs:DeleteCluster'],
    gives: ['clusterArn'],
  },
  { call: { command: 'ecs:DeleteCluster', input: { cluster: 'shop' } }, undo: [] },
  {
    call: { command: 'ecs:RegisterTaskDefinition', input: { family: 'web', containerDefinitions: [] } },
    undo: ['ecs:DeregisterTaskDefinition', 'ecs:DeleteTaskDefinitions'],
    gives: ['taskDefinitionArn'],
  },
  { call: { command: 'ecs:DeregisterTaskDefinition', input: { taskDefinition: 'web:1' } }, undo: [] },
  { call: { command: 'ecs:DeleteTaskDefinitions', input: { taskDefinitions: ['web:1'] } }, undo: [] },
  {
    call: { command: 'ecs:CreateService', input: { cluster: 'shop', serviceName: 'web' } },
    after: 'service stable',
    undo: ['ecs:DeleteService'],
    gives: ['serviceArn'],
  },
  {
    call: { command: 'ecs:UpdateService', input: { cluster: 'shop', service: 'web' } },
    after: 'service stable',
    undo: [],
  },
  {
    call: {
      command: 'ecs:StopServiceDeployment',
      input: { serviceDeploymentArn: 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/web/a' },
    },
    after: 'rollback ended',
    undo: [],
  },
  {
    call: { command: 'ecs:DeleteService', input: { cluster: 'shop', service: 'web' } },
    after: 'service gone',
    undo: [],
  },
  {
    call: { command: 'ecs:RunTask', input: { cluster: 'shop', taskDefinition: 'web' } },
    undo: ['ecs:StopTask'],
    gives: ['taskArn'],
  },
  {
    call: { command: 'ecs:StopTask', input: { cluster: 'shop', task: 'abc' } },
    after: 'task stopped',
    undo: [],
  },
  {
    call: { command: 'servicediscovery:CreatePrivateDnsNamespace', input: { Name: 'a.local', Vpc: 'vpc-1' } },
    after: 'operation',
    undo: ['servicediscovery:DeleteNamespace'],
    gives: ['namespaceId'],
  },
  {
    call: { command: 'servicediscovery:CreatePublicDnsNamespace', input: { Name: 'example.com' } },
    after: 'operation',
    undo: ['servicediscovery:DeleteNamespace'],
    gives: ['namespaceId'],
  },
  {
    call: { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'a' } },
    after: 'operation',
    undo: ['servicediscovery:DeleteNamespace'],
    gives: ['namespaceId'],
  },
  {
    call: { command: 'servicediscovery:DeleteNamespace', input: { Id: 'ns-1' } },
    after: 'operation',
    undo: [],
  },
  {
    call: { command: 'servicediscovery:CreateService', input: { Name: 'web', NamespaceId: 'ns-1' } },
    undo: ['servicediscovery:DeleteService'],
    gives: ['discoveryServiceId'],
  },
  {
    call: { command: 'servicediscovery:DeleteService', input: { Id: 'srv-1' } },
    before: 'no instances',
    undo: [],
  },
  {
    call: {
      command: 'servicediscovery:DeregisterInstance',
      input: { ServiceId: 'srv-1', InstanceId: 'i-1' },
    },
    after: 'operation',
    undo: [],
  },
]
const cases = wanted.map((one) => [one.call.command, one] as const)
const own = { id: 'it', sentence: 'Do it.' }

const waitPermission: Readonly<Record<Wait['kind'], string>> = {
  operation: 'servicediscovery:GetOperation',
  'service stable': 'ecs:DescribeServices',
  'service gone': 'servicediscovery:ListInstances',
  'task stopped': 'ecs:DescribeTasks',
  'rollback ended': 'ecs:DescribeServiceDeployments',
  'no instances': 'servicediscovery:ListInstances',
  'namespace empty': 'servicediscovery:ListServices',
}

describe('a step of a plan', () => {
  it('is known here for every command that a plan may hold', () => {
    expect(wanted.map(({ call }) => call.command).sort()).toEqual(Object.keys(commandSchemas).sort())
  })

  it.each(cases)('%s is its call, with an id and a sentence', (_command, { call }) => {
    expect(planStep(call, own)).toMatchObject({ ...call, ...own })
  })

  it.each(cases)('%s waits for what shows that it is done', (_command, { call, before, after }) => {
    const step = planStep(call, own)
    expect(step.before?.kind).toBe(before)
    expect(step.after?.kind).toBe(after)
    for (const wait of [step.before, step.after])
      if (wait) expect(wait.timeoutMs).toBeGreaterThanOrEqual(60_000)
  })

  it.each(cases)(
    '%s needs its own permission and those of its look-ups and waits, each once',
    (command, one) => {
      const { permissions, before, after } = planStep(one.call, own)
      expect(permissions[0]).toBe(command)
      expect(new Set(permissions).size).toBe(permissions.length)
      for (const permission of permissions)
        expect(permission).toMatch(/^(ecs|servicediscovery|route53|ec2|iam):[A-Z]\w+$/)
      for (const wait of [before, after]) if (wait) expect(permissions).toContain(waitPermission[wait.kind])
    },
  )

  it.each(cases)('%s is recognised by something that a person can read', (_command, { call }) => {
    expect(planStep(call, own).recognisedBy).toMatch(/^[A-Z].+\.$/)
  })

  it.each(cases)('%s is taken back as it should be, or says why not', (_command, { call, undo }) => {
    const step = planStep(call, own)
    expect(step.undo.possible).toBe(undo.length > 0)
    expect(step.undo.sentence).toMatch(/^[A-Z].+\.$/)
    if (step.undo.possible) expect(step.undo.calls.map(({ command }) => command)).toEqual(undo)
  })

  it.each(cases.filter(([, { gives }]) => gives))(
    '%s is taken back by what it gave itself, in inputs that AWS knows',
    (_command, { call, gives }) => {
      const { undo } = planStep(call, own)
      if (!undo.possible) throw new Error('it can be taken back')
      for (const one of undo.calls) {
        expect(refsIn(one.input).map(({ $ref }) => $ref)).toEqual([{ step: 'it', output: gives?.[0] }])
        expect(faultsOfPlanned(one.command, one.input)).toEqual([])
      }
    },
  )

  it('takes a service back in its cluster, even when that is only known later', () => {
    const cluster = refTo('cluster', 'clusterArn')
    const { undo } = planStep({ command: 'ecs:CreateService', input: { cluster, serviceName: 'web' } }, own)
    expect(undo.possible && undo.calls[0]?.input).toMatchObject({ cluster, force: true })
  })

  it.each([
    [{}, false],
    [{ taskRoleArn: 'arn:aws:iam::1:role/a' }, true],
    [{ executionRoleArn: 'arn:aws:iam::1:role/a' }, true],
  ])('asks to pass roles only when it does: %j', (roles, passes) => {
    const input = { family: 'web', containerDefinitions: [], ...roles }
    const { permissions } = planStep({ command: 'ecs:RegisterTaskDefinition', input }, own)
    expect(permissions.includes('iam:PassRole')).toBe(passes)
  })

  it.each([
    ['servicediscovery:CreatePrivateDnsNamespace', true, true],
    ['servicediscovery:CreatePublicDnsNamespace', true, false],
    ['servicediscovery:CreateHttpNamespace', false, false],
  ] as const)('asks for the hosted zone only where there is one: %s', (command, zone, vpc) => {
    const found = wanted.find(({ call }) => call.command === command)
    const permissions = found ? planStep(found.call, own).permissions : []
    expect(permissions.includes('route53:CreateHostedZone')).toBe(zone)
    expect(permissions.includes('ec2:DescribeVpcs')).toBe(vpc)
  })

  it('may have waits and an undo of its own', () => {
    const after: Wait = { kind: 'service gone', timeoutMs: 120_000 }
    const undo = { possible: false, sentence: 'No.' } as const
    const call: PlannedCall = { command: 'ecs:UpdateService', input: { cluster: 'shop', service: 'web' } }
    const step = planStep(call, { ...own, after, undo })
    expect(step).toMatchObject({ after, undo })
    expect(step.permissions).toContain('servicediscovery:ListInstances')
    expect(planStep(call, { ...own, after: null }).after).toBeNull()
    const deletion: PlannedCall = { command: 'servicediscovery:DeleteService', input: { Id: 'srv-1' } }
    const unwaited = planStep(deletion, { ...own, before: null })
    expect(unwaited.before).toBeNull()
    expect(unwaited.permissions).not.toContain('servicediscovery:ListInstances')
  })
})
