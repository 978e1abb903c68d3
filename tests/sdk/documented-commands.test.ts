import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

const has = (command: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    // Not on this machine.
    return false
  }
}

/** The shell text of a page that holds some words. */
function blockOf(page: string, words: string): string {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  const [found = ''] = blocks.flatMap(([, text = '']) => (text.includes(words) ? [text] : []))
  expect(found, `a block of ${page} with ${words}`).not.toBe('')
  return found
}

let cloud: TestCloud
let home: string
beforeAll(async () => {
  cloud = await startTestCloud({ faults: true, runtime: 'simulated' })
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  await vi.waitFor(
    async () => {
      const inventory = await (await fetch(`${cloud.url}/_local/inventory`)).text()
      expect(inventory).toContain('"instances":3')
    },
    { timeout: 20_000, interval: 50 },
  )
  home = mkdtempSync(join(tmpdir(), 'switchboard-home-'))
})
afterAll(async () => {
  await cloud?.stop()
  rmSync(home, { recursive: true, force: true })
})

/** Runs it word for word, except for the port, in a shell that knows nothing else of AWS. */
const run = async (text: string) => {
  const { PATH, PYENV_ROOT, NODE_ENV } = process.env
  const env = { PATH, PYENV_ROOT, NODE_ENV, HOME: home }
  const script = `set -e\n${text.replaceAll(':4680', `:${cloud.port}`)}`
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env, timeout: 60_000 })
  return stdout
}

describe('what the pages say to type', () => {
  it.skipIf(!has('aws') || !has('dig') || !has('curl'))(
    'README: the AWS CLI and dig against the local cloud',
    async () => {
      const said = await run(blockOf('README.md', 'dig @127.0.0.1'))
      expect(said).toContain('service/default/backend-api-service')
      expect(said).toContain('"clusterName": "second"')
      expect(said).toMatch(/^backend-api\.production\.local\.\s+60\s+IN\s+A\s+127\./m)
    },
    90_000,
  )

  it.skipIf(!has('curl'))('CONTRIBUTING: a call that breaks, and what is left', async () => {
    const said = await run(blockOf('CONTRIBUTING.md', '/_local/faults'))
    expect(said).toContain('"operation":"ecs:CreateService"')
    expect(said).toContain('"kind":"drop-answer"')
    expect(said).toContain('"services":2')
  })
})
