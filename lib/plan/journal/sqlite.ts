import 'server-only'
import { chmod } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { type Client, createClient, type Transaction } from '@libsql/client/sqlite3'
import { firstBrokenRow } from '../../activity/chain'
import { appendIntent, appendOutcome, openIntent, readActivity, readChain } from '../../activity/table'
import { type Journal, JournalUnavailable, type RunSummary } from '../journal'
import type { RunRecord } from '../run/record'
import { oneAtATime } from './one-at-a-time'
import { isAlive, type Owner } from './owner'
import { prepareTables } from './schema'
import { makePrivateFile } from './state-folder'
import { summaryOf } from './summary'

const FILE = 'journal.db'
/** Another console on the same folder writes for a few milliseconds at a time. */
const BUSY_MS = 5_000

async function openClient(folder: string): Promise<Client> {
  const file = await makePrivateFile(folder, FILE)
  const client = createClient({ url: pathToFileURL(file).href, timeout: BUSY_MS, concurrency: 1 })
  try {
    await prepareTables(client)
    // The files beside it hold the same.
    for (const suffix of ['-wal', '-shm']) await chmod(`${file}${suffix}`, 0o600)
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

type Statements = Pick<Transaction, 'execute'>

const saveRun = (statements: Statements, record: RunRecord) =>
  statements.execute({
    sql: 'UPDATE runs SET state = ?, summary = ?, record = ? WHERE id = ?',
    args: [record.run.state, JSON.stringify(summaryOf(record)), JSON.stringify(record), record.run.id],
  })

const holderOf = (row: Readonly<Record<string, unknown>> | undefined): Owner | null =>
  typeof row?.holder_pid === 'number'
    ? { pid: row.holder_pid, started: String(row.holder_started ?? '') }
    : null

/**
 * Opens the journal in a folder. `owner`: this process. The folder is made when it is missing. Throws `JournalUnavailable`, as everything
 * that it gives does.
 */
export async function openJournal(folder: string, owner: Owner): Promise<Journal> {
  const inTurn = oneAtATime()
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw new JournalUnavailable(folder, error)
    }
  }
  const client = await guarded(() => openClient(folder))
  const reading = <T>(work: (client: Client) => Promise<T>) => inTurn(() => guarded(() => work(client)))
  /** One write transaction: all of it is kept, or nothing. */
  const writing = <T>(work: (statements: Statements) => Promise<T>): Promise<T> =>
    inTurn(() =>
      guarded(async () => {
        const transaction = await client.transaction('write')
        try {
          const result = await work(transaction)
          await transaction.commit()
          return result
        } finally {
          transaction.close()
        }
      }),
    )

  return {
    begin: (record) =>
      writing(async (statements) => {
        const { id, intentId, state, startedAtMs } = record.run
        const known = await statements.execute({
          sql: 'SELECT id FROM runs WHERE intent_id = ?',
          args: [intentId],
        })
        const knownId = known.rows[0]?.id
        if (knownId !== undefined) return { begun: false, id: String(knownId) }
        await statements.execute({
          sql: `INSERT INTO runs (id, intent_id, kind, state, started_at_ms, summary, record, holder_pid, holder_started)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          args: [
            id,
            intentId,
            record.kind,
            state,
            startedAtMs,
            JSON.stringify(summaryOf(record)),
            JSON.stringify(record),
            owner.pid,
            owner.started,
          ],
        })
        return { begun: true, id }
      }),
    save: (record) =>
      writing(async (statements) => {
        await saveRun(statements, record)
      }),
    intend: (record, intent) =>
      writing(async (statements) => {
        await saveRun(statements, record)
        return appendIntent(statements, intent)
      }),
    conclude: (record, intentSeq, stepId, outcome) =>
      writing(async (statements) => {
        await saveRun(statements, record)
        await appendOutcome(statements, { intentSeq, runId: record.run.id, stepId }, outcome)
      }),
    concludeOpen: (record, stepId, outcome) =>
      writing(async (statements) => {
        await saveRun(statements, record)
        const intentSeq = await openIntent(statements, record.run.id, stepId)
        if (intentSeq !== null)
          await appendOutcome(statements, { intentSeq, runId: record.run.id, stepId }, outcome)
      }),
    intendAlone: (intent) => writing((statements) => appendIntent(statements, intent)),
    concludeAlone: (intentSeq, { runId, stepId }, outcome) =>
      writing(async (statements) => {
        await appendOutcome(statements, { intentSeq, runId, stepId }, outcome)
      }),
    read: (id) =>
      reading(async (open) => {
        const found = await open.execute({ sql: 'SELECT record FROM runs WHERE id = ?', args: [id] })
        const text = found.rows[0]?.record
        // Written by `save` alone.
        const record: RunRecord | null = typeof text === 'string' ? JSON.parse(text) : null
        return record
      }),
    runOfIntent: (intentId) =>
      reading(async (open) => {
        const found = await open.execute({ sql: 'SELECT id FROM runs WHERE intent_id = ?', args: [intentId] })
        const id = found.rows[0]?.id
        return id === undefined ? null : String(id)
      }),
    list: (limit) =>
      reading(async (open) => {
        const found = await open.execute({
          sql: 'SELECT summary FROM runs ORDER BY started_at_ms DESC, rowid DESC LIMIT ?',
          args: [limit],
        })
        return found.rows.map((row): RunSummary => JSON.parse(String(row.summary)))
      }),
    claim: (id) =>
      writing(async (statements) => {
        const found = await statements.execute({
          sql: 'SELECT holder_pid, holder_started FROM runs WHERE id = ?',
          args: [id],
        })
        const holder = holderOf(found.rows[0])
        const isOurs = holder?.pid === owner.pid && holder.started === owner.started
        if (holder && !isOurs && isAlive(holder)) return false
        const taken = await statements.execute({
          sql: 'UPDATE runs SET holder_pid = ?, holder_started = ? WHERE id = ?',
          args: [owner.pid, owner.started, id],
        })
        return taken.rowsAffected === 1
      }),
    release: (id) =>
      writing(async (statements) => {
        await statements.execute({
          sql: 'UPDATE runs SET holder_pid = NULL, holder_started = NULL WHERE id = ? AND holder_pid = ? AND holder_started = ?',
          args: [id, owner.pid, owner.started],
        })
      }),
    abandoned: () =>
      reading(async (open) => {
        const found = await open.execute(
          "SELECT id, holder_pid, holder_started FROM runs WHERE state IN ('running', 'undoing')",
        )
        return found.rows
          .filter((row) => {
            const holder = holderOf(row)
            return !holder || !isAlive(holder)
          })
          .map((row) => String(row.id))
      }),
    activity: (filter) => reading((open) => readActivity(open, filter)),
    verifyActivity: () => reading(async (open) => firstBrokenRow(await readChain(open))),
    close: () =>
      inTurn(async () => {
        client.close()
      }),
  }
}
