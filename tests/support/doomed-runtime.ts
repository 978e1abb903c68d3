// Bundled and started as a process of its own by tests that kill it: a process runtime with four awkward tasks.
import { systemClock } from '@/lib/emulator/clock'
import { defaultConfig } from '@/lib/emulator/config'
import { makeProcessRuntime } from '@/lib/emulator/runtime/process-runtime'
import type { ContainerSpec } from '@/lib/emulator/runtime/runtime'

const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['stubborn', ['node', '-e', `${stubborn}; console.log('up')`]],
  // Never comes back to its event loop, so it can notice nothing by itself.
  ['busy', ['node', '-e', `console.log('up'); for (;;) {}`]],
  [
    'parent',
    [
      'node',
      '-e',
      `const c = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}]); console.log('up', c.pid)`,
    ],
  ],
  ['shell', ['sh', '-c', `trap '' TERM; (trap '' TERM; sleep 600) & echo up $!; wait`]],
]

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const runtime = await makeProcessRuntime({
  config: defaultConfig,
  clock: systemClock,
  log: (_level, message) => say({ log: message }),
  logSink: {
    append: (_scope, _group, stream, lines) => say({ stream, lines: lines.map((line) => line.message) }),
  },
  listener: (event) => say({ event }),
  dns: () => ({ host: '127.0.0.1', port: 9 }),
})

for (const [index, [name, command]] of commands.entries()) {
  const container: ContainerSpec = {
    name,
    image: 'node',
    entryPoint: [],
    command,
    environment: {},
    ports: [],
    essential: true,
    dependsOn: [],
    stopTimeoutSeconds: 600,
    log: { group: '/ecs/doomed', stream: name },
  }
  const taskId = index.toString(16).padStart(32, '0')
  const address = runtime.allocateAddress(taskId)
  runtime.start({
    scope: { accountId: '111122223333', region: 'us-east-1' },
    taskId,
    taskArn: `arn:aws:ecs:us-east-1:111122223333:task/default/${taskId}`,
    clusterName: 'default',
    family: 'doomed',
    revision: 1,
    address,
    hostname: `ip-${address.replaceAll('.', '-')}`,
    containers: [container],
  })
}

process.on('SIGTERM', () => void runtime.close().then(() => process.exit(0)))
