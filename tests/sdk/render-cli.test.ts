import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Plan } from '@/lib/plan/plan'
import { renderPlan } from '@/lib/plan/render/render'
import { describeAll } from '../support/described'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene } from '../support/plan-scene'
import { demoPlan, hostilePlan } from '../support/sample-plans'

const hasCli = (() => {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
if (!hasCli)
  process.stderr.write('render-cli: there is no aws on the PATH, so its printed text is not run here.\n')

let bySdk: TestCloud
let byCli: TestCloud
let scene: PlanScene
let state: Awaited<ReturnType<typeof makeStateFolder>>

beforeAll(async () => {
  bySdk = await startTestCloud()
  byCli = await startTestCloud()
  state = await makeStateFolder()
  scene = startScene(bySdk.url, state.folder)
})
afterAll(async () => {
  await scene?.stop()
  await state?.remove()
  await Promise.all([bySdk?.stop(), byCli?.stop()])
})

/** Runs the printed text of a plan as a person would, against the second cloud. */
async function runText(plan: Plan): Promise<string> {
  const target = { region: 'us-east-1', endpointUrl: byCli.url, accountId: null }
  const { text, fileName } = renderPlan(plan, 'cli', target)
  const folder = mkdtempSync(join(tmpdir(), 'render-cli-'))
  try {
    writeFileSync(join(folder, fileName), text)
    const env = { ...process.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
    const { stdout } = await promisify(execFile)('sh', [fileName], { cwd: folder, env })
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!hasCli)('the CLI text of a plan, run by the real AWS CLI', { timeout: 180_000 }, () => {
  it('makes what the console makes with the same plan', async () => {
    const plan = demoPlan()
    const [run, printed] = await Promise.all([scene.run(plan), runText(plan)])
    expect(run).toMatchObject({ state: 'done', error: null })
    expect(printed).toContain(':service/default/backend-api-service')
    expect(await describeAll(byCli)).toEqual(await describeAll(bySdk))
  })

  it('carries hostile texts as the console does', async () => {
    const plan = hostilePlan()
    const [run] = await Promise.all([scene.run(plan), runText(plan)])
    expect(run).toMatchObject({ state: 'done', error: null })
    const [cli, sdk] = await Promise.all([describeAll(byCli), describeAll(bySdk)])
    expect(cli).toEqual(sdk)
    expect(JSON.stringify(cli)).toContain('$(touch canary)')
  })
})
