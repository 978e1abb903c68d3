import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '@/lib/launch/repository.mjs'
import { changeScenes } from '../../support/change-scenes'
import type { Death } from '../../support/fault-points'
import { leftIn, leftOnce } from '../../support/left-in-cloud'
import { makeStateFolder, startScene } from '../../support/plan-scene'
import { runThrough } from '../../support/run-into-fault'
import { begin, beginAgain, type Stage, startStage } from '../../support/stage'

// What is native is found in the node_modules of the repository, so the program has to lie inside.
const folder = `${root}/dist/console-to-kill-${process.pid}`
let stage: Stage

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: ['tests/support/console-to-kill.ts'],
    outfile: `${folder}/main.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['@libsql/client'],
    alias: { '@': root, 'server-only': `${root}/tests/support/server-only.ts` },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
  stage = await startStage()
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stage?.stop()
})

/** Runs a plan in a console of its own until that kills itself. Resolves with the signal that ended it. */
async function runUntilKilled(of: object): Promise<NodeJS.Signals | null> {
  const told = `${folder}/told.json`
  writeFileSync(told, JSON.stringify(of))
  const child = spawn(process.execPath, ['--no-warnings', `${folder}/main.mjs`, told], { stdio: 'inherit' })
  const [, signal] = await once(child, 'exit')
  return signal
}

const scene = changeScenes.find(({ name }) => name === 'create a service with all it needs')
if (!scene) throw new Error('There is no such scene.')

describe('a console that is ended by kill -9', () => {
  const deaths: readonly Death[] = [
    'after the intent was written',
    'after the call, before the outcome',
    'after the outcome',
  ]

  it.each(deaths)(
    '%s finds its run again, and completes it or takes it back',
    async (death) => {
      const first = await begin(stage, scene)
      const before = await leftIn(stage.cloud)
      const { left: complete } = await runThrough(stage, first.plan, ({ lines }) =>
        lines.some((line) => line.startsWith('service api: 2 of 2') && line.includes(' 1 deployments,')),
      )
      for (const [index, { id: stepId }] of first.plan.steps.entries()) {
        const { plan } = await beginAgain(stage, scene, { last: first, isAsBefore: false })
        const state = await makeStateFolder()
        const where = { url: stage.cloud.url, folder: state.folder }
        expect(await runUntilKilled({ ...where, plan, stepId, death })).toBe('SIGKILL')
        const next = startScene(stage.cloud.url, state.folder, { target: stage.target })
        const [found] = await next.runner.list(10)
        const id = found?.id ?? ''
        expect(found?.state, stepId).toBe('interrupted')
        const isUndo = index % 2 === 1
        const run = await (isUndo ? next.undo(id) : next.retry(id))
        expect([stepId, run.state]).toEqual([stepId, isUndo ? 'undone' : 'done'])
        const wanted = isUndo ? before.lines : complete.lines
        const left = await leftOnce(
          stage.cloud,
          ({ lines }) => JSON.stringify(lines) === JSON.stringify(wanted),
        )
        expect([stepId, left.lines]).toEqual([stepId, wanted])
        if (!isUndo) expect([stepId, left.history]).toEqual([stepId, complete.history])
        await next.runner.stop()
        await state.remove()
      }
    },
    120_000,
  )
})
