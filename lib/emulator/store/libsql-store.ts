import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client, InStatement } from '@libsql/client'
import type { Row, RowChanges, Store } from './store'
import { codeOf, corrupt, newer } from './store-error'

/** The form of the rows. It moves when a row can no longer be read by the code before. */
export const storeForm = 1

/**
 * The log is taken over into the database when it has 16 MiB. With SQLite's 4 MiB that happens every few writes when there are many, and
 * each time everybody waits for the disk twice more.
 */
const checkpointPages = 4_000

const schema: readonly InStatement[] = [
  'CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT',
  'CREATE TABLE records (position INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT',
  { sql: "INSERT INTO meta (name, value) VALUES ('form', ?)", args: [String(storeForm)] },
]

/**
 * Opens the database of a state folder and holds it exclusively: the lock is the kernel's and dies with this process.
 * Rejects with SQLite's error, `SQLITE_BUSY` when somebody else holds it, or with a `StoreError` about its content.
 */
export async function openLibsqlStore(folder: string): Promise<Store> {
  const file = join(folder, 'state.db')
  keepPrivate(file)
  // Only who keeps state pays for loading the database.
  const { createClient } = await import('@libsql/client/sqlite3')
  const client = createClient({ url: pathToFileURL(file).href, concurrency: 1 })
  try {
    const restored = await prepare(client, folder)
    return {
      restored,
      load: () => load(client),
      write: (changes) => write(client, changes),
      close: () => close(client),
    }
  } catch (error) {
    // Why it cannot be used is what matters, not what else goes wrong with it.
    await close(client).catch(() => undefined)
    throw error
  }
}

/**
 * The connection itself is only closed when its statements are collected as garbage. So that the lock is let go of now,
 * it leaves WAL and the exclusive mode first, which also gathers everything in the one file.
 */
async function close(client: Client): Promise<void> {
  try {
    await client.execute('PRAGMA journal_mode = DELETE')
    await client.execute('PRAGMA locking_mode = NORMAL')
    await client.execute('SELECT count(*) FROM sqlite_schema')
  } finally {
    client.close()
  }
}

/** SQLite would make it readable for all; its other files take over the mode of this one. */
function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    // Not opened and closed again: that would drop the lock of another holder in this process.
    chmodSync(file, 0o600)
  }
}

async function prepare(client: Client, folder: string): Promise<boolean> {
  // In this order: with the exclusive lock before the first access, WAL needs no memory shared between processes.
  await client.execute('PRAGMA locking_mode = EXCLUSIVE')
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA synchronous = FULL')
  await client.execute(`PRAGMA wal_autocheckpoint = ${checkpointPages}`)
  const check = await client.execute('PRAGMA quick_check(1)')
  const verdict = String(check.rows[0]?.[0])
  if (verdict !== 'ok') throw corrupt(folder, verdict)
  const tables = await client.execute("SELECT name FROM sqlite_schema WHERE name IN ('meta', 'records')")
  if (tables.rows.length === 0) {
    await client.batch([...schema], 'write')
    return false
  }
  const meta = await client.execute("SELECT value FROM meta WHERE name = 'form'")
  const form = String(meta.rows[0]?.[0] ?? '')
  if (!/^\d+$/.test(form)) throw corrupt(folder, 'its form is not told')
  if (Number(form) > storeForm) throw newer(folder, form, storeForm)
  // The lock of a database that was only read can be shared.
  await client.batch([], 'write')
  return true
}

async function load(client: Client): Promise<Row[]> {
  const { rows } = await client.execute('SELECT path, value FROM records ORDER BY position')
  return rows.map((row) => ({ path: String(row[0]), value: String(row[1]) }))
}

/** One statement for all rows: preparing a statement costs more than a row. */
async function write(client: Client, { clear, put, remove }: RowChanges): Promise<void> {
  const statements: InStatement[] = []
  if (clear) statements.push('DELETE FROM records')
  if (remove.length > 0)
    statements.push({
      sql: 'DELETE FROM records WHERE path IN (SELECT value FROM json_each(?))',
      args: [JSON.stringify(remove)],
    })
  if (put.length > 0)
    statements.push({
      sql: `INSERT INTO records (path, value) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
        ON CONFLICT (path) DO UPDATE SET value = excluded.value`,
      args: [JSON.stringify(put.map(({ path, value }) => [path, value]))],
    })
  if (statements.length > 0) await client.batch(statements, 'write')
}
