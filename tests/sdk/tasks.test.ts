import { createSocket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stillAlive } from '../support/still-alive'
import { containerOf, nodeContainer, startTaskBench, type TaskBench } from '../support/task-bench'

let bench: TaskBench
beforeAll(async () => {
  bench = await startTaskBench()
})
afterAll(() => bench.stop())

const get = async (address: string, port: number, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`http://${address}:${port}${path}`, {
    headers: { connection: 'close', ...headers },
  })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

const server = (name: string): string => `
  const http = require('node:http')
  http.createServer((request, response) => response.end('${name} for ' + request.socket.remoteAddress))
    .listen(8080, () => console.log('ready'))`

describe('a task that is an ordinary Node program', () => {
  it('shares port 8080 with another task, and a third fetches both by one name', async () => {
    const first = bench.run([nodeContainer(server('first'))])
    const second = bench.run([nodeContainer(server('second'))])
    await Promise.all([first.line('ready'), second.line('ready')])
    bench.register('pair', first)
    bench.register('pair', second)
    const caller = bench.run([
      nodeContainer(`
        const seen = new Set()
        const ask = async () => {
          const response = await fetch('http://pair.production.local:8080/', { headers: { connection: 'close' } })
          seen.add(await response.text())
          if (seen.size < 2) return ask()
          console.log([...seen].sort().join(' | '))
        }
        ask()`),
    ])
    const line = await caller.line(' | ')
    expect(line).toBe(`first for ${caller.spec.address} | second for ${caller.spec.address}`)
    expect((await caller.event('container-exited')).exitCode).toBe(0)
    for (const task of [first, second]) task.stop()
    await Promise.all([first.event('task-ended'), second.event('task-ended')])
  })

  it('finds itself at localhost, under its own name and address', async () => {
    const task = bench.run([
      nodeContainer(`
        const os = require('node:os'), http = require('node:http')
        http.createServer((q, r) => r.end(q.socket.remoteAddress)).listen(8080, async () => {
          const own = []
          for (const host of ['localhost', '127.0.0.1', '[::1]', os.hostname()])
            own.push(await (await fetch('http://' + host + ':8080/')).text())
          console.log(JSON.stringify({ own, hostname: os.hostname(), ips: os.networkInterfaces().eth0.map((i) => i.address) }))
          process.exit(0)
        })`),
    ])
    const { address, hostname } = task.spec
    expect(JSON.parse(await task.line('own'))).toEqual({
      own: [address, address, address, address],
      hostname,
      ips: [address],
    })
  })

  it('gets ENOTFOUND for a name that nobody registered, inside and outside the zones', async () => {
    const task = bench.run([
      nodeContainer(`
        const dns = require('node:dns').promises
        const code = (promise) => promise.then(() => 'answered', (error) => error.code)
        Promise.all([
          code(dns.lookup('nobody.production.local')),
          code(dns.lookup('example.com')),
          code(dns.resolve4('nobody.production.local')),
          code(fetch('http://nobody.production.local/').catch((error) => { throw error.cause })),
        ]).then((codes) => console.log('codes ' + codes.join(' ')))`),
    ])
    expect(await task.line('codes')).toBe('codes ENOTFOUND ENOTFOUND ENOTFOUND ENOTFOUND')
  })

  it('sees a name as it is now, not as it was before the record changed', async () => {
    const first = bench.run([nodeContainer(server('first'))])
    await first.line('ready')
    bench.register('moving', first)
    const second = bench.run([
      nodeContainer(`
        const dns = require('node:dns').promises
        let before
        const look = async () => {
          const answers = (await dns.resolve4('moving.production.local')).sort().join(',')
          if (answers !== before) console.log('now ' + answers.split(',').length)
          before = answers
          setTimeout(look, 50)
        }
        look()`),
    ])
    await second.line('now 1')
    bench.register('moving', second)
    expect(await second.line('now 2')).toBe('now 2')
    for (const task of [first, second]) task.stop()
    await Promise.all([first.event('task-ended'), second.event('task-ended')])
  })

  it('gives its preload to Node programs that it starts, and to its worker threads', async () => {
    const task = bench.run([
      nodeContainer(`
        const { execFileSync } = require('node:child_process')
        const { Worker } = require('node:worker_threads')
        console.log('child ' + execFileSync(process.execPath, ['-p', 'os.hostname()']).toString().trim())
        new Worker("console.log('worker ' + require('node:os').hostname())", { eval: true })`),
    ])
    expect(await task.line('child')).toBe(`child ${task.spec.hostname}`)
    expect(await task.line('worker')).toBe(`worker ${task.spec.hostname}`)
  })

  it('inherits nothing of the local cloud, credentials least of all', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'canary'
    const task = bench.run([
      containerOf({
        image: 'alpine',
        command: ['sh', '-c', 'env; echo end'],
        environment: { GREETING: 'hello' },
      }),
    ])
    await task.line('end')
    delete process.env.AWS_SECRET_ACCESS_KEY
    expect(task.lines().join('\n')).not.toContain('canary')
    expect(task.lines()).toContain('GREETING=hello')
    expect(task.lines()).toContain('AWS_REGION=eu-west-1')
    expect(task.lines()).toContain(`HOSTNAME=${task.spec.hostname}`)
  })
})

