import { describe, expect, it } from 'vitest'
import type { ContainerSpec, TaskSpec } from '@/lib/emulator/runtime/runtime'
import { buildTaskEnvironment } from '@/lib/emulator/runtime/task-environment'

const container: ContainerSpec = {
  name: 'app',
  image: 'nginx',
  entryPoint: [],
  command: [],
  environment: {},
  ports: [{ containerPort: 80, protocol: 'tcp', name: 'web' }],
  essential: true,
  dependsOn: [],
  stopTimeoutSeconds: 30,
  log: { group: 'g', stream: 's' },
}
const task: TaskSpec = {
  scope: { accountId: '111122223333', region: 'eu-central-1' },
  taskId: 'a'.repeat(32),
  taskArn: `arn:aws:ecs:eu-central-1:111122223333:task/default/${'a'.repeat(32)}`,
  clusterName: 'default',
  family: 'web',
  revision: 3,
  address: '127.10.0.12',
  hostname: 'ip-127-10-0-12',
  containers: [container],
}
const host = {
  path: '/usr/bin:/bin',
  temporaryDirectory: '/tmp',
  preloadPath: '/opt/with "quotes" and blanks/preload.cjs',
  nodeDirectory: '/opt/node/bin',
  dns: { host: '127.0.0.1', port: 5300 },
  lowestPort: 0,
}
const build = (environment: Record<string, string> = {}) =>
  buildTaskEnvironment(task, { ...container, environment }, host)

describe('the environment of a container', () => {
  it('tells who it is and whom to ask', () => {
    expect(build()).toMatchObject({
      HOSTNAME: 'ip-127-10-0-12',
      AWS_REGION: 'eu-central-1',
      SWITCHBOARD_ADDRESS: '127.10.0.12',
      SWITCHBOARD_HOSTNAME: 'ip-127-10-0-12',
      SWITCHBOARD_DNS: '127.0.0.1:5300',
    })
    expect(JSON.parse(build().SWITCHBOARD_CONTAINER ?? '')).toEqual({
      image: 'nginx',
      task: task.taskArn,
      cluster: 'default',
      family: 'web:3',
      container: 'app',
      ports: [{ port: 80, protocol: 'tcp' }],
    })
  })

  it('finds this Node first', () => {
    expect(build().PATH).toBe('/opt/node/bin:/usr/bin:/bin')
  })

  it('is only what is told here: no credentials, no home of the user', () => {
    expect(Object.keys(build()).sort()).toEqual([
      'AWS_DEFAULT_REGION',
      'AWS_EXECUTION_ENV',
      'AWS_REGION',
      'HOME',
      'HOSTNAME',
      'LANG',
      'NODE_OPTIONS',
      'PATH',
      'SWITCHBOARD_ADDRESS',
      'SWITCHBOARD_CONTAINER',
      'SWITCHBOARD_DNS',
      'SWITCHBOARD_HOSTNAME',
      'TMPDIR',
    ])
    expect(build().HOME).toBe('/tmp')
  })

  it('holds the variables of the container, which win over ours where they may', () => {
    const environment = build({
      AWS_REGION: 'us-west-2',
      HOME: '/app',
      GREETING: 'hi',
      SWITCHBOARD_ADDRESS: '0.0.0.0',
    })
    expect(environment).toMatchObject({ AWS_REGION: 'us-west-2', HOME: '/app', GREETING: 'hi' })
    expect(environment.SWITCHBOARD_ADDRESS).toBe('127.10.0.12')
  })

  it('keeps the container’s own options for Node beside the preload, in quotes that Node reads', () => {
    expect(build({ NODE_OPTIONS: '--max-old-space-size=64' }).NODE_OPTIONS).toBe(
      '--require="/opt/with \\"quotes\\" and blanks/preload.cjs" --max-old-space-size=64',
    )
  })
})
