// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are about just that.
import { describe, expect, it } from 'vitest'
import { fargateSizes, memoryFor } from '@/lib/changes/fields/fargate-sizes'
import { taskDefinitionForm } from '@/lib/changes/fields/task-definition'
import { containerInput, definitionForm } from '../../../support/change-inputs'
import { issuesOf } from '../../../support/issues'

const issues = (more: object) => issuesOf(taskDefinitionForm, { ...definitionForm(), ...more })
const ofContainer = (more: object) => issues({ containers: [{ ...containerInput(), ...more }] })
const port = (more: object = {}) => ({
  name: '',
  containerPort: 80,
  protocol: 'tcp',
  appProtocol: '',
  ...more,
})
const check = (more: object = {}) => ({
  kind: 'shell',
  command: 'true',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  retries: 3,
  startPeriodSeconds: 0,
  ...more,
})
const logs = (more: object = {}) => ({
  kind: 'awslogs',
  group: '/ecs/api',
  region: 'us-east-1',
  streamPrefix: 'ecs',
  createGroup: true,
  ...more,
})

describe("Fargate's sizes", () => {
  it('are the pairs that AWS documents', () => {
    expect(
      fargateSizes.map(({ cpu, memoryMib }) => [cpu, memoryMib[0], memoryMib.at(-1), memoryMib.length]),
    ).toEqual([
      [256, 512, 2_048, 3],
      [512, 1_024, 4_096, 4],
      [1_024, 2_048, 8_192, 7],
      [2_048, 4_096, 16_384, 13],
      [4_096, 8_192, 30_720, 23],
      [8_192, 16_384, 61_440, 12],
      [16_384, 32_768, 122_880, 12],
    ])
  })

  it('are all accepted, and no other', () => {
    const memories = new Set(fargateSizes.flatMap(({ memoryMib }) => memoryMib))
    for (const { cpu } of fargateSizes)
      for (const memoryMib of memories)
        expect(issues({ cpu, memoryMib }).length, `${cpu}/${memoryMib}`).toBe(
          memoryFor(cpu).includes(memoryMib) ? 0 : 1,
        )
  })

  it('are named when the pair is wrong', () => {
    expect(issues({ cpu: 256, memoryMib: 4_096 })).toEqual([
      'memoryMib: With 0.25 vCPU Fargate offers 0.5 GB, 1 GB, 2 GB.',
    ])
    expect(issues({ cpu: 300 })).toEqual([
      'cpu: Fargate has 0.25 vCPU, 0.5 vCPU, 1 vCPU, 2 vCPU, 4 vCPU, 8 vCPU, 16 vCPU.',
    ])
  })
})

