import { chmod, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ActivityFilter, ActivityIntent, ActivityOutcome } from '@/lib/activity/entry'
import { type Journal, JournalUnavailable } from '@/lib/plan/journal'
import { type Owner, ownerOf } from '@/lib/plan/journal/owner'
import { openJournal } from '@/lib/plan/journal/sqlite'
import type { RunRecord } from '@/lib/plan/run/record'
import type { RunState } from '@/lib/plan/run-state'
import { makeStateFolder } from '../../../support/plan-scene'
import { recordWith } from '../../../support/run-records'

const me = ownerOf(process.pid)
/** No process has this id: the kernel gives none above 2^22 (proc(5), pid_max). */
const dead: Owner = { pid: 2 ** 22 + 1, started: '' }
/** Lives as long as this process. */
const other = ownerOf(process.ppid)

const runOf = (id: string, state: RunState = 'running', startedAtMs = 1_000): RunRecord =>
  recordWith({}, { id, intentId: `intent of ${id}`, state, startedAtMs })
const intentOf = (runId: string): ActivityIntent => ({
  atMs: 1_000,
  runId,
  stepId: 'cluster',
  sessionId: 'session-1',
  role: 'operator',
  address: null,
  action: 'create-cluster',
  command: 'ecs:CreateCluster',
  accountId: '000000000000',
  region: 'us-east-1',
  endpointUrl: null,
  subject: 'shop',
  sentence: 'Create cluster shop.',
})
const outcomeOf = (result: ActivityOutcome['result']): ActivityOutcome => ({
  atMs: 2_000,
  result,
  requestId: 'request-1',
  durationMs: 5,
  errorCode: null,
})
const everything: ActivityFilter = {
  text: null,
  result: null,
  fromMs: null,
  toMs: null,
  runId: null,
  beforeSeq: null,
  limit: 50,
}

let state: Awaited<ReturnType<typeof makeStateFolder>>
let open: Journal[]
async function journalOf(owner: Owner): Promise<Journal> {
  const journal = await openJournal(state.folder, owner)
  open.push(journal)
  return journal
}
beforeEach(async () => {
  state = await makeStateFolder()
  open = []
})
afterEach(async () => {
  await Promise.all(open.map((journal) => journal.close()))
  await state.remove()
})

describe('a journal', () => {
  it('gives a run back as it was kept last, to another console too', async () => {
    const journal = await journalOf(me)
    const record = runOf('run-1')
    expect(await journal.begin(record)).toEqual({ begun: true, id: 'run-1' })
    const later = { ...record, version: 7, run: { ...record.run, state: 'failed' as const } }
    await journal.save(later)
    expect(await (await journalOf(other)).read('run-1')).toEqual(later)
    expect(await journal.read('run-2')).toBeNull()
  })

  it('keeps the first run of an intent only', async () => {
    const journal = await journalOf(me)
    const first = runOf('run-1')
    await journal.begin(first)
    const second = { ...runOf('run-2'), run: { ...runOf('run-2').run, intentId: first.run.intentId } }
    expect(await journal.begin(second)).toEqual({ begun: false, id: 'run-1' })
    expect(await journal.read('run-2')).toBeNull()
    expect(await journal.runOfIntent(first.run.intentId)).toBe('run-1')
    expect(await journal.runOfIntent('nobody’s')).toBeNull()
  })

  it('begins one run when the same intent comes many times at once', async () => {
    const journal = await journalOf(me)
    const { intentId } = runOf('run-0').run
    const ids = Array.from({ length: 8 }, (_, at) => `run-${at}`)
    const begun = await Promise.all(
      ids.map((id) => journal.begin({ ...runOf(id), run: { ...runOf(id).run, intentId } })),
    )
    expect(begun.filter((one) => one.begun)).toHaveLength(1)
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1)
  })

  it('lists the newest first, and no more than wanted', async () => {
    const journal = await journalOf(me)
    await journal.begin(runOf('old', 'done', 1_000))
    await journal.begin(runOf('newest', 'done', 3_000))
    await journal.begin(runOf('new', 'done', 2_000))
    expect((await journal.list(2)).map(({ id }) => id)).toEqual(['newest', 'new'])
  })
})

