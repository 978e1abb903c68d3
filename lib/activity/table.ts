import type { Client, InValue, Row, Transaction } from '@libsql/client/sqlite3'
import { type ChainRow, FIRST_HASH, hashOf } from './chain'
import type { ActivityEntry, ActivityFilter, ActivityIntent, ActivityOutcome, ActivityPage } from './entry'

/** Rows are only ever added: the database itself refuses anything else. */
export const activitySchema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS activity (
    seq INTEGER PRIMARY KEY,
    intent_seq INTEGER,
    run_id TEXT NOT NULL,
    step_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    result TEXT,
    search TEXT NOT NULL,
    content TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX IF NOT EXISTS activity_of_intent ON activity (intent_seq, seq)',
  'CREATE INDEX IF NOT EXISTS activity_of_run ON activity (run_id, seq)',
  `CREATE TRIGGER IF NOT EXISTS activity_is_not_changed BEFORE UPDATE ON activity
    BEGIN SELECT RAISE(ABORT, 'The activity is only ever added to.'); END`,
  `CREATE TRIGGER IF NOT EXISTS activity_is_not_removed BEFORE DELETE ON activity
    BEGIN SELECT RAISE(ABORT, 'The activity is only ever added to.'); END`,
]

type Statements = Pick<Transaction, 'execute'>

async function append(
  statements: Statements,
  row: {
    readonly intentSeq: number | null
    readonly runId: string
    readonly stepId: string
    readonly atMs: number
    readonly result: string | null
    readonly search: string
    readonly content: string
  },
): Promise<number> {
  const last = await statements.execute('SELECT seq, hash FROM activity ORDER BY seq DESC LIMIT 1')
  const seq = Number(last.rows[0]?.seq ?? 0) + 1
  const previousHash = String(last.rows[0]?.hash ?? FIRST_HASH)
  const hash = hashOf({ seq, content: row.content, previousHash })
  await statements.execute({
    sql: `INSERT INTO activity (seq, intent_seq, run_id, step_id, at_ms, result, search, content, previous_hash, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      seq,
      row.intentSeq,
      row.runId,
      row.stepId,
      row.atMs,
      row.result,
      row.search,
      row.content,
      previousHash,
      hash,
    ],
  })
  return seq
}

/** Writes an intent down; gives its number. In a write transaction only. */
export function appendIntent(statements: Statements, intent: ActivityIntent): Promise<number> {
  const { runId, stepId, atMs, subject, command, action, sentence, sessionId, accountId, region } = intent
  return append(statements, {
    intentSeq: null,
    runId,
    stepId,
    atMs,
    result: null,
    search: [subject, command, action, sentence, sessionId, accountId, region, runId]
      .join('\n')
      .toLowerCase(),
    content: JSON.stringify(intent),
  })
}

/** Writes an outcome down. In a write transaction only. */
export function appendOutcome(
  statements: Statements,
  of: { readonly intentSeq: number; readonly runId: string; readonly stepId: string },
  outcome: ActivityOutcome,
): Promise<number> {
  return append(statements, {
    ...of,
    atMs: outcome.atMs,
    result: outcome.result,
    search: [outcome.requestId, outcome.errorCode].join('\n').toLowerCase(),
    content: JSON.stringify({ ...of, ...outcome }),
  })
}

/** The newest intent of a step that has no outcome but `unknown`; null: none. */
export async function openIntent(
  statements: Statements,
  runId: string,
  stepId: string,
): Promise<number | null> {
  const found = await statements.execute({
    sql: `SELECT seq FROM activity AS i WHERE run_id = ? AND step_id = ? AND intent_seq IS NULL
      AND NOT EXISTS (SELECT 1 FROM activity AS o WHERE o.intent_seq = i.seq AND o.result <> 'unknown')
      ORDER BY seq DESC LIMIT 1`,
    args: [runId, stepId],
  })
  const seq = found.rows[0]?.seq
  return seq === undefined ? null : Number(seq)
}

const likePattern = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

function whereOf(filter: ActivityFilter): { readonly sql: string; readonly args: readonly InValue[] } {
  const parts = ['i.intent_seq IS NULL']
  const args: InValue[] = []
  const add = (sql: string, ...values: InValue[]) => {
    parts.push(sql)
    args.push(...values)
  }
  if (filter.beforeSeq !== null) add('i.seq < ?', filter.beforeSeq)
  if (filter.fromMs !== null) add('i.at_ms >= ?', filter.fromMs)
  if (filter.toMs !== null) add('i.at_ms <= ?', filter.toMs)
  if (filter.runId !== null) add('i.run_id = ?', filter.runId)
  if (filter.result === 'intended') add('o.seq IS NULL')
  else if (filter.result !== null) add('o.result = ?', filter.result)
  if (filter.text) {
    const pattern = likePattern(filter.text)
    add("(i.search LIKE ? ESCAPE '\\' OR o.search LIKE ? ESCAPE '\\')", pattern, pattern)
  }
  return { sql: parts.join(' AND '), args }
}

const results = ['done', 'failed', 'unknown'] as const

const nothingYet: Omit<ActivityOutcome, 'atMs' | 'result'> = {
  requestId: null,
  durationMs: null,
  errorCode: null,
}

function entryOf(row: Row): ActivityEntry {
  // Written by this file alone, and its hash says so.
  const intent: ActivityIntent = JSON.parse(String(row.content))
  const outcome: ActivityOutcome | null = row.outcome === null ? null : JSON.parse(String(row.outcome))
  const { requestId, durationMs, errorCode } = outcome ?? nothingYet
  return {
    ...intent,
    seq: Number(row.seq),
    result: results.find((result) => result === outcome?.result) ?? 'intended',
    requestId,
    durationMs,
    errorCode,
  }
}

/** One page of the activity, newest first. */
export async function readActivity(
  client: Pick<Client, 'execute'>,
  filter: ActivityFilter,
): Promise<ActivityPage> {
  const where = whereOf(filter)
  const found = await client.execute({
    sql: `SELECT i.seq AS seq, i.content AS content, o.content AS outcome FROM activity AS i
      LEFT JOIN activity AS o ON o.seq = (SELECT MAX(seq) FROM activity WHERE intent_seq = i.seq)
      WHERE ${where.sql} ORDER BY i.seq DESC LIMIT ?`,
    args: [...where.args, filter.limit + 1],
  })
  const entries = found.rows.slice(0, filter.limit).map(entryOf)
  return { entries, nextBeforeSeq: found.rows.length > filter.limit ? (entries.at(-1)?.seq ?? null) : null }
}

/** Every row in order, for a check of the chain. */
export async function readChain(client: Pick<Client, 'execute'>): Promise<readonly ChainRow[]> {
  const found = await client.execute('SELECT seq, content, previous_hash, hash FROM activity ORDER BY seq')
  return found.rows.map((row) => ({
    seq: Number(row.seq),
    content: String(row.content),
    previousHash: String(row.previous_hash),
    hash: String(row.hash),
  }))
}