describe('a container', () => {
  it.each<[string, object, string]>([
    ['without a name', { name: '' }, 'name: Give the container a name.'],
    [
      'with a space in its name',
      { name: 'a b' },
      'name: Only letters, digits, hyphens and underscores; no spaces.',
    ],
    ['with a long name', { name: 'a'.repeat(256) }, 'name: A name has at most 255 characters.'],
    ['without an image', { image: '' }, 'image: Name the image, for example nginx:1.27.'],
    [
      'with a strange image',
      { image: 'a b' },
      'image: An image holds letters, digits and : / . - _ # @ only.',
    ],
    [
      'on port 0',
      { ports: [port({ containerPort: 0 })] },
      'ports.0.containerPort: The port is a whole number from 1 to 65,535.',
    ],
    [
      'on port 65536',
      { ports: [port({ containerPort: 65_536 })] },
      'ports.0.containerPort: The port is a whole number from 1 to 65,535.',
    ],
    [
      'with HTTP over UDP',
      { ports: [port({ protocol: 'udp', appProtocol: 'http' })] },
      'ports.0.appProtocol: HTTP, HTTP/2 and gRPC run over TCP.',
    ],
    [
      'with capitals in a port name',
      { ports: [port({ name: 'HTTP' })] },
      'ports.0.name: The port name holds lowercase letters, digits, hyphens and underscores.',
    ],
    [
      'with a hyphen first in a port name',
      { ports: [port({ name: '-a' })] },
      'ports.0.name: The port name cannot start with a hyphen.',
    ],
    [
      'with a nameless variable',
      { environment: [{ name: '', value: '' }] },
      'environment.0.name: Give the variable a name.',
    ],
    [
      'with = in a variable',
      { environment: [{ name: 'A=B', value: '' }] },
      'environment.0.name: A name cannot hold = or NUL.',
    ],
    [
      'with NUL in a value',
      { environment: [{ name: 'A', value: 'a\0b' }] },
      'environment.0.value: A value cannot hold the character NUL.',
    ],
    [
      'with a variable twice',
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      'environment.1.name: A is set twice; only one can win.',
    ],
    [
      'with a secret of the same name as a variable',
      { environment: [{ name: 'A', value: '1' }], secrets: [{ name: 'A', valueFrom: 'p' }] },
      'secrets.0.name: A is set twice; only one can win.',
    ],
    [
      'with a nowhere secret',
      { secrets: [{ name: 'A', valueFrom: '' }] },
      'secrets.0.valueFrom: Name the secret or parameter.',
    ],
    [
      'with an empty check',
      { healthCheck: check({ command: '' }) },
      'healthCheck.command: Say what is run, for example curl -f http://localhost/ || exit 1.',
    ],
    [
      'checked too often',
      { healthCheck: check({ intervalSeconds: 4 }) },
      'healthCheck.intervalSeconds: The interval is a whole number from 5 to 300.',
    ],
    [
      'checked too seldom',
      { healthCheck: check({ intervalSeconds: 301 }) },
      'healthCheck.intervalSeconds: The interval is a whole number from 5 to 300.',
    ],
    [
      'with a short timeout',
      { healthCheck: check({ timeoutSeconds: 1 }) },
      'healthCheck.timeoutSeconds: The timeout is a whole number from 2 to 60.',
    ],
    [
      'with a long timeout',
      { healthCheck: check({ timeoutSeconds: 61 }) },
      'healthCheck.timeoutSeconds: The timeout is a whole number from 2 to 60.',
    ],
    [
      'without retries',
      { healthCheck: check({ retries: 0 }) },
      'healthCheck.retries: The number of retries is a whole number from 1 to 10.',
    ],
    [
      'with many retries',
      { healthCheck: check({ retries: 11 }) },
      'healthCheck.retries: The number of retries is a whole number from 1 to 10.',
    ],
    [
      'with a long start',
      { healthCheck: check({ startPeriodSeconds: 301 }) },
      'healthCheck.startPeriodSeconds: The start period is a whole number from 0 to 300.',
    ],
    [
      'with a strange log group',
      { logs: logs({ group: 'a b' }) },
      'logs.group: Letters, digits and . - _ / # only.',
    ],
    [
      'without a stream prefix',
      { logs: logs({ streamPrefix: '' }) },
      'logs.streamPrefix: Fargate needs a prefix.',
    ],
    ['with logs nowhere', { logs: logs({ region: 'here' }) }, 'logs.region: A region such as us-east-1.'],
  ])('%s is told at the field', (_name, more, message) => {
    expect(ofContainer(more)).toEqual([`containers.0.${message}`])
  })

  it('may be the extremes', () => {
    expect(
      ofContainer({
        healthCheck: check({
          intervalSeconds: 300,
          timeoutSeconds: 60,
          retries: 10,
          startPeriodSeconds: 300,
        }),
        logs: logs(),
        ports: [port({ containerPort: 1 }), port({ containerPort: 65_535, protocol: 'udp' })],
        environment: [{ name: 'X', value: '`$(x)` ${y} "z"\n\u2028 \u202E <b>' }],
      }),
    ).toEqual([])
  })
})

describe('containers of one task', () => {
  const two = (one: object, other: object) =>
    issues({ containers: [containerInput(one), containerInput({ name: 'two', ports: [], ...other })] })

  it('have names, ports and port names of their own', () => {
    expect(two({}, { name: 'api' })).toEqual(['containers.1.name: Another container has this name.'])
    expect(two({}, { ports: [port({ containerPort: 8080 })] })).toEqual([
      'containers.1.ports.0.containerPort: This port is taken: the containers of a task share one network interface.',
    ])
    expect(two({}, { ports: [port({ name: 'http' })] })).toEqual([
      'containers.1.ports.0.name: Another port of this task has this name.',
    ])
    expect(two({}, { ports: [port({ containerPort: 8080, protocol: 'udp' })] })).toEqual([])
  })

  it('are one to ten, and one of them is essential', () => {
    expect(issues({ containers: [] })).toEqual(['containers: A task has at least one container.'])
    const many = Array.from({ length: 11 }, (_, index) => containerInput({ name: `c${index}`, ports: [] }))
    expect(issues({ containers: many })).toEqual(['containers: A task has at most 10 containers.'])
    expect(two({ essential: false }, { essential: false })).toEqual([
      'containers.0.essential: At least one container must be essential.',
    ])
  })
})

it('roles are role ARNs or nothing', () => {
  expect(issues({ executionRoleArn: 'arn:aws:iam::123456789012:role/path/ecsTaskExecutionRole' })).toEqual([])
  expect(issues({ taskRoleArn: 'admin' })).toEqual([
    'taskRoleArn: This is no role ARN: arn:aws:iam::123456789012:role/name.',
  ])
})
