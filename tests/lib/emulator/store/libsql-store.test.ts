import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { createClient } from '@libsql/client/sqlite3'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openLibsqlStore, storeForm } from '@/lib/emulator/store/libsql-store'
import type { Row, Store } from '@/lib/emulator/store/store'

const root = mkdtempSync(join(tmpdir(), 'switchboard-libsql-'))
const opened = new Set<Store>()
afterEach(async () => {
  for (const store of opened) await store.close()
  opened.clear()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const freshFolder = () => mkdtempSync(join(root, 'it’s #1? 100% '))
async function open(folder: string): Promise<Store> {
  const store = await openLibsqlStore(folder)
  opened.add(store)
  return {
    ...store,
    close() {
      opened.delete(store)
      return store.close()
    },
  }
}
const row = (path: string, value = 'v'): Row => ({ path, value })
const put = (...rows: Row[]) => ({ clear: false, put: rows, remove: [] })

describe('the store in a folder', () => {
  it('gives back what was written, in the order in which it first came, after it was opened again', async () => {
    const folder = freshFolder()
    const first = await open(folder)
    expect(first.restored).toBe(false)
    expect(await first.load()).toEqual([])
    await first.write(put(row('b'), row('a'), row('c')))
    await first.write({ clear: false, put: [row('b', 'changed')], remove: ['a'] })
    await first.write({ clear: false, put: [row('a', 'again')], remove: [] })
    await first.close()
    const second = await open(folder)
    expect(second.restored).toBe(true)
    expect(await second.load()).toEqual([row('b', 'changed'), row('c'), row('a', 'again')])
    await second.write({ clear: true, put: [row('z')], remove: ['nothing'] })
    expect(await second.load()).toEqual([row('z')])
  })

  const anyText = fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text))
  test.prop([fc.uniqueArray(fc.tuple(anyText, anyText), { selector: ([path]) => path })], { numRuns: 30 })(
    'gives back any text',
    async (pairs) => {
      const store = await open(freshFolder())
      const rows = pairs.map(([path, value]) => row(path, value))
      await store.write(put(...rows))
      expect(await store.load()).toEqual(rows)
      await store.close()
    },
  )

  it('writes all or nothing', async () => {
    const store = await open(freshFolder())
    await store.write(put(row('kept')))
    // A row without a value breaks the second statement, after the first has emptied the table.
    const broken = { clear: true, put: [{ path: 'x', value: null as unknown as string }], remove: [] }
    await expect(store.write(broken)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT' })
    expect(await store.load()).toEqual([row('kept')])
    await store.write(put(row('next')))
    expect(await store.load()).toHaveLength(2)
  })

  it('belongs to one at a time', async () => {
    const folder = freshFolder()
    const first = await open(folder)
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    await first.write(put(row('a')))
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    await first.write(put(row('b')))
    await first.close()
    expect(await (await open(folder)).load()).toHaveLength(2)
  })

  it('is nobody else’s to read, with all its files', async () => {
    const folder = freshFolder()
    const store = await open(folder)
    await store.write(put(row('a')))
    const files = readdirSync(folder)
    expect(files).toContain('state.db')
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  })

  it('is refused when a newer Switchboard wrote it, and left as it is', async () => {
    const folder = freshFolder()
    await (await openLibsqlStore(folder)).close()
    const client = createClient({ url: `file:${encodeURIComponent(folder).replaceAll('%2F', '/')}/state.db` })
    await client.execute({
      sql: "UPDATE meta SET value = ? WHERE name = 'form'",
      args: [String(storeForm + 1)],
    })
    client.close()
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({
      code: 'StateNewer',
      message: expect.stringMatching(/newer Switchboard \(form 2; this one knows form 1\).*--state-dir/),
    })
  })

  it.each([
    ['text', 'this is no database, but it is long enough to look like one would. '.repeat(20)],
    ['a header without a body', `SQLite format 3\0${'x'.repeat(2_000)}`],
  ])('is refused when its file is %s', async (_, content) => {
    const folder = freshFolder()
    writeFileSync(join(folder, 'state.db'), content)
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({
      code: expect.stringMatching(/^SQLITE_(?:NOTADB|CORRUPT)$/),
    })
  })

  it('is refused when a page in its middle is damaged', async () => {
    const folder = freshFolder()
    const store = await open(folder)
    await store.write(
      put(...Array.from({ length: 500 }, (_, index) => row(`path ${index}`, 'v'.repeat(500)))),
    )
    await store.close()
    const file = join(folder, 'state.db')
    const size = statSync(file).size
    const { openSync, writeSync, closeSync } = await import('node:fs')
    const descriptor = openSync(file, 'r+')
    writeSync(descriptor, Buffer.alloc(8_192, 0xa5), 0, 8_192, Math.floor(size / 8_192 / 2) * 8_192)
    closeSync(descriptor)
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:StateCorrupt|SQLITE_CORRUPT)$/),
    })
  })
})
