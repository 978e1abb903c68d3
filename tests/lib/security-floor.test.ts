import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import floor from '../support/security-floor.json'

type Lock = {
  packages: Record<
    string,
    { version?: string; integrity?: string; resolved?: string; link?: boolean; inBundle?: boolean }
  >
}
type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>

const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'))

const numbers = (version: string): number[] => (version.split('-')[0] ?? '').split('.').map(Number)

/** Whether `version` is `minimum` or later. */
function isAtLeast(version: string, minimum: string): boolean {
  const [have, want] = [numbers(version), numbers(minimum)]
  for (let part = 0; part < 3; part++) {
    const difference = (have[part] ?? 0) - (want[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

const installed = (name: string): [string, string][] =>
  Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([path, entry]) => [path, entry.version ?? ''])

describe('the versions of what we build on (S-01)', () => {
  it.each([
    ['16.4.6', '16.4.5', true],
    ['16.4.5', '16.4.5', true],
    ['16.4.4', '16.4.5', false],
    ['16.10.0', '16.4.5', true],
    ['15.9.9', '16.0.0', false],
    ['19.4.0-canary.1', '19.3.1', true],
  ])('%s against at least %s is %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected)
  })

  it.each(Object.entries(floor.minimum))(
    '%s is nowhere older than its last security fix',
    (name, { version: minimum }) => {
      for (const [path, version] of installed(name))
        expect(isAtLeast(version, minimum), `${path} is ${version}`).toBe(true)
    },
  )

  it('finds the packages that it speaks of', () => {
    for (const name of ['next', 'react', 'react-dom', 'zod', 'undici'])
      expect(installed(name), name).not.toEqual([])
  })

  it('was looked at in the last 45 days', () => {
    const ageDays = (Date.now() - Date.parse(floor.reviewed)) / 86_400_000
    expect(ageDays, 'Look for new advisories, raise the floor, and set "reviewed" to today.').toBeLessThan(45)
  })
})

describe('the lockfile (S-24)', () => {
  const entries = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.link)

  it('names no download address', () => {
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([])
  })

  it('knows the content of every package by its hash', () => {
    // What a package brings along inside itself is under that package's hash.
    const own = entries.filter(([, entry]) => !entry.inBundle)
    expect(own.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([])
  })

  it('follows exact versions only', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, range]) => !/^\d+\.\d+\.\d+$/.test(range),
    )
    expect(ranges).toEqual([])
  })
})