describe('servers and clients of every kind', () => {
  const read = `const read = (stream) => new Promise((resolve) => {
    let all = ''
    stream.on('data', (data) => (all += data)).on('end', () => resolve(all)).on('error', (error) => resolve(error.code))
  })`

  it('of http2, by a family, by a local address of its own choice and by a unix socket work as ever', async () => {
    const task = bench.run([
      nodeContainer(`
        const net = require('node:net'), http2 = require('node:http2'), fs = require('node:fs')
        ${read}
        const told = {}
        const socket = require('node:path').join(fs.mkdtempSync(require('node:os').tmpdir() + '/switchboard-'), 's')
        const listen = (server, ...where) => new Promise((resolve) => server.listen(...where, resolve))
        ;(async () => {
          const peer = net.createServer((client) => client.end(client.remoteAddress))
          await listen(peer, 8081)
          told.portOnly = await read(net.connect(8081))
          told.six = await read(net.connect({ port: 8081, host: 'localhost', family: 6 }))
          told.chosen = await read(net.connect({ port: 8081, host: '127.0.0.1', localAddress: '127.251.0.9' }))
          const h2 = http2.createServer()
          h2.on('stream', (stream) => { stream.respond(); stream.end('h2 ' + h2.address().address) })
          await listen(h2, 8082)
          const session = http2.connect('http://localhost:8082')
          told.h2 = await read(session.request())
          const unix = net.createServer((client) => client.end('unix'))
          await listen(unix, socket)
          told.unix = await read(net.connect(socket))
          fs.rmSync(require('node:path').dirname(socket), { recursive: true })
          console.log(JSON.stringify(told))
          process.exit(0)
        })()`),
    ])
    const { address } = task.spec
    expect(JSON.parse(await task.line('portOnly'))).toEqual({
      portOnly: address,
      six: address,
      chosen: '127.251.0.9',
      h2: `h2 ${address}`,
      unix: 'unix',
    })
  })

  it('of udp speak from the address of the task', async () => {
    const task = bench.run([
      nodeContainer(`
        const { createSocket } = require('node:dgram')
        const server = createSocket('udp4'), client = createSocket('udp4')
        server.on('message', (message, from) => server.send('from ' + from.address, from.port, from.address))
        client.on('message', (message) => { console.log(message + ' to ' + server.address().address); process.exit(0) })
        server.bind(8081, () => client.send('x', 8081, 'localhost'))`),
    ])
    expect(await task.line('from')).toBe(`from ${task.spec.address} to ${task.spec.address}`)
  })
})

