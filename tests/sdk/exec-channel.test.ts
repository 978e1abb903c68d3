import { request as httpRequest } from 'node:http'
import { CreateClusterCommand, ExecuteCommandCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { connectSession } from '@/lib/exec/connect'
import { grantSession } from '@/lib/exec/run-script'
import { makeConnectScene } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>
const never = new AbortController().signal

const taskOf = async (service: string) => {
  const [task] = await scene.tasksOf(service)
  return task?.taskArn ?? ''
}
const grant = async (command: string, service = 'worker') =>
  grantSession(
    cloud.ecs,
    { clusterName: 'default', taskArn: await taskOf(service), container: service },
    command,
    never,
  )
/** A session as the console opens it. */
const open = async (command: string, service = 'worker') => {
  let text = ''
  let bytes = 0
  let end: { readonly clean: boolean; readonly reason: string } | undefined
  const session = connectSession(
    { kind: 'local', endpointUrl: cloud.url },
    await grant(command, service),
    { cols: 90, rows: 25 },
    {
      output: (chunk) => {
        bytes += chunk.length
        text = (text + chunk.toString('latin1')).slice(-20_000)
      },
      closed: (how) => {
        end = how
      },
    },
  )
  return {
    session,
    type: (keys: string) => session.write(Buffer.from(keys)),
    text: () => text,
    bytes: () => bytes,
    until: (wanted: RegExp) => vi.waitUntil(() => wanted.test(text), { timeout: 10_000, interval: 10 }),
    ended: () => vi.waitUntil(() => end, { timeout: 10_000, interval: 10 }),
  }
}
/** What comes of asking for the upgrade with these headers: a status, or `open`. */
const upgrade = (path: string, headers: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port: cloud.port,
      path,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.from('0123456789abcdef').toString('base64'),
        ...headers,
      },
    })
    request.on('response', (response) => {
      response.resume()
      resolve(String(response.statusCode))
    })
    request.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve('open')
    })
    request.on('error', reject)
    request.end()
  })
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('shop')
  const answer = `require('node:http').createServer((q, r) => r.end('hello ' + q.method + ' ' + q.url + '\\n')).listen(3000)`
  await scene.define('server', answer, { containerPort: 3000, name: 'http', appProtocol: 'http' })
  await scene.define('worker', 'setInterval(() => {}, 1000)')
  const alias = {
    portName: 'http',
    discoveryName: 'server',
    clientAliases: [{ port: 80, dnsName: 'server' }],
  }
  await scene.create('server', { enabled: true, namespace: 'shop', services: [alias] })
  await scene.settled('server')
  await scene.create('worker', { enabled: true, namespace: 'shop' }, { enableExecuteCommand: true })
  await scene.settled('worker')
}, 60_000)
afterAll(() => cloud?.stop())

