import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { taskDefinitionFaults } from '@/lib/emulator/ecs/task-definitions/faults'
import { isFargateSize, readCpuUnits, readMemoryMib } from '@/lib/emulator/ecs/task-definitions/sizes'
import {
  appContainer,
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  makeTestEcs,
  type TestEcs,
} from '../../../support/emulator-context'

const arn = (name: string) => `arn:aws:ecs:us-east-1:111122223333:task-definition/${name}`

describe('Fargate sizes', () => {
  it.each([
    [256, [512, 1_024, 2_048]],
    [512, [1_024, 2_048, 3_072, 4_096]],
    [1_024, [2_048, 3_072, 8_192]],
    [2_048, [4_096, 16_384]],
    [4_096, [8_192, 30_720]],
    [8_192, [16_384, 20_480, 61_440]],
    [16_384, [32_768, 40_960, 122_880]],
  ])('%i CPU units go with %j MiB', (cpu, sizes) => {
    for (const size of sizes) expect(isFargateSize(cpu, size)).toBe(true)
  })

  it.each([
    [256, 256],
    [256, 3_072],
    [256, 4_096],
    [512, 512],
    [1_024, 1_024],
    [1_024, 9_216],
    [8_192, 17_408],
    [16_384, 36_864],
    [300, 512],
    [Number.NaN, 512],
  ])('%i CPU units do not go with %i MiB', (cpu, memory) => {
    expect(isFargateSize(cpu, memory)).toBe(false)
  })

  it.each([
    ['256', 256],
    ['.25 vCPU', 256],
    ['0.5 vcpu', 512],
    ['1vCPU', 1_024],
    ['16 VCPU', 16_384],
    ['', undefined],
    ['-1', undefined],
    ['0', undefined],
    ['0.1 vCPU', undefined],
    ['much', undefined],
  ])('CPU %j is %j units', (text, units) => {
    expect(readCpuUnits(text)).toBe(units)
  })

  it.each([
    ['512', 512],
    ['0.5 GB', 512],
    ['1GB', 1_024],
    ['30 gb', 30_720],
    ['1 TB', undefined],
    ['512.5', undefined],
  ])('memory %j is %j MiB', (text, mib) => {
    expect(readMemoryMib(text)).toBe(mib)
  })
})

