import type { Client } from '@libsql/client/sqlite3'
import { activitySchema } from '../../activity/table'

/** Raised with every change of the tables; a newer one than this is not touched. */
export const SCHEMA_VERSION = 1

const runSchema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY,
    intent_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    summary TEXT NOT NULL,
    record TEXT NOT NULL,
    holder_pid INTEGER,
    holder_started TEXT
  ) STRICT`,
  'CREATE INDEX IF NOT EXISTS runs_newest ON runs (started_at_ms)',
  "CREATE INDEX IF NOT EXISTS runs_under_way ON runs (state) WHERE state IN ('running', 'undoing')",
]

/** A journal that a newer console has written. */
export class NewerJournal extends Error {
  override readonly name = 'NewerJournal'
}

/** Makes the tables, or checks that they are ours. FULL: a row is on the disk before the call it tells of is sent. */
export async function prepareTables(client: Client): Promise<void> {
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA synchronous = FULL')
  const found = await client.execute('PRAGMA user_version')
  const version = Number(Object.values(found.rows[0] ?? {})[0] ?? 0)
  if (version > SCHEMA_VERSION)
    throw new NewerJournal(
      `it was written by a newer console (version ${version}; this one knows ${SCHEMA_VERSION})`,
    )
  if (version === SCHEMA_VERSION) return
  await client.batch(
    [...runSchema, ...activitySchema, `PRAGMA user_version = ${SCHEMA_VERSION}`].map((sql) => ({
      sql,
      args: [],
    })),
    'write',
  )
}