describe('who works at a run', () => {
  it('keeps it from every other console that lives', async () => {
    const mine = await journalOf(me)
    const theirs = await journalOf(other)
    await mine.begin(runOf('run-1'))
    expect(await theirs.claim('run-1')).toBe(false)
    expect(await mine.claim('run-1')).toBe(true)
    await theirs.release('run-1')
    expect(await theirs.claim('run-1')).toBe(false)
    await mine.release('run-1')
    expect(await theirs.claim('run-1')).toBe(true)
    expect(await mine.claim('run-1')).toBe(false)
  })

  it('loses it when it is dead', async () => {
    await (await journalOf(dead)).begin(runOf('run-1'))
    const mine = await journalOf(me)
    expect(await mine.abandoned()).toEqual(['run-1'])
    expect(await mine.claim('run-1')).toBe(true)
    expect(await mine.abandoned()).toEqual([])
  })

  it('abandons only what was under way', async () => {
    const theirs = await journalOf(dead)
    for (const one of ['running', 'undoing', 'done', 'failed', 'unknown', 'undone'] as const)
      await theirs.begin(runOf(one, one))
    expect([...(await (await journalOf(me)).abandoned())].sort()).toEqual(['running', 'undoing'])
  })

  it('cannot take a run that is not there', async () => {
    expect(await (await journalOf(me)).claim('run-1')).toBe(false)
  })
})

describe('the audit', () => {
  it('is written together with the run: an intent before a call, its outcome after', async () => {
    const journal = await journalOf(me)
    const record = runOf('run-1')
    await journal.begin(record)
    const before = { ...record, version: 2 }
    const seq = await journal.intend(before, intentOf('run-1'))
    expect(await journal.read('run-1')).toEqual(before)
    expect((await journal.activity(everything)).entries).toMatchObject([{ seq, result: 'intended' }])
    await journal.conclude({ ...record, version: 3 }, seq, 'cluster', outcomeOf('done'))
    expect((await journal.read('run-1'))?.version).toBe(3)
    expect((await journal.activity(everything)).entries).toMatchObject([
      { seq, result: 'done', requestId: 'request-1' },
    ])
    expect(await journal.verifyActivity()).toBeNull()
  })

  it('concludes what a console left open, and keeps the run alone where nothing is open', async () => {
    const journal = await journalOf(me)
    const record = runOf('run-1')
    await journal.begin(record)
    await journal.concludeOpen({ ...record, version: 2 }, 'cluster', outcomeOf('done'))
    expect((await journal.read('run-1'))?.version).toBe(2)
    expect((await journal.activity(everything)).entries).toEqual([])
    await journal.intend(record, intentOf('run-1'))
    await journal.concludeOpen(record, 'cluster', outcomeOf('failed'))
    expect((await journal.activity(everything)).entries).toMatchObject([{ result: 'failed' }])
  })

  it('takes calls that belong to no run', async () => {
    const journal = await journalOf(me)
    const seq = await journal.intendAlone(intentOf('alone-1'))
    await journal.concludeAlone(seq, intentOf('alone-1'), outcomeOf('done'))
    expect((await journal.activity(everything)).entries).toMatchObject([{ runId: 'alone-1', result: 'done' }])
  })
})

describe('a folder', () => {
  it('and its files are for nobody else', async () => {
    await (await journalOf(me)).begin(runOf('run-1'))
    const modeOf = async (name: string) => ((await stat(join(state.folder, name))).mode & 0o777).toString(8)
    expect(await modeOf('.')).toBe('700')
    for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm'])
      expect(await modeOf(name)).toBe('600')
  })

  it('with something else in the file is not used, and the error says what to do', async () => {
    const file = join(state.folder, 'journal.db')
    await writeFile(file, 'no data base at all, and long enough to be looked at as one'.repeat(20))
    await chmod(file, 0o600)
    const error: unknown = await openJournal(state.folder, me).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(JournalUnavailable)
    expect(error).toMatchObject({ code: 'NoAudit', remedy: expect.stringContaining(state.folder) })
  })

  it('that is no folder is not used', async () => {
    const file = join(state.folder, 'file')
    await writeFile(file, '')
    await expect(openJournal(file, me)).rejects.toBeInstanceOf(JournalUnavailable)
  })
})

describe('a write that fails', () => {
  it('says so, and keeps nothing of it', async () => {
    const journal = await journalOf(me)
    await journal.begin(runOf('run-1'))
    await expect(
      journal.begin({ ...runOf('run-1'), run: { ...runOf('run-1').run, intentId: 'another' } }),
    ).rejects.toBeInstanceOf(JournalUnavailable)
    expect(await journal.runOfIntent('another')).toBeNull()
    await journal.save(runOf('run-1', 'done'))
    expect((await journal.read('run-1'))?.run.state).toBe('done')
  })
})