describe('registering a task definition', () => {
  it('counts revisions up per family, also after deletions', () => {
    const ecs = makeTestEcs()
    const register = (family = 'backend') =>
      ecs.call<{ taskDefinition: { taskDefinitionArn: string } }>(
        'RegisterTaskDefinition',
        goodTaskDefinition({ family }),
      ).taskDefinition.taskDefinitionArn
    expect([register(), register(), register('other')]).toEqual([
      arn('backend:1'),
      arn('backend:2'),
      arn('other:1'),
    ])
    for (const revision of [1, 2]) {
      ecs.call('DeregisterTaskDefinition', { taskDefinition: `backend:${revision}` })
      ecs.call('DeleteTaskDefinitions', { taskDefinitions: [`backend:${revision}`] })
    }
    expect(register()).toBe(arn('backend:3'))
  })

  it('fills in what AWS fills in', () => {
    const container: ContainerDefinition = {
      ...appContainer,
      healthCheck: { command: ['CMD-SHELL', 'true'], retries: 2 },
    }
    const answer = makeTestEcs().call(
      'RegisterTaskDefinition',
      goodTaskDefinition({
        cpu: '.25 vCPU',
        memory: '0.5 GB',
        containerDefinitions: [container],
        tags: [{ key: 'k', value: 'v' }],
      }),
    )
    expect(answer).toMatchObject({
      taskDefinition: {
        status: 'ACTIVE',
        revision: 1,
        cpu: '256',
        memory: '512',
        volumes: [],
        placementConstraints: [],
        compatibilities: ['EC2', 'FARGATE'],
        requiresCompatibilities: ['FARGATE'],
        registeredAt: Date.UTC(2026, 0, 1) / 1_000,
        registeredBy: 'arn:aws:iam::111122223333:root',
        containerDefinitions: [
          {
            essential: true,
            cpu: 0,
            environment: [],
            mountPoints: [],
            volumesFrom: [],
            portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
            healthCheck: { interval: 30, timeout: 5, retries: 2 },
          },
        ],
      },
      tags: [{ key: 'k', value: 'v' }],
    })
    expect(answer.taskDefinition).not.toHaveProperty('tags')
  })

  it.each([
    ['bridge', 0],
    [undefined, 0],
    ['host', 8080],
    ['awsvpc', 8080],
  ] as const)('with network mode %s a port without host port is on host port %i', (networkMode, hostPort) => {
    const answer = makeTestEcs().call(
      'RegisterTaskDefinition',
      goodTaskDefinition({ networkMode, requiresCompatibilities: ['EC2'] }),
    )
    expect(answer).toMatchObject({
      taskDefinition: { containerDefinitions: [{ portMappings: [{ hostPort }] }] },
    })
  })

  const withContainer = (changes: Partial<ContainerDefinition>) => ({
    containerDefinitions: [{ ...appContainer, ...changes }],
  })
  const check = (changes: object) => withContainer({ healthCheck: { command: ['CMD', 'x'], ...changes } })
  const two = (first: Partial<ContainerDefinition>, second: Partial<ContainerDefinition>) => ({
    containerDefinitions: [
      { ...appContainer, ...first },
      { name: 'other', image: 'x', ...second },
    ],
  })
  const waitsFor = (containerName: string, condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY') => ({
    dependsOn: [{ containerName, condition }],
  })

  it.each([
    [{ family: '' }, /Family should not be null or empty/],
    [{ family: 'a b' }, /Invalid family/],
    [{ containerDefinitions: [] }, /Container list cannot be empty\./],
    [
      { containerDefinitions: Array.from({ length: 11 }, (_, n) => ({ ...appContainer, name: `c${n}` })) },
      /at most 10 containers/,
    ],
    [withContainer({ name: undefined }), /^Container\.name should not be null or empty\.$/],
    [withContainer({ name: 'a/b' }), /Invalid container name/],
    [withContainer({ image: undefined }), /^Container\.image should not be null or empty\.$/],
    [withContainer({ essential: false }), /at least one essential container/],
    [two({}, { name: 'app' }), /Container names must be unique/],
    [withContainer({ memory: 3 }), /at least 4 MiB/],
    [withContainer({ memory: 100, memoryReservation: 200 }), /must not be below/],
    [withContainer({ stopTimeout: 121 }), /stopTimeout 121/],
    [withContainer({ startTimeout: 1 }), /startTimeout 1/],
    [withContainer({ environment: [{ value: 'x' }] }), /environment variable without a name/],
    [
      withContainer({ portMappings: [{ containerPort: 8080, hostPort: 80 }] }),
      /^When networkMode=awsvpc, the host ports and container ports in port mappings must match\.$/,
    ],
    [withContainer({ portMappings: [{}] }), /needs a containerPort/],
    [withContainer({ portMappings: [{ containerPort: 0 }] }), /Invalid containerPort 0/],
    [withContainer({ portMappings: [{ containerPort: 65_536 }] }), /Invalid containerPort 65536/],
    [withContainer({ portMappings: [{ containerPort: 80, name: 'HTTP' }] }), /Invalid port mapping name/],
    [withContainer({ portMappings: [{ containerPort: 80, name: '-a' }] }), /Invalid port mapping name/],
    [
      withContainer({
        portMappings: [
          { containerPort: 80, name: 'a' },
          { containerPort: 81, name: 'a' },
        ],
      }),
      /names must be unique/,
    ],
    [two({}, { portMappings: [{ containerPort: 8080 }] }), /8080\/tcp is mapped twice/],
    [
      withContainer({ portMappings: [{ containerPort: 80, protocol: 'udp', appProtocol: 'http' }] }),
      /appProtocol is not supported with protocol udp/,
    ],
    [withContainer({ portMappings: [{ containerPortRange: '9-3' }] }), /Invalid containerPortRange/],
    [check({ command: [] }), /command should not be empty/],
    [check({ command: ['curl'] }), /starts with CMD or CMD-SHELL/],
    [check({ interval: 4 }), /interval must be between 5 and 300, not 4/],
    [check({ timeout: 61 }), /timeout must be between 2 and 60/],
    [check({ retries: 0 }), /retries must be between 1 and 10/],
    [check({ startPeriod: 301 }), /startPeriod must be between 0 and 300/],
    [withContainer(waitsFor('app', 'START')), /can not depend on itself/],
    [withContainer(waitsFor('none', 'START')), /depends on 'none', which is not in the task definition/],
    [two(waitsFor('other', 'HEALTHY'), {}), /no health check/],
    [two(waitsFor('other', 'COMPLETE'), {}), /must not be essential/],
    [two(waitsFor('other', 'START'), waitsFor('app', 'START')), /form a cycle: app -> other -> app/],
    [{ networkMode: 'bridge' as const }, /^Fargate only supports network mode ‘awsvpc’\.$/],
    [{ cpu: '300' }, /No Fargate configuration exists for given values/],
    [{ memory: '4096' }, /No Fargate configuration exists for given values/],
    [{ cpu: 'much' }, /Invalid 'cpu' setting for task/],
    [{ memory: 'much' }, /Invalid 'memory' setting for task/],
    [withContainer({ dockerLabels: { big: 'x'.repeat(70_000) } }), /Max allowed length is '65536' bytes/],
  ])('is refused with %j', (changes, message) => {
    const ecs = makeTestEcs()
    const refusal = ecs.refusal('RegisterTaskDefinition', goodTaskDefinition(changes))
    expect(refusal.code).toBe('ClientException')
    expect(refusal.message).toMatch(message)
    expect(ecs.state.ecs.taskDefinitions.size).toBe(0)
  })

  it.each([
    [{ cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [{ memory: undefined }, "Fargate requires that 'memory' be defined at the task level."],
    [{ networkMode: undefined }, 'Fargate only supports network mode ‘awsvpc’.'],
    [
      { requiresCompatibilities: undefined, memory: undefined },
      "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
  ])('honours %j with a log line, and refuses it when strict', (changes, message) => {
    const lenient = makeTestEcs()
    lenient.call('RegisterTaskDefinition', goodTaskDefinition(changes))
    expect(lenient.lines).toEqual([
      `warn Task definition backend: AWS would refuse this with ClientException: ${message}`,
    ])
    expect(
      makeTestEcs({ strict: true }).refusal('RegisterTaskDefinition', goodTaskDefinition(changes)),
    ).toEqual({
      code: 'ClientException',
      message,
    })
  })

  it('takes a Fargate task without network mode for awsvpc', () => {
    expect(
      makeTestEcs().call('RegisterTaskDefinition', goodTaskDefinition({ networkMode: undefined })),
    ).toMatchObject({ taskDefinition: { networkMode: 'awsvpc' } })
  })

  it('lets a helper that ends be waited for', () => {
    const changes = two(waitsFor('other', 'SUCCESS'), { essential: false })
    expect(taskDefinitionFaults(goodTaskDefinition(changes))).toEqual([])
  })

  property.prop([fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 })])(
    'finds a circle of dependencies exactly when no start order exists',
    (edges) => {
      const containers = Array.from({ length: 6 }, (_, index) => ({
        name: `c${index}`,
        image: 'x',
        dependsOn: edges
          .filter(([from, to]) => from === index && to !== index)
          .map(([, to]) => ({ containerName: `c${to}`, condition: 'START' as const })),
      }))
      const started = new Set<string>()
      for (let round = 0; round < 6; round++)
        for (const { name, dependsOn } of containers)
          if (dependsOn.every(({ containerName }) => started.has(containerName))) started.add(name)
      const faults = taskDefinitionFaults(goodTaskDefinition({ containerDefinitions: containers }))
      expect(faults.some(({ message }) => message.includes('cycle'))).toBe(started.size < containers.length)
    },
  )
})

