import { describe, expect, it } from 'vitest'
import { planHealthCheck } from '@/lib/emulator/runtime/health-command'

const task = { address: '127.10.0.12', hostname: 'ip-127-10-0-12' }
const environment = { PORT: '8080', HEALTH_PATH: '/health', TWO: 'a b' }
const plan = (...command: string[]) => planHealthCheck(command, task, environment)
const shell = (script: string) => plan('CMD-SHELL', script)
const url = (script: string) => {
  const made = shell(script)
  return made.kind === 'http' ? made.check.url : made
}

describe('a curl of the task itself is made directly', () => {
  it.each([
    'curl -f http://localhost:8080/health || exit 1',
    'curl --fail http://127.0.0.1:8080/health || exit 1;',
    'curl -sf http://localhost:8080/health',
    'curl -fsS -o /dev/null http://localhost:8080/health || exit 1',
    'curl -fs http://localhost:8080/health > /dev/null 2>&1 || exit 1',
    'curl -f "http://localhost:8080/health" || exit 3',
    "curl -f 'http://localhost:8080/health'",
    'curl -f localhost:8080/health',
    'curl -f http://localhost:$PORT/health || exit 1',
    `curl -f "http://localhost:\${PORT}$HEALTH_PATH"`,
    '/usr/bin/curl -f http://0.0.0.0:8080/health',
    'curl -f http://127.10.0.12:8080/health',
    'curl -f http://ip-127-10-0-12:8080/health',
    'curl -f http://[::1]:8080/health',
  ])('%s', (script) => {
    const made = shell(script)
    expect(made).toMatchObject({
      kind: 'http',
      check: { method: 'GET', okBelowStatus: 400, followRedirects: false },
    })
    expect(made.kind === 'http' && new URL(made.check.url).pathname).toBe('/health')
    expect(made.kind === 'http' && new URL(made.check.url).port).toBe('8080')
  })

  it('with its options', () => {
    const made = shell('curl -kIL -m 2.5 -H "X-Check: yes" -A probe https://localhost/ready?full=1')
    expect(made).toEqual({
      kind: 'http',
      check: {
        url: 'https://localhost/ready?full=1',
        method: 'HEAD',
        headers: { 'X-Check': 'yes', 'user-agent': 'probe' },
        okBelowStatus: 600,
        followRedirects: true,
        verifyCertificate: false,
        timeoutMs: 2500,
      },
    })
  })

  it('content with any answer when it has no -f', () => {
    expect(shell('curl http://localhost:8080/')).toMatchObject({ check: { okBelowStatus: 600 } })
  })

  it('in exec form', () => {
    expect(plan('CMD', 'curl', '-f', 'http://localhost:8080/a b')).toMatchObject({
      kind: 'http',
      check: { url: 'http://localhost:8080/a%20b' },
    })
  })

  it('with another method', () => {
    expect(shell('curl -X post -f http://localhost/')).toMatchObject({ check: { method: 'POST' } })
  })
})

describe('a wget of the task itself is made directly', () => {
  it.each([
    'wget -q --spider http://localhost:8080/health || exit 1',
    'wget -qO- http://localhost:8080/health',
    'wget --no-verbose --tries=1 --spider http://localhost:8080/health || exit 1',
    'wget -q -t 1 -O /dev/null http://localhost:8080/health',
    'wget --quiet --timeout=3 --output-document=- http://localhost:8080/health',
  ])('%s', (script) => {
    expect(url(script)).toBe('http://localhost:8080/health')
    expect(shell(script)).toMatchObject({ check: { okBelowStatus: 400, followRedirects: true } })
  })
})

describe('anything else runs as a process', () => {
  it.each([
    'curl -s http://localhost:8080/health | grep ok',
    'curl -f http://localhost:8080/a && curl -f http://localhost:8080/b',
    'curl -f $(cat url)',
    'curl -f http://localhost:8080/health || echo bad',
    'curl --retry 3 http://localhost:8080/health',
    'curl -o /tmp/answer http://localhost:8080/health',
    'curl -w "%{http_code}" http://localhost:8080/health',
    'curl -f http://localhost:8080/a http://localhost:8080/b',
    'A=1 curl http://localhost/',
    'curl',
  ])('%s', (script) => {
    expect(shell(script)).toMatchObject({ kind: 'run', file: 'sh' })
  })

  it('also when it asks somebody else', () => {
    expect(shell('curl -f http://db.production.local:8080/')).toMatchObject({ kind: 'run' })
    expect(shell('curl -f http://169.254.169.254/')).toMatchObject({ kind: 'run' })
    expect(shell('curl -f file:///etc/passwd')).toMatchObject({ kind: 'run' })
    expect(shell('curl -f http://localhost@evil.example/')).toMatchObject({ kind: 'run' })
  })

  it('with the words localhost and 127.0.0.1 meaning the task', () => {
    expect(shell('pg_isready -h localhost && nc -z 127.0.0.1 80')).toEqual({
      kind: 'run',
      file: 'sh',
      args: ['-c', 'pg_isready -h 127.10.0.12 && nc -z 127.10.0.12 80'],
    })
    expect(plan('CMD', 'redis-cli', '-h', 'localhost', 'ping')).toEqual({
      kind: 'run',
      file: 'redis-cli',
      args: ['-h', '127.10.0.12', 'ping'],
    })
  })

  it('without touching names that only contain it', () => {
    expect(shell('test -f /etc/localhost.conf; ping my-localhost 127.0.0.11')).toMatchObject({
      args: ['-c', 'test -f /etc/localhost.conf; ping my-localhost 127.0.0.11'],
    })
  })

  it('as it stands for Node, where the preload knows what localhost is', () => {
    expect(plan('CMD', 'node', '-e', 'fetch("http://localhost")')).toMatchObject({
      args: ['-e', 'fetch("http://localhost")'],
    })
  })
})

describe('no check at all', () => {
  it.each([[['NONE']], [[]], [['CMD']], [['CMD-SHELL', ' ']], [['curl', '-f', 'http://localhost/']]])(
    '%j',
    (command) => {
      expect(planHealthCheck(command, task, environment)).toEqual({ kind: 'none' })
    },
  )
})

describe('a port that the Service Connect proxy has taken', () => {
  const connect = { innerAddress: '127.10.0.99', proxiedPorts: [3000] }
  const made = (script: string) => planHealthCheck(['CMD-SHELL', script], { ...task, connect }, environment)

  it('is asked past the proxy by other commands than curl and wget', () => {
    expect(made('nc -z localhost:3000 && nc -z localhost:8080 && nc -z 127.0.0.1')).toMatchObject({
      args: ['-c', 'nc -z 127.10.0.99:3000 && nc -z 127.10.0.12:8080 && nc -z 127.10.0.12'],
    })
  })
})
