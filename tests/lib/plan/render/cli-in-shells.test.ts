import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan, PlanStep } from '@/lib/plan/plan'
import { shellWord } from '@/lib/plan/render/cli/shell-word'
import { renderPlan } from '@/lib/plan/render/render'
import type { RenderTarget } from '@/lib/plan/render/rendered'
import { inputOf } from '@/lib/plan/render/value'
import { namespaceEmpty, planStep, refTo } from '@/lib/plan/step'
import { hostileText, hostileTexts } from '../../../support/hostile-text'
import { callArbitrary } from '../../../support/modelled-arbitrary'
import { demoPlan, planOf } from '../../../support/sample-plans'
import { argumentOf, runWithStubAws, type Shell } from '../../../support/stub-aws'

const target: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }
const shells: readonly Shell[] = ['sh', 'bash', 'bash -i']
const SEED = 20_240_607

const run = (shell: Shell, plan: Plan, where = target) =>
  runWithStubAws(shell, renderPlan(plan, 'cli', where).text)

/** What a call got as JSON. */
const inputs = (calls: readonly (readonly string[])[]) =>
  calls.map((call): unknown => JSON.parse(argumentOf(call, '--cli-input-json') ?? 'null'))

const labelStep = (id: string, values: readonly string[]): PlanStep =>
  planStep(
    {
      command: 'ecs:RegisterTaskDefinition',
      input: {
        family: values[0],
        containerDefinitions: [
          {
            command: [...values],
            dockerLabels: Object.fromEntries(values.map((value) => [value, value])),
            environment: values.map((value) => ({ name: value, value })),
          },
        ],
      },
    },
    { id, sentence: values.join(' ') },
  )

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )

/** Hostile titles, sentences, keys and values in one script: one shell takes them all. */
const hostilePlan = (values: readonly string[]) =>
  planOf(
    values[0] ?? '',
    chunks(values, 40).map((some, index) => labelStep(`labels-${index}`, some)),
  )

describe.each(shells)('printed CLI lines in a real shell: %s', { timeout: 60_000 }, (shell) => {
  // A shell that acts as if typed at takes ten times as long.
  const numRuns = shell === 'bash -i' ? 400 : 2_000

  it(`give ${numRuns} hostile texts back as they are, and run none of them`, () => {
    const values = [...hostileTexts, ...fc.sample(hostileText, { numRuns, seed: SEED })]
    const plan = hostilePlan(values)
    const { calls, left, status, stderr } = run(shell, plan)
    expect(left).toEqual([])
    if (shell !== 'bash -i') expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(calls).toHaveLength(plan.steps.length)
    expect(inputs(calls)).toEqual(plan.steps.map(inputOf))
  })

  it('give any input that AWS models back as it is', () => {
    const commands = [
      'ecs:CreateService',
      'ecs:RunTask',
      'servicediscovery:CreatePrivateDnsNamespace',
    ] as const
    const steps = commands.flatMap((command) =>
      fc
        .sample(callArbitrary(command, hostileText), { numRuns: 15, seed: SEED })
        .map((call, index) => planStep(call, { id: `${command}-${index}`, sentence: command, after: null })),
    )
    const { calls, left, status } = run(shell, planOf('Any input', steps))
    expect(left).toEqual([])
    expect(status).toBe(0)
    expect(inputs(calls)).toEqual(steps.map(inputOf))
  })

  it('keep hostile regions and endpoints single arguments', () => {
    const words = [...hostileTexts, ...fc.sample(hostileText, { numRuns: 500, seed: SEED })]
    const { calls, left } = runWithStubAws(
      shell,
      chunks(words, 50)
        .map((some) => `aws ${some.map(shellWord).join(' ')}\n`)
        .join(''),
    )
    expect(left).toEqual([])
    // No argument of any program can hold NUL, `$(…)` gives no line ends at the end, and lone surrogates are no UTF-8.
    const expected = words.map((word) =>
      word
        .replaceAll('\0', '')
        .replace(/\n+$/, '')
        .replace(/\p{Cs}/gu, '\ufffd'),
    )
    expect(calls.flat()).toEqual(expected)
  })
})