describe('describing a task definition', () => {
  it('finds by family, revision and ARN; a family alone is its newest ACTIVE revision', () => {
    const ecs = makeTestEcs()
    for (let revision = 0; revision < 3; revision++) ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:3' })
    const revisionOf = (taskDefinition: string) =>
      ecs.call<{ taskDefinition: { revision: number } }>('DescribeTaskDefinition', { taskDefinition })
        .taskDefinition.revision
    expect([revisionOf('backend'), revisionOf('backend:1'), revisionOf(arn('backend:3'))]).toEqual([2, 1, 3])
  })

  it('gives tags only when asked', () => {
    const ecs = makeTestEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition({ tags: [{ key: 'k', value: 'v' }] }))
    expect(ecs.call('DescribeTaskDefinition', { taskDefinition: 'backend' })).not.toHaveProperty('tags')
    expect(
      ecs.call('DescribeTaskDefinition', { taskDefinition: 'backend', include: ['TAGS'] }),
    ).toMatchObject({ tags: [{ key: 'k', value: 'v' }] })
  })

  it.each([
    'none',
    'backend:2',
    'backend:0',
    'a b',
    arn('none:1'),
    'arn:aws:ecs:eu-west-1:1:task-definition/backend:1',
  ])('can not describe %s', (taskDefinition) => {
    const ecs = makeTestEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    expect(['ClientException', 'InvalidParameterException']).toContain(
      ecs.refusal('DescribeTaskDefinition', { taskDefinition }).code,
    )
  })

  it('says so in the words of AWS', () => {
    expect(makeTestEcs().refusal('DescribeTaskDefinition', { taskDefinition: 'none:1' })).toEqual({
      code: 'ClientException',
      message: 'Unable to describe task definition.',
    })
  })
})

