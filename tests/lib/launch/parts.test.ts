import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { benchParts, benchUsage } from '@/lib/launch/bench-parts.mjs'
import { chooseParts } from '@/lib/launch/parts.mjs'

const parts = ['types', 'unit', 'sdk']

describe('the parts of npm test and npm run bench', () => {
  it('are all meant when none is named', () => {
    expect(chooseParts([], parts)).toEqual({ kind: 'run', wanted: parts })
  })

  it('are those that are named', () => {
    expect(chooseParts(['sdk', 'unit'], parts)).toEqual({ kind: 'run', wanted: ['sdk', 'unit'] })
  })

  it.each(['--help', '-h'])('are explained by %s, whatever else is there', (flag) => {
    expect(chooseParts(['unit', flag], parts)).toEqual({ kind: 'help' })
    expect(chooseParts(['nothing', flag], parts)).toEqual({ kind: 'help' })
  })

  it.each([['units'], ['--unit'], ['toString'], ['']])('%j is none', (name) => {
    expect(chooseParts(['unit', name], parts)).toEqual({ kind: 'unknown', name })
  })

  it('are those that the measurements have', () => {
    const main = readFileSync('tests/bench/main.mjs', 'utf8')
    const table = /const parts = \{\n([\s\S]*?)\n\}/.exec(main)?.[1] ?? ''
    const measured = [...table.matchAll(/^\s*'?([a-z-]+)'?: measure/gm)].map(([, name]) => name)
    expect(measured).toEqual(Object.keys(benchParts))
    for (const name of measured) expect(benchUsage).toContain(`  ${name} `)
  })
})