describe('how a task ends', () => {
  it('tells the exit code of a container that exits at once, and that nothing is left', async () => {
    const task = bench.run([containerOf({ image: 'busybox:1', command: ['sh', '-c', 'echo bye; exit 3'] })])
    await task.event('task-ended')
    expect(task.events.map((event) => event.kind)).toEqual([
      'container-started',
      'container-exited',
      'task-ended',
    ])
    expect(task.events[1]).toMatchObject({ container: 'app', exitCode: 3 })
    expect(task.lines()).toEqual(['bye'])
  })

  it('says 143 for a program that SIGTERM ended', async () => {
    const task = bench.run([containerOf({ image: 'alpine', command: ['sleep', '600'] })])
    await task.event('container-started')
    task.stop()
    expect((await task.event('container-exited')).exitCode).toBe(143)
  })

  it('kills a program that ignores SIGTERM after its stop timeout and says 137', async () => {
    const stubborn = `process.on('SIGTERM', () => console.log('ignored')); setInterval(() => {}, 1000); console.log('up')`
    const task = bench.run([nodeContainer(stubborn, { stopTimeoutSeconds: 0.3 })])
    await task.line('up')
    task.stop()
    expect((await task.event('container-exited')).exitCode).toBe(137)
    expect(task.lines()).toContain('ignored')
  })

  it('kills what a container started, too', async () => {
    const task = bench.run([
      containerOf({
        image: 'debian',
        command: ['sh', '-c', '(trap "" TERM; sleep 600) & echo child $!; wait'],
      }),
    ])
    const child = Number((await task.line('child')).split(' ')[1])
    expect(() => process.kill(child, 0)).not.toThrow()
    task.stop()
    await task.event('task-ended')
    await expect.poll(() => stillAlive(child)).toBe(false)
  })

  it('fails with the reason when the program is not there', async () => {
    const task = bench.run([containerOf({ image: 'alpine', command: ['no-such-program'] })])
    await task.event('task-ended')
    expect(task.events.map((event) => event.kind)).toEqual(['task-failed', 'task-ended'])
    const { reason } = await task.event('task-failed')
    expect(reason).toMatch(/^CannotStartContainerError: .*"no-such-program".*not found in \$PATH/)
  })

  it.each([
    ['a NUL in an argument', ['sh', '-c', 'echo \u0000']],
    ['an empty program name', ['']],
    ['more arguments than the system takes', ['echo', 'x'.repeat(4_000_000)]],
  ])('fails with a reason for %s, and hurts nobody else', async (_what, command) => {
    const healthCheck = {
      command: ['CMD', ...command],
      intervalSeconds: 0.1,
      timeoutSeconds: 1,
      retries: 1,
      startPeriodSeconds: 0,
    }
    const task = bench.run([containerOf({ image: 'alpine', command })])
    const other = bench.run([containerOf({ image: 'alpine', command: ['sleep', '600'], healthCheck })])
    await task.event('task-ended')
    expect((await task.event('task-failed')).reason).toMatch(/^CannotStartContainerError: /)
    expect((await other.event('container-health')).status).toBe('UNHEALTHY')
    other.stop()
    await other.event('task-ended')
  })

  it('stops all containers when an essential one ends', async () => {
    const task = bench.run([
      containerOf({ name: 'side', image: 'alpine', command: ['sleep', '600'], essential: false }),
      containerOf({ name: 'app', image: 'alpine', command: ['sh', '-c', 'exit 1'] }),
    ])
    await task.event('task-ended')
    expect(await task.event('container-exited', 'app')).toMatchObject({ exitCode: 1 })
    expect(await task.event('container-exited', 'side')).toMatchObject({ exitCode: 143 })
  })

  it('ends without a start when it is stopped before it began', async () => {
    const task = bench.run([containerOf({ image: 'alpine', command: ['sleep', '600'] })])
    task.stop()
    await task.event('task-ended')
    expect(task.events.map((event) => event.kind)).toEqual(['task-ended'])
  })

  it('starts containers in the order that they depend on each other', async () => {
    const task = bench.run([
      containerOf({
        name: 'app',
        image: 'alpine',
        command: ['sh', '-c', 'exit 0'],
        dependsOn: [
          { containerName: 'migrate', condition: 'SUCCESS' },
          { containerName: 'side', condition: 'HEALTHY' },
        ],
      }),
      containerOf({ name: 'migrate', image: 'alpine', command: ['sh', '-c', 'exit 0'], essential: false }),
      containerOf({
        name: 'side',
        image: 'alpine',
        command: ['sleep', '600'],
        essential: false,
        healthCheck: {
          command: ['CMD', 'true'],
          intervalSeconds: 1,
          timeoutSeconds: 2,
          retries: 3,
          startPeriodSeconds: 0,
        },
      }),
    ])
    await task.event('task-ended')
    const order = task.events.map((event) => `${event.kind} ${'container' in event ? event.container : ''}`)
    const start = order.indexOf('container-started app')
    expect(start).toBeGreaterThan(order.indexOf('container-exited migrate'))
    expect(start).toBeGreaterThan(order.indexOf('container-health side'))
    expect(order).toContain('container-health side')
  })
})