describe('the end of a task definition', () => {
  it('is INACTIVE first, and only then deleted', () => {
    const ecs = makeTestEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    expect(ecs.call('DeleteTaskDefinitions', { taskDefinitions: ['backend:1', 'backend:9'] })).toMatchObject({
      taskDefinitions: [],
      failures: [
        { arn: arn('backend:1'), reason: expect.stringContaining('still in ACTIVE status') },
        { arn: arn('backend:9'), reason: 'The specified task definition does not exist.' },
      ],
    })
    expect(ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })).toMatchObject({
      taskDefinition: { status: 'INACTIVE', deregisteredAt: Date.UTC(2026, 0, 1) / 1_000 },
    })
    expect(ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })).toMatchObject({
      taskDefinition: { status: 'INACTIVE' },
    })
    expect(ecs.call('DeleteTaskDefinitions', { taskDefinitions: [arn('backend:1')] })).toMatchObject({
      taskDefinitions: [{ status: 'DELETE_IN_PROGRESS' }],
      failures: [],
    })
    expect(ecs.refusal('DeregisterTaskDefinition', { taskDefinition: 'backend:1' }).code).toBe(
      'ClientException',
    )
  })

  const deleted = (ecs: TestEcs) => {
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })
    ecs.call('DeleteTaskDefinitions', { taskDefinitions: ['backend:1'] })
  }
  const beingDeleted = (ecs: TestEcs) =>
    ecs.call<{ taskDefinitionArns: string[] }>('ListTaskDefinitions', { status: 'DELETE_IN_PROGRESS' })
      .taskDefinitionArns

  it('is gone a moment after it was deleted, and its number is not used again', () => {
    const ecs = makeTestEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    deleted(ecs)
    expect(beingDeleted(ecs)).toEqual([arn('backend:1')])
    ecs.advance(10_000)
    expect(beingDeleted(ecs)).toEqual([])
    expect(ecs.refusal('DescribeTaskDefinition', { taskDefinition: 'backend:1' }).message).toBe(
      'Unable to describe task definition.',
    )
    expect(ecs.call('ListTaskDefinitionFamilies')).toEqual({ families: [] })
    expect(ecs.call('DeleteTaskDefinitions', { taskDefinitions: ['backend:1'] })).toMatchObject({
      failures: [{ reason: 'The specified task definition does not exist.' }],
    })
    expect(ecs.call('RegisterTaskDefinition', goodTaskDefinition())).toMatchObject({
      taskDefinition: { revision: 2 },
    })
  })

  it('waits until no service and no task of it is left', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(5_000)
    deleted(ecs)
    ecs.advance(60_000)
    expect(beingDeleted(ecs)).toEqual([arn('backend:1')])
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(60_000)
    expect(beingDeleted(ecs)).toEqual([])
    expect(ecs.serviceRecord('web').status).toBe('INACTIVE')
    // What was made of it can still be described.
    expect(ecs.service('web').taskDefinition).toBe(arn('backend:1'))
  })

  it.each([
    ['DeregisterTaskDefinition', { taskDefinition: 'backend' }, 'ClientException'],
    ['DeregisterTaskDefinition', { taskDefinition: 'backend:7' }, 'ClientException'],
    ['DeleteTaskDefinitions', { taskDefinitions: [] }, 'InvalidParameterException'],
    ['DeleteTaskDefinitions', { taskDefinitions: ['backend'] }, 'InvalidParameterException'],
    [
      'DeleteTaskDefinitions',
      { taskDefinitions: Array.from({ length: 11 }, () => 'backend:1') },
      'InvalidParameterException',
    ],
  ])('%s is refused with %j', (operation, input, code) => {
    const ecs = makeTestEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    expect(ecs.refusal(operation, input).code).toBe(code)
  })
})

