import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '@/lib/changes/command-line'
import { supportedOperations } from '@/lib/emulator/wire/operations'
import { usage } from '@/lib/launch/options.mjs'
import { exampleInventory } from '../support/inventory'
import { worldOf } from '../support/world'

const readme = readFileSync('README.md', 'utf8')
const manifest: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))

/** A row of README's support table as a sorted list. */
function operationsInReadme(service: string): readonly string[] {
  const row = readme.split('\n').find((line) => line.startsWith(`| ${service} | `))
  return (row?.split('|')[2] ?? '').trim().split(', ')
}

describe('README', () => {
  const services = [...new Set(supportedOperations.map(({ service }) => service))]

  it.each(services)('lists exactly the operations of %s that the local cloud has', (service) => {
    const built = supportedOperations
      .filter((each) => each.service === service)
      .map(({ operation }) => operation)
    expect([...operationsInReadme(service)].sort()).toEqual([...built].sort())
  })

  it('names only scripts that exist', () => {
    for (const [, name = ''] of readme.matchAll(/npm (?:run )?(start|test|emulator|bench)\b/g))
      expect(Object.keys(manifest.scripts)).toContain(name)
  })

  it('names only options that npm start has', () => {
    const starts = [...readme.matchAll(/`npm start -- ([^`]*)`/g)].map(([, rest = '']) => rest)
    const options = starts.flatMap((text) => text.match(/--[a-z-]+/g) ?? [])
    expect(options.length).toBeGreaterThan(3)
    for (const option of options) expect(usage).toContain(option)
  })

  it('names only small changes that the palette reads, and one for each', () => {
    const row = readme.split('\n').find((line) => line.startsWith('| Small changes | ')) ?? ''
    const typed = [...row.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)
    const { topology } = worldOf(exampleInventory())
    const meant = typed.map((text) => readCommandLine(text, topology)[0]?.action)
    expect(meant.map((action) => (action?.kind === 'change' ? action.change : action?.kind))).toEqual([
      'scale',
      'redeploy',
      'new-revision',
      'run-service-task',
      'stop-task',
      'delete-namespace',
    ])
  })

  it('shows a picture and links to pages that are there', () => {
    const files = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, file = '']) => file)
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) expect(existsSync(file), file).toBe(true)
  })
})
