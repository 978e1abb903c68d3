import { readFileSync } from 'node:fs'
import { ownerOf } from '@/lib/plan/journal/owner'
import { openJournal } from '@/lib/plan/journal/sqlite'
import { type Death, mortalJournal } from './fault-points'
import { startScene, tester } from './plan-scene'

// A console as a process of its own, which kills itself with `kill -9` at one point of one step. Its only argument names a file that says
// where and what.
const { url, folder, plan, stepId, death } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))

const at: { death: Death; inUndo: boolean } = { death, inUndo: false }
const journal = await openJournal(folder, ownerOf(process.pid))
const mortal = mortalJournal(journal, stepId, at, async () => {})
void mortal.died.then(() => process.kill(process.pid, 'SIGKILL'))
const scene = startScene(url, folder, { openJournal: async () => mortal.journal })
const { runId } = await scene.runner.start({ intentId: `kill at ${stepId}`, kind: 'test', plan, by: tester })
await scene.runner.ended(runId)
