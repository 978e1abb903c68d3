import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { consoleSources } from '@/lib/launch/build.mjs'
import { root } from '@/lib/launch/repository.mjs'

/** Source files below a folder, or the file itself. */
function sourcesBelow(path: string): readonly string[] {
  if (/\.(tsx?|mjs)$/.test(path)) return [path]
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() || /\.(tsx?|mjs)$/.test(entry.name) ? sourcesBelow(`${path}/${entry.name}`) : [],
  )
}

/** The folders of lib that a file imports: `lib/plan`. */
function roomsOf(path: string): readonly string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].flatMap(([, name = '']) => {
    const file = name.startsWith('@/') ? name.slice(2) : name.startsWith('.') ? join(dirname(path), name) : ''
    return /^lib\/[^/]+/.exec(file) ?? []
  })
}

/** Every folder of lib that the console is made of, with those that they import themselves. */
function roomsOfConsole(): ReadonlySet<string> {
  const found = new Set<string>()
  let left: readonly string[] = ['app', 'components', 'proxy.ts']
  while (left.length > 0) {
    const rooms = new Set(left.flatMap(sourcesBelow).flatMap(roomsOf))
    left = [...rooms].filter((room) => !found.has(room))
    for (const room of left) found.add(room)
  }
  return found
}

describe('what the console is built from', () => {
  const rooms = [...roomsOfConsole()].sort()

  it('is found by following the imports', () => {
    expect(rooms).toEqual(expect.arrayContaining(['lib/access', 'lib/activity', 'lib/plan', 'lib/topology']))
  })

  it.each(rooms)('%s: a change there builds the console anew', (room) => {
    expect(consoleSources).toContain(room)
  })

  it.each(consoleSources)('%s is there', (path) => {
    const [top = '', ...below] = path.split('/')
    expect(readdirSync(join(root, ...(below.length > 0 ? [top] : [])))).toContain(below[0] ?? top)
  })
})