describe('a printed CLI script', () => {
  const { calls, status, stderr } = run('sh', demoPlan())
  const operations = calls.map((call) => call.slice(0, 2).join(' '))

  it('makes the calls of the plan in its order, with the waits', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(operations).toEqual([
      'servicediscovery create-private-dns-namespace',
      'servicediscovery get-operation',
      'servicediscovery get-operation',
      'ecs create-cluster',
      'servicediscovery create-service',
      'ecs register-task-definition',
      'ecs create-service',
      'ecs wait',
      'servicediscovery create-service',
      'ecs register-task-definition',
      'ecs create-service',
      'ecs wait',
    ])
    for (const call of calls) expect(argumentOf(call, '--region')).toBe('us-east-1')
    for (const call of calls) expect(call).not.toContain('--endpoint-url')
  })

  it('puts what earlier calls answered into later ones', () => {
    const [, operation, , , discovery, , service, wait] = inputs(calls)
    expect(operation).toEqual({ OperationId: 'made-by-create-private-dns-namespace' })
    expect(discovery).toMatchObject({ NamespaceId: 'ns-1' })
    expect(service).toMatchObject({
      cluster: 'made-by-create-cluster',
      taskDefinition: 'made-by-register-task-definition',
      serviceRegistries: [{ registryArn: 'made-by-create-service' }],
    })
    expect(wait).toEqual({ cluster: 'made-by-create-cluster', services: ['backend-api-service'] })
  })

  it('asks for what one answer cannot give twice', () => {
    const both = planOf('Both', [
      planStep(
        { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'shop' } },
        { id: 'namespace', sentence: 'Create shop.' },
      ),
      planStep(
        {
          command: 'ecs:CreateCluster',
          input: { serviceConnectDefaults: { namespace: refTo('namespace', 'namespaceArn') } },
        },
        { id: 'cluster', sentence: 'Create a cluster.' },
      ),
      planStep(
        {
          command: 'servicediscovery:CreateService',
          input: { Name: 'web', NamespaceId: refTo('namespace', 'namespaceId') },
        },
        { id: 'web', sentence: 'Create web.' },
      ),
      planStep(
        {
          command: 'ecs:CreateService',
          input: {
            serviceName: 'web',
            serviceRegistries: [{ registryArn: refTo('web', 'discoveryServiceArn') }],
            tags: [{ key: 'discovery', value: refTo('web', 'discoveryServiceId') }],
          },
        },
        { id: 'service', sentence: 'Create the service.', after: null },
      ),
    ])
    const made = run('sh', both)
    expect(made.status).toBe(0)
    const sent = made.calls.map((call, index) => [call[1], inputs(made.calls)[index]])
    expect(sent).toContainEqual(['get-namespace', { Id: 'ns-1' }])
    expect(sent).toContainEqual(['get-service', { Id: 'made-by-create-service' }])
    expect(sent.at(-1)?.[1]).toMatchObject({
      serviceRegistries: [{ registryArn: 'made-by-get-service' }],
      tags: [{ key: 'discovery', value: 'made-by-create-service' }],
    })
  })

  it('waits before and after as the plan says when it takes things away', () => {
    const plan = planOf('Remove', [
      planStep(
        { command: 'ecs:DeleteService', input: { cluster: 'default', service: 'web', force: true } },
        { id: 'service', sentence: 'Delete web.' },
      ),
      planStep(
        { command: 'servicediscovery:DeleteService', input: { Id: "srv-'1" } },
        { id: 'discovery', sentence: 'Delete the discovery service web.' },
      ),
      planStep(
        { command: 'servicediscovery:DeleteNamespace', input: { Id: 'ns-1' } },
        { id: 'namespace', sentence: 'Delete the namespace.' },
      ),
      planStep(
        { command: 'ecs:StopTask', input: { cluster: 'default', task: '-task' } },
        { id: 'stop', sentence: 'Stop a task.' },
      ),
    ])
    const made = run('sh', plan)
    expect(made.status).toBe(0)
    expect(
      made.calls.map((call, index) => [
        call.slice(0, call[1] === 'wait' ? 3 : 2).join(' '),
        inputs(made.calls)[index],
      ]),
    ).toEqual([
      ['ecs delete-service', { cluster: 'default', service: 'web', force: true }],
      ['ecs wait services-inactive', { cluster: 'default', services: ['web'] }],
      ['servicediscovery list-instances', { ServiceId: "srv-'1" }],
      ['servicediscovery delete-service', { Id: "srv-'1" }],
      ['servicediscovery delete-namespace', { Id: 'ns-1' }],
      ['servicediscovery get-operation', { OperationId: 'made-by-delete-namespace' }],
      ['ecs stop-task', { cluster: 'default', task: '-task' }],
      ['ecs wait tasks-stopped', { cluster: 'default', tasks: ['-task'] }],
    ])
  })

  it('waits for a rollback and for ECS’s own names by looking again and again', () => {
    const serviceDeploymentArn = "arn:aws:ecs:us-east-1:0:service-deployment/default/web/it's"
    const plan = planOf('roll back and remove', [
      planStep(
        { command: 'ecs:StopServiceDeployment', input: { serviceDeploymentArn, stopType: 'ROLLBACK' } },
        { id: 'roll-back', sentence: 'Roll web back.' },
      ),
      planStep(
        { command: 'servicediscovery:DeleteNamespace', input: { Id: 'ns-1' } },
        { id: 'namespace', sentence: 'Delete the namespace.', before: namespaceEmpty },
      ),
    ])
    const made = run('sh', plan)
    expect(made.status, made.stderr).toBe(0)
    expect(made.calls.map((call, index) => [call.slice(0, 2).join(' '), inputs(made.calls)[index]])).toEqual([
      ['ecs stop-service-deployment', { serviceDeploymentArn, stopType: 'ROLLBACK' }],
      ['ecs describe-service-deployments', { serviceDeploymentArns: [serviceDeploymentArn] }],
      [
        'servicediscovery list-services',
        { Filters: [{ Name: 'NAMESPACE_ID', Values: ['ns-1'], Condition: 'EQ' }] },
      ],
      ['servicediscovery delete-namespace', { Id: 'ns-1' }],
      ['servicediscovery get-operation', { OperationId: 'made-by-delete-namespace' }],
    ])
  })

  it('stops before a later call when an answer holds no id', () => {
    const { text } = renderPlan(demoPlan(), 'cli', target)
    for (const bad of ['', 'None', 'a b', '"},"x":"', '$(touch canary)', "'"]) {
      const stubbed = text.replace(
        'set -eu',
        `set -eu\naws() { printf '%s\\n' ${shellWord(bad)}; echo called >>calls; }`,
      )
      const made = runWithStubAws('sh', `${stubbed.replace('>>calls', '>>../calls')}`)
      expect(made.status).not.toBe(0)
      expect(made.stderr).toContain('The answer holds no id; nothing more is sent.')
      expect(made.left).toEqual([])
    }
  })

  it('stops when a later step needs what no step makes', () => {
    const plan = planOf('Web', [
      planStep(
        {
          command: 'servicediscovery:CreateService',
          input: { Name: 'web', NamespaceId: refTo('gone', 'namespaceId') },
        },
        { id: 'web', sentence: 'Create web.' },
      ),
    ])
    const made = run('sh', plan)
    expect(made.calls).toEqual([])
    expect(made.status).not.toBe(0)
  })

  it('is plain ASCII but for its comments, and hides nothing anywhere', () => {
    const { text } = renderPlan(hostilePlan(hostileTexts), 'cli', target)
    for (const line of text.split('\n')) {
      expect(line).not.toMatch(/(?! )[\p{C}\p{Z}]/u)
      if (!line.startsWith('#')) expect(line).toMatch(/^[\x20-\x7e]*$/)
    }
  })

  it('never takes a variable that the shell or the CLI reads', () => {
    const ids = ['aws-role', 'path', 'ifs', '1st', 'AWS', '名前', 'aws role']
    const steps = ids.flatMap((id, index) => [
      planStep({ command: 'ecs:CreateCluster', input: {} }, { id, sentence: id }),
      planStep(
        { command: 'ecs:DeleteCluster', input: { cluster: refTo(id, 'clusterArn') } },
        { id: `delete-${index}`, sentence: id },
      ),
    ])
    const { text } = renderPlan(planOf('Names', steps), 'cli', target)
    const names = [...text.matchAll(/^([A-Z0-9_]+)=\$/gm)].map((match) => match[1])
    expect(names).toEqual([
      'STEP_AWS_ROLE_ARN',
      'PATH_ARN',
      'IFS_ARN',
      'STEP_1ST_ARN',
      'STEP_AWS_ARN',
      'STEP_ARN',
      'STEP_AWS_ROLE_ARN2',
    ])
  })
})