describe('health checks', () => {
  const check = (command: string[]) => ({
    command,
    intervalSeconds: 0.2,
    timeoutSeconds: 1,
    retries: 2,
    startPeriodSeconds: 0,
  })

  it('asks localhost of the task itself', async () => {
    const healthCheck = check(['CMD-SHELL', 'curl -f http://localhost:8080/health || exit 1'])
    const task = bench.run([containerOf({ image: 'backend-api', healthCheck })])
    expect((await task.event('container-health')).status).toBe('HEALTHY')
    expect(await task.line('GET /health 200')).toContain('from ')
    task.stop()
    await task.event('task-ended')
  })

  it('says UNHEALTHY of a program that never answers', async () => {
    const healthCheck = check(['CMD-SHELL', 'wget -q --spider http://localhost:8080/ || exit 1'])
    const task = bench.run([containerOf({ image: 'alpine', command: ['sleep', '600'], healthCheck })])
    expect((await task.event('container-health')).status).toBe('UNHEALTHY')
    task.stop()
    await task.event('task-ended')
  })

  it('runs any other command with the environment of the task', async () => {
    const healthCheck = check([
      'CMD-SHELL',
      'test "$MODE" = ready && test "localhost" = "$SWITCHBOARD_ADDRESS"',
    ])
    const environment = { MODE: 'ready' }
    const task = bench.run([
      containerOf({ image: 'alpine', command: ['sleep', '600'], environment, healthCheck }),
    ])
    expect((await task.event('container-health')).status).toBe('HEALTHY')
    task.stop()
    await task.event('task-ended')
  })
})

describe('a health check that cannot be run', () => {
  it('says so once in the log of its container', async () => {
    const healthCheck = {
      command: ['CMD-SHELL', 'no-such-probe --ready'],
      intervalSeconds: 0.1,
      timeoutSeconds: 1,
      retries: 3,
      startPeriodSeconds: 0,
    }
    const task = bench.run([containerOf({ image: 'alpine', command: ['sleep', '600'], healthCheck })])
    expect((await task.event('container-health')).status).toBe('UNHEALTHY')
    expect(task.lines()).toEqual([
      '[local cloud] the health check cannot be run: exit code 127: a command in it is not on this machine',
    ])
    task.stop()
    await task.event('task-ended')
  })
})

