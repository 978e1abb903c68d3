import { type Client, createClient } from '@libsql/client/sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstBrokenRow } from '@/lib/activity/chain'
import type { ActivityFilter, ActivityIntent, ActivityOutcome } from '@/lib/activity/entry'
import {
  activitySchema,
  appendIntent,
  appendOutcome,
  openIntent,
  readActivity,
  readChain,
} from '@/lib/activity/table'

const intent = (own: Partial<ActivityIntent> = {}): ActivityIntent => ({
  atMs: 1_000,
  runId: 'run-1',
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
  ...own,
})
const outcome = (own: Partial<ActivityOutcome> = {}): ActivityOutcome => ({
  atMs: 2_000,
  result: 'done',
  requestId: 'request-1',
  durationMs: 5,
  errorCode: null,
  ...own,
})
const of = { runId: 'run-1', stepId: 'cluster' }
const everything: ActivityFilter = {
  text: null,
  result: null,
  fromMs: null,
  toMs: null,
  runId: null,
  beforeSeq: null,
  limit: 50,
}

let client: Client
beforeEach(async () => {
  client = createClient({ url: ':memory:' })
  for (const sql of activitySchema) await client.execute(sql)
})
afterEach(() => client.close())

const found = async (own: Partial<ActivityFilter>) =>
  (await readActivity(client, { ...everything, ...own })).entries.map(({ seq }) => seq)

describe('the activity', () => {
  it('shows an intent with its newest outcome', async () => {
    const seq = await appendIntent(client, intent())
    const [before] = (await readActivity(client, everything)).entries
    expect(before).toEqual({
      ...intent(),
      seq,
      result: 'intended',
      requestId: null,
      durationMs: null,
      errorCode: null,
    })
    await appendOutcome(client, { intentSeq: seq, ...of }, outcome({ result: 'unknown', requestId: null }))
    await appendOutcome(client, { intentSeq: seq, ...of }, outcome())
    expect((await readActivity(client, everything)).entries).toEqual([
      { ...intent(), seq, result: 'done', requestId: 'request-1', durationMs: 5, errorCode: null },
    ])
  })

  it('can neither be changed nor removed, and its chain is whole', async () => {
    const seq = await appendIntent(client, intent())
    await appendOutcome(client, { intentSeq: seq, ...of }, outcome())
    await expect(client.execute("UPDATE activity SET content = '{}'")).rejects.toThrow('only ever added to')
    await expect(client.execute('DELETE FROM activity')).rejects.toThrow('only ever added to')
    const rows = await readChain(client)
    expect(rows.map((row) => row.seq)).toEqual([1, 2])
    expect(firstBrokenRow(rows)).toBeNull()
  })

  it('finds the intent of a step that is still open', async () => {
    expect(await openIntent(client, 'run-1', 'cluster')).toBeNull()
    const seq = await appendIntent(client, intent())
    await appendIntent(client, intent({ stepId: 'namespace' }))
    expect(await openIntent(client, 'run-1', 'cluster')).toBe(seq)
    await appendOutcome(client, { intentSeq: seq, ...of }, outcome({ result: 'unknown' }))
    expect(await openIntent(client, 'run-1', 'cluster')).toBe(seq)
    await appendOutcome(client, { intentSeq: seq, ...of }, outcome())
    expect(await openIntent(client, 'run-1', 'cluster')).toBeNull()
  })

  it('is shown in pages, newest first', async () => {
    for (let count = 0; count < 5; count += 1) await appendIntent(client, intent())
    const first = await readActivity(client, { ...everything, limit: 2 })
    expect(first.entries.map(({ seq }) => seq)).toEqual([5, 4])
    expect(first.nextBeforeSeq).toBe(4)
    const last = await readActivity(client, { ...everything, limit: 3, beforeSeq: 4 })
    expect(last.entries.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(last.nextBeforeSeq).toBeNull()
  })

  it.each<[Partial<ActivityFilter>, readonly number[]]>([
    [{}, [2, 1]],
    [{ text: 'SHOP' }, [1]],
    [{ text: 'request-1' }, [1]],
    [{ text: 'session-2' }, [2]],
    [{ text: '50%_off\\' }, [2]],
    [{ text: '%' }, [2]],
    [{ text: '_' }, [2]],
    [{ text: "' OR 1=1 --" }, []],
    [{ result: 'done' }, [1]],
    [{ result: 'failed' }, []],
    [{ result: 'intended' }, [2]],
    [{ fromMs: 1_001 }, [2]],
    [{ toMs: 1_000 }, [1]],
    [{ runId: 'run-2' }, [2]],
    [{ text: 'shop', result: 'intended' }, []],
  ])('is filtered: %j', async (filter, wanted) => {
    await appendIntent(client, intent())
    await appendIntent(
      client,
      intent({
        runId: 'run-2',
        atMs: 9_000,
        sessionId: 'session-2',
        subject: '50%_off\\',
        sentence: 'Delete it.',
      }),
    )
    await appendOutcome(client, { intentSeq: 1, ...of }, outcome())
    expect(await found(filter)).toEqual(wanted)
  })
})
