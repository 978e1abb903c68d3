import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startChild } from '@/lib/launch/children.mjs'
import { root } from '@/lib/launch/repository.mjs'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-child-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function start(name: string, program: string) {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, program)
  const lines: string[] = []
  const child = startChild(relative(root, file), [], {
    readyPrefix: 'cloud ready',
    onLine: (line) => lines.push(line),
    onErrorLine: (line) => lines.push(`error ${line}`),
  })
  return { child, lines }
}

describe('a server that npm start holds', () => {
  it('is ready when it says so, and each of its lines is handed on, warnings too', async () => {
    const { child, lines } = start(
      'server',
      `console.log('listening')
       console.error('warn: AWS would refuse this')
       process.stdin.on('end', () => process.exit(0)).resume()
       console.log('cloud ready http://127.0.0.1:1')`,
    )
    expect(await child.ready).toBe('http://127.0.0.1:1')
    await child.stop()
    expect(lines.toSorted()).toEqual(['error warn: AWS would refuse this', 'listening'])
  })

  it('is told apart from one that ended before it was ready', async () => {
    const { child } = start('broken', 'process.exit(3)')
    await expect(child.ready).rejects.toThrow('ended before it was ready (exit code 3)')
    expect(await child.ended).toBe(3)
  })
})