describe('a session at a terminal', () => {
  it('has the size of its window, follows it, and takes keys', async () => {
    const shell = await open('sh')
    shell.type('stty size; echo "pid:$$:"\r')
    await shell.until(/25 90.*pid:\d+:/s)
    shell.session.resize({ cols: 120, rows: 40 })
    await vi.waitUntil(
      () => {
        shell.type('stty size\r')
        return /40 120/.test(shell.text())
      },
      { timeout: 10_000, interval: 100 },
    )
    shell.type('cat\r')
    shell.type('typed\r')
    await shell.until(/typed\r\n.*typed\r\n/s)
    // Ctrl-C ends what runs in front, not the shell.
    shell.type('\x03')
    // What was typed ahead is thrown away with it, as at any terminal.
    await shell.until(/\^C\s+[#$] $/)
    shell.type('echo still $((20+3))\r')
    await shell.until(/still 23/)
    shell.type('exit\r')
    expect(await shell.ended()).toEqual({ clean: true, reason: '' })
  })

  it('starts a program without a shell, as the agent does', async () => {
    const plain = await open('echo $HOME "a  b" \'c;d\'')
    await plain.ended()
    expect(plain.text()).toBe('$HOME a  b c;d\r\n')
  })

  it('says when there is no such program', async () => {
    const missing = await open('no-such-program -x')
    expect(await missing.ended()).toMatchObject({
      clean: true,
      reason: expect.stringContaining('fork/exec no-such-program: no such file or directory'),
    })
    expect((await (await open("echo 'open")).ended())?.reason).toContain('Unable to start command')
  })

  it('carries megabytes, whole', async () => {
    const big = await open("sh -c 'head -c 3000000 /dev/zero | tr \\\\0 x'")
    await vi.waitUntil(() => big.bytes() >= 3_000_000, { timeout: 25_000, interval: 50 })
    await big.ended()
    expect(big.bytes()).toBe(3_000_000)
  })
})

describe('what runs in a task', () => {
  it.each<[string, RegExp]>([
    ['curl -s http://server/a', /hello GET \/a/],
    ['curl -sS -X POST -d x=1 -i server/b', /HTTP\/1\.1 200.*hello POST \/b/s],
    ["curl -s -o /dev/null -w '%{http_code} %{remote_port}' http://server", /^200 80/],
    ['curl -sf --max-time 2 http://server:81/; echo code $?', /code [1-9]/],
    ['wget -qO- http://server/c', /hello GET \/c/],
    ['wget -q -O - http://nobody.shop/; echo code $?', /unable to resolve.*code 4/s],
    ['getent hosts server', /^127\.255\.\d+\.\d+ +server/],
    ['nslookup server', /can't find server: (?:NXDOMAIN|REFUSED).*hosts file/s],
    ['dig +short nobody.shop; dig nobody.shop', /status: (?:NXDOMAIN|REFUSED)/],
    ['curl --frobnicate http://server', /--frobnicate: the local cloud/],
    ['node -e "fetch(\'http://server/d\').then(r=>r.text()).then(console.log)"', /hello GET \/d/],
  ])('%s', async (line, wanted) => {
    const one = await open(`sh -c '${line.replaceAll("'", "'\\''")}'`)
    await one.ended()
    expect(one.text()).toMatch(wanted)
  })
})

describe('the end of a session', () => {
  const startStubborn = async () => {
    const shell = await open('sh')
    // One that ignores the end of its terminal, one in a session of its own, one in the background.
    shell.type('trap \'\' HUP TERM; sleep 600 & echo "one:$!:"; setsid sleep 600 & echo "two:$!:"\r')
    await shell.until(/one:\d+:.*two:\d+:/s)
    const pids = [...shell.text().matchAll(/(?:one|two):(\d+):/g)].map(([, pid]) => Number(pid))
    expect(pids.every(isAlive)).toBe(true)
    return { shell, pids }
  }

  it('by its client leaves no process behind', async () => {
    const { shell, pids } = await startStubborn()
    shell.session.end()
    await vi.waitUntil(() => !pids.some(isAlive), { timeout: 5_000 })
  })

  it('by a lost connection leaves none either', async () => {
    const { sessionId, streamUrl, token } = await grant('sleep 600')
    expect(sessionId).toMatch(/^ecs-execute-command-/)
    const socket = new WebSocket(streamUrl)
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(JSON.stringify({ MessageSchemaVersion: '1.0', RequestId: 'x', TokenValue: token }))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.terminate()
    await vi.waitUntil(() => cloud.services.exec.isWaiting(sessionId) === false)
  })

  it('comes with the end of its task', async () => {
    const { shell, pids } = await startStubborn()
    await cloud.ecs.send(new StopTaskCommand({ task: await taskOf('worker') }))
    expect((await shell.ended())?.clean).toBe(true)
    await vi.waitUntil(() => !pids.some(isAlive), { timeout: 5_000 })
    await scene.settled('worker')
    await vi.waitUntil(async () => (await scene.tasksOf('worker'))[0]?.lastStatus === 'RUNNING')
  })
})

describe('who may connect', () => {
  const path = async () => new URL((await grant('true')).streamUrl)

  it('is whoever addresses this local cloud, and no web page', async () => {
    const { pathname, search } = await path()
    const at = `${pathname}${search}`
    const host = `127.0.0.1:${cloud.port}`
    expect(await upgrade(at, { host: 'evil.example' })).toBe('421')
    expect(await upgrade(at, { host, origin: 'http://evil.example' })).toBe('403')
    expect(await upgrade(at, { host, 'sec-fetch-site': 'cross-site' })).toBe('403')
    expect(await upgrade('/', { host })).toBe('404')
    expect(
      await upgrade(
        '/v1/data-channel/ecs-execute-command-00000000000000000000000000?role=publish_subscribe',
        { host },
      ),
    ).toBe('404')
    expect(await upgrade(`${pathname}?role=other`, { host })).toBe('404')
    expect(await upgrade(at, { host })).toBe('open')
  })

  it('needs the token, and only once', async () => {
    const first = (token: string, url: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(url)
        socket.on('open', () => socket.send(JSON.stringify({ TokenValue: token })))
        socket.on('message', () => {
          socket.close()
          resolve(0)
        })
        socket.on('close', resolve)
        socket.on('error', () => resolve(-1))
      })
    const { streamUrl, token } = await grant('sleep 600')
    expect(await first('wrong', streamUrl)).toBe(1008)
    expect(await first(token, streamUrl)).toBe(0)
    expect(await first(token, streamUrl)).toBe(-1)
  })

  it('disturbs nobody else with whatever it sends', async () => {
    const quiet = await open('sh')
    quiet.type('echo ready$((1))\r')
    await quiet.until(/ready1/)
    for (const nonsense of [
      Buffer.alloc(0),
      Buffer.alloc(200, 7),
      'text',
      Buffer.alloc(70_000),
      '{"TokenValue":7}',
      '{',
    ]) {
      const { streamUrl, token } = await grant('sleep 600')
      const code = await new Promise<number>((resolve) => {
        const socket = new WebSocket(streamUrl)
        socket.on('open', () => {
          socket.send(JSON.stringify({ TokenValue: token }))
          socket.send(nonsense)
        })
        socket.on('close', resolve)
        socket.on('error', () => resolve(-1))
      })
      expect(code).toBeGreaterThan(0)
    }
    quiet.type('echo alive$((1))\r')
    await quiet.until(/alive1/)
    quiet.session.end()
    expect(cloud.lines.filter((line) => line.startsWith('error'))).toEqual([])
  })

  it('is refused beyond what a container takes', async () => {
    const task = await taskOf('worker')
    const one = () =>
      cloud.ecs.send(
        new ExecuteCommandCommand({ task, container: 'worker', command: 'true', interactive: true }),
      )
    await expect(
      (async () => {
        for (let count = 0; count < 30; count++) await one()
      })(),
    ).rejects.toMatchObject({ name: 'ClientException', message: expect.stringContaining('too many') })
  })
})
