import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

const hasCli = (): boolean => {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    // Not on this machine: the same is said by the SDK in service-connect.test.ts.
    return false
  }
}

/** Calls the alias again and again, and says what it got. */
const caller = `
const ask = () => fetch('http://user-svc:80/api/users/123').then(
  async (reply) => console.log('answered', reply.status, (await reply.text()).slice(0, 200).replaceAll('\\n', ' ')),
  (error) => console.log('failed', error.cause?.code))
setInterval(ask, 500)`

const definition = (family: string, container: object) => ({
  family,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '512',
  memory: '1024',
  containerDefinitions: [{ name: family, essential: true, ...container }],
})
const serving = (portName: string) => ({
  enabled: true,
  services: [{ portName, discoveryName: 'user', clientAliases: [{ port: 80, dnsName: 'user-svc' }] }],
})
const files = {
  'user-service': definition('user-service', {
    image: 'user-service:latest',
    portMappings: [{ name: 'http', containerPort: 3000, appProtocol: 'http' }],
  }),
  'payment-service': definition('payment-service', { image: 'node:20', command: ['node', '-e', caller] }),
  'user-svc': serving('http'),
  'wrong-port': serving('web'),
}

let cloud: TestCloud
const folder = mkdtempSync(join(tmpdir(), 'switchboard-sc-cli-'))
beforeAll(async () => {
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
  cloud = await startTestCloud({ runtime: 'process' })
})
afterAll(async () => {
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
})

it.skipIf(!hasCli())(
  'the AWS CLI alone makes payment-service call http://user-svc:80, and a wrong portName is refused',
  async () => {
    const { stdout } = await promisify(execFile)(
      'sh',
      ['tests/support/service-connect.sh', String(cloud.port), folder],
      { timeout: 150_000 },
    )
    expect(stdout).toMatch(
      /refused: .*InvalidParameterException.*portName\(web\) does not refer to any named/,
    )
    expect(stdout).toContain('endpoint: user\n')
    expect(stdout).toContain('instances: 2\n')
    expect(stdout).toMatch(/payment-service: answered 200 .*user-service/)
    expect(stdout).toContain('left in Cloud Map: 0 services')
  },
  180_000,
)