describe('a task that floods its output', () => {
  it('is throttled and told so, and does not fill the memory of the local cloud', async () => {
    const before = process.memoryUsage().rss
    const task = bench.run([
      containerOf({
        image: 'alpine',
        command: ['sh', '-c', 'yes 0123456789abcdef | head -c 20000000; echo; echo over'],
      }),
    ])
    expect((await task.event('container-exited')).exitCode).toBe(0)
    expect(task.lines().some((line) => /\[local cloud\] \d+ bytes of output were dropped/.test(line))).toBe(
      true,
    )
    const kept = task.lines().reduce((sum, line) => sum + line.length, 0)
    expect(kept).toBeLessThan(5_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  it('cuts a line without an end into events of 256 KiB', async () => {
    const task = bench.run([nodeContainer(`process.stdout.write('x'.repeat(600000) + '\\nend\\n')`)])
    await task.line('end')
    expect(task.lines().map((line) => line.length)).toEqual([262_118, 262_118, 75_764, 3])
  })
})

describe('the example images and the stand-in', () => {
  it('show in the frontend what the backend said, by the name of the backend', async () => {
    const backend = bench.run([containerOf({ name: 'backend-api', image: 'backend-api:latest' })])
    await backend.line('listens', 'backend-api')
    bench.register('backend-api', backend)
    const environment = { BACKEND_URL: 'http://backend-api.production.local:8080' }
    const frontend = bench.run([containerOf({ name: 'frontend-web', image: 'frontend-web', environment })])
    await frontend.line('listens', 'frontend-web')
    const { address } = frontend.spec

    const page = await get(address, 3000, '/', { accept: 'text/html' })
    expect(page.body).toContain('Call Backend Service')
    const called = await get(address, 3000, '/call-backend', {
      accept: 'text/html',
      'x-switchboard-call': 'call-7',
    })
    expect(called.body).toContain('Backend Response')
    expect(called.body).toContain(backend.spec.hostname)
    const asJson = await get(address, 3000, '/call-backend')
    expect(JSON.parse(asJson.body)).toMatchObject({
      success: true,
      hostname: frontend.spec.hostname,
      backend: { response: { service: 'backend-api', hostname: backend.spec.hostname } },
    })
    expect(await backend.line('call-7', 'backend-api')).toMatch(
      new RegExp(`^GET /api/data 200 [\\d.]+ ms from ${frontend.spec.address} x-switchboard-call=call-7$`),
    )
    const health = await get(address, 3000, '/health')
    expect(JSON.parse(health.body)).toMatchObject({ status: 'healthy', backend: { status: 'healthy' } })

    backend.stop()
    await backend.event('task-ended')
    const refused = await get(address, 3000, '/call-backend')
    expect(refused.status).toBe(502)
    expect(JSON.parse(refused.body).backend.error).toContain('ECONNREFUSED')
    const ill = JSON.parse((await get(address, 3000, '/health')).body)
    expect(ill).toMatchObject({ status: 'healthy', backend: { status: 'unhealthy' } })
    frontend.stop()
    await frontend.event('task-ended')
  })

  it('answer as Copilot describes app1 and app2', async () => {
    const app2 = bench.run([containerOf({ image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app2:v1' })])
    await app2.line('listens')
    bench.register('app2', app2)
    const environment = { PORT: '8081', APP2_URL: 'app2.production.local:9090' }
    const app1 = bench.run([containerOf({ image: 'app1', environment })])
    await app1.line('listens')
    const answer = await get(app1.spec.address, 8081, '/')
    expect(JSON.parse(answer.body)).toEqual({ app2_response: 'Hello from APP2' })
    expect((await get(app2.spec.address, 9090, '/ping')).status).toBe(200)
    for (const task of [app1, app2]) task.stop()
    await Promise.all([app1.event('task-ended'), app2.event('task-ended')])
  })

  it('say of any other image that it is a stand-in, on each of its ports', async () => {
    const ports = [8085, 8086].map((containerPort) => ({ containerPort, protocol: 'tcp' as const }))
    const task = bench.run([
      containerOf({
        image: 'memcached:1',
        ports,
        command: ['redis-server'],
        environment: { OWN_URL: 'http://localhost:8086/' },
      }),
    ])
    expect((await task.event('container-started')).standIn).toBe(true)
    await Promise.all([task.line('listens on port 8085'), task.line('listens on port 8086')])
    expect(task.lines().some((line) => line.includes('stand-in for memcached:1'))).toBe(true)
    expect(task.lines()[0]).toContain('the command of this container is not run')
    const { address, hostname } = task.spec
    const identity = JSON.parse((await get(address, 8085, '/anything')).body)
    expect(identity).toMatchObject({
      standIn: true,
      image: 'memcached:1',
      hostname,
      address,
      port: 8085,
      task: task.spec.taskArn,
    })
    const followed = JSON.parse((await get(address, 8085, '/call?variable=OWN_URL')).body)
    expect(followed.calls).toMatchObject([{ variable: 'OWN_URL', status: 200, body: { port: 8086 } }])
    expect((await get(address, 8085, '/call?variable=PATH')).status).toBe(404)
    task.stop()
    expect((await task.event('container-exited')).exitCode).toBe(0)
  })

  it('stay alive without ports', async () => {
    const task = bench.run([containerOf({ image: 'example.com/worker:3' })])
    expect(await task.line('only stays alive')).toContain('stand-in for example.com/worker:3')
    task.stop()
    expect((await task.event('container-exited')).exitCode).toBe(143)
  })

  it('echo udp', async () => {
    const task = bench.run([
      containerOf({ image: 'udp-thing', ports: [{ containerPort: 5353, protocol: 'udp' }] }),
    ])
    await task.line('echoes udp port 5353')
    const socket = createSocket('udp4')
    const echoed = new Promise<string>((resolve) =>
      socket.once('message', (message) => resolve(message.toString())),
    )
    socket.send('hello', 5353, task.spec.address)
    expect(await echoed).toBe('hello')
    socket.close()
    task.stop()
    await task.event('task-ended')
  })
})