describe('listing task definitions', () => {
  const filled = () => {
    const ecs = makeTestEcs()
    for (const family of ['web', 'web-admin'])
      for (let revision = 0; revision < 11; revision++)
        ecs.call('RegisterTaskDefinition', goodTaskDefinition({ family }))
    ecs.call('RegisterTaskDefinition', goodTaskDefinition({ family: 'gone' }))
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'gone:1' })
    return ecs
  }
  const names = (answer: { taskDefinitionArns: string[] }) =>
    answer.taskDefinitionArns.map((text) => text.slice(text.indexOf('/') + 1))

  it('sorts by family, then by revision as a number', () => {
    const listed = names(filled().call('ListTaskDefinitions', { familyPrefix: 'web' }))
    expect(listed).toEqual(Array.from({ length: 11 }, (_, index) => `web:${index + 1}`))
    expect(names(filled().call('ListTaskDefinitions', { maxResults: 3, sort: 'DESC' }))).toEqual([
      'web-admin:11',
      'web-admin:10',
      'web-admin:9',
    ])
  })

  it('takes the family whole, and ACTIVE ones only unless asked otherwise', () => {
    expect(names(filled().call('ListTaskDefinitions', { familyPrefix: 'we' }))).toEqual([])
    expect(names(filled().call('ListTaskDefinitions'))).toHaveLength(22)
    expect(names(filled().call('ListTaskDefinitions', { status: 'INACTIVE' }))).toEqual(['gone:1'])
  })

  it('goes on with its token in either direction', () => {
    const ecs = filled()
    for (const sort of ['ASC', 'DESC']) {
      const seen: string[] = []
      let nextToken: string | undefined
      do {
        const page = ecs.call<{ taskDefinitionArns: string[]; nextToken?: string }>('ListTaskDefinitions', {
          maxResults: 5,
          sort,
          nextToken,
        })
        seen.push(...page.taskDefinitionArns)
        nextToken = page.nextToken
      } while (nextToken)
      expect(new Set(seen).size).toBe(22)
    }
  })

  it.each([
    [{}, ['gone', 'web', 'web-admin']],
    [{ status: 'ACTIVE' }, ['web', 'web-admin']],
    [{ status: 'INACTIVE' }, ['gone']],
    [{ status: 'ALL', familyPrefix: 'web-' }, ['web-admin']],
  ])('families with %j are %j', (input, families) => {
    expect(filled().call('ListTaskDefinitionFamilies', input)).toEqual({ families })
  })
})
