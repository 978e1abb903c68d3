import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTaskDefinition, readTaskDefinitionJson } from '@/lib/changes/task-definition-json'
import { taskDefinitionShape } from '@/lib/changes/task-definition-shape'

const good = {
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'web',
      image: 'nginx:1',
      essential: true,
      portMappings: [{ name: 'http', containerPort: 80, hostPort: 80, protocol: 'tcp' }],
      environment: [{ name: 'A', value: '$(x) "y" \u2028 <b>' }],
      healthCheck: { command: ['CMD-SHELL', 'true'], interval: 5, timeout: 2, retries: 1, startPeriod: 0 },
    },
  ],
}
const read = (value: unknown) => readTaskDefinitionJson(JSON.stringify(value))
const faults = (more: object) => {
  const told = read({ ...good, ...more })
  return told.ok ? [] : told.faults.map(({ path, message }) => `${path}: ${message}`)
}
const ofContainer = (more: object) =>
  faults({ containerDefinitions: [{ ...good.containerDefinitions[0], ...more }] })

describe('a pasted task definition', () => {
  it('is taken as register-task-definition takes it, unchanged', () => {
    expect(read(good)).toEqual({ ok: true, input: good, remarks: [] })
  })

  it('is taken as describe-task-definition gives it, with a word about what is left out', () => {
    const described = {
      taskDefinition: {
        taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:7',
        ...good,
        revision: 7,
        status: 'ACTIVE',
        requiresAttributes: [{ name: 'x' }],
        compatibilities: ['FARGATE'],
        registeredAt: '2030-01-01T00:00:00Z',
        registeredBy: 'arn:aws:iam::000000000000:root',
      },
      tags: [{ key: 'team', value: 'shop' }],
    }
    expect(read(described)).toEqual({
      ok: true,
      input: { ...good, tags: [{ key: 'team', value: 'shop' }] },
      remarks: [
        'Left out, because AWS sets them itself: taskDefinitionArn, revision, status, requiresAttributes, compatibilities, registeredAt, registeredBy.',
      ],
    })
  })

  it('may have a byte order mark, and null where nothing is set', () => {
    const told = readTaskDefinitionJson(`\uFEFF${JSON.stringify({ ...good, taskRoleArn: null })}`)
    expect(told).toEqual({ ok: true, input: good, remarks: [] })
  })

  it.each([
    ['', 'This is not JSON from line 1, column 1 on.'],
    ['{\n  "family": web\n}', 'This is not JSON from line 2, column 13 on.'],
    ['null', 'This is not a task definition: an object is expected.'],
    ['[]', 'This is not a task definition: an object is expected.'],
    ['"web"', 'This is not a task definition: an object is expected.'],
  ])('is not %j', (text, message) => {
    expect(readTaskDefinitionJson(text)).toEqual({ ok: false, faults: [{ path: '', message }] })
  })

  it.each<[string, object, string]>([
    ['an unknown member', { colour: 'red' }, 'colour: Amazon ECS knows no such member.'],
    [
      "CloudFormation's spelling",
      { Family: 'web' },
      'Family: the AWS CLI writes this family; only CloudFormation starts it with a capital.',
    ],
    ['a number for a text', { cpu: 256 }, 'cpu: this is a text in quotes, not a number.'],
    [
      'a text for a list',
      { requiresCompatibilities: 'FARGATE' },
      'requiresCompatibilities: this is a list, not a string.',
    ],
    ['no family', { family: '' }, 'family: a task definition has a family: letters, digits, _ and -.'],
    ['another network mode on Fargate', { networkMode: 'bridge' }, 'networkMode: Fargate needs awsvpc.'],
    [
      'an odd CPU',
      { cpu: '300' },
      'cpu: Fargate has 256 (0.25 vCPU), 512 (0.5 vCPU), 1024 (1 vCPU), 2048 (2 vCPU), 4096 (4 vCPU), 8192 (8 vCPU), 16384 (16 vCPU).',
    ],
    ['an odd pair', { memory: '8192' }, 'memory: with 0.25 vCPU Fargate offers 0.5 GB, 1 GB, 2 GB.'],
    [
      'no container',
      { containerDefinitions: [] },
      'containerDefinitions: a task has at least one container.',
    ],
  ])('is refused with the place and the reason: %s', (_name, more, fault) =>
    expect(faults(more)).toEqual([fault]),
  )

  it.each<[string, object, string]>([
    ['without a name', { name: '' }, 'name: a container has a name of letters, digits, _ and -.'],
    ['without an image', { image: '' }, 'image: a container has an image.'],
    [
      'with a text port',
      { portMappings: [{ containerPort: '80' }] },
      'portMappings[0].containerPort: this is a whole number, not a string.',
    ],
    [
      'with a port out of range',
      { portMappings: [{ containerPort: 70_000 }] },
      'portMappings[0].containerPort: a port is 1 to 65,535.',
    ],
    [
      'with another host port',
      { portMappings: [{ containerPort: 80, hostPort: 81 }] },
      'portMappings[0].hostPort: in network mode awsvpc this equals containerPort or is left out.',
    ],
    [
      'with the protocol http',
      { portMappings: [{ containerPort: 80, protocol: 'http' }] },
      'portMappings[0].protocol: this is tcp or udp.',
    ],
    [
      'with the app protocol tcp',
      { portMappings: [{ containerPort: 80, appProtocol: 'tcp' }] },
      'portMappings[0].appProtocol: this is http, http2 or grpc; leave it out for plain TCP.',
    ],
    [
      'with a bare command',
      { healthCheck: { command: ['true'] } },
      'healthCheck.command: it starts with CMD or CMD-SHELL and has something to run.',
    ],
    [
      'checked every second',
      { healthCheck: { command: ['CMD', 'x'], interval: 1 } },
      'healthCheck.interval: this is 5 to 300.',
    ],
    [
      'with a nameless variable',
      { environment: [{ value: 'x' }] },
      'environment[0].name: a variable has a name.',
    ],
    [
      'with a wrong option deep inside',
      { logConfiguration: { logDriver: 'awslogs', options: { a: 1 } } },
      'logConfiguration.options.a: this is a text in quotes, not a number.',
    ],
  ])('is refused for a container %s', (_name, more, fault) =>
    expect(ofContainer(more)).toEqual([`containerDefinitions[0].${fault}`]),
  )

  it('is refused when ports or names clash, no container is essential, or it is too large', () => {
    const [container] = good.containerDefinitions
    const named = (name: string, more: object = {}) => ({ ...container, name, ...more })
    expect(faults({ containerDefinitions: [container, named('web', { portMappings: [] })] })).toEqual([
      'containerDefinitions[1].name: another container has this name.',
    ])
    expect(faults({ containerDefinitions: [container, named('two')] })).toEqual([
      'containerDefinitions[1].portMappings[0].name: another port has this name.',
      'containerDefinitions[1].portMappings[0].containerPort: the containers of a task share one network interface: this port is taken.',
    ])
    expect(ofContainer({ essential: false })).toEqual([
      'containerDefinitions: at least one container must be essential.',
    ])
    expect(ofContainer({ environment: [{ name: 'BIG', value: 'x'.repeat(70_000) }] })).toEqual([
      ': A task definition has at most 64 KiB.',
    ])
  })

  it('is refused when it is nested beyond reason', () => {
    const deep = `{"type":"GPU","value":"1","sharingStrategy":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const text = JSON.stringify(good).replace('"essential"', `"resourceRequirements":[${deep}],"essential"`)
    expect(readTaskDefinitionJson(text)).toEqual({
      ok: false,
      faults: [
        {
          path: 'containerDefinitions[0].resourceRequirements[0].sharingStrategy',
          message: 'this is nested too deeply.',
        },
      ],
    })
  })

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('['.repeat(10_000))), (text) => {
        expect(typeof readTaskDefinitionJson(text).ok).toBe('boolean')
      }),
    )
    const members = Object.keys(taskDefinitionShape.RegisterTaskDefinitionRequest ?? {})
    const odd = fc.dictionary(
      fc.constantFrom(...members, 'taskDefinition', '__proto__'),
      fc.anything({ withBigInt: false }),
    )
    fc.assert(
      fc.property(odd, (value) => {
        expect(typeof readTaskDefinition(value).ok).toBe('boolean')
      }),
    )
  })
})
