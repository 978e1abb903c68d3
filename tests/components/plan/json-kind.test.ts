import { describe, expect, it } from 'vitest'
import { kindOfJson, mostCharacters } from '@/components/plan/json-kind'

describe('what a pasted text is', () => {
  it('is a plan by its steps', () => {
    expect(kindOfJson('{"steps": []}')).toEqual({ kind: 'plan', problem: null })
  })

  it('is a task definition, as it is registered or as it is described', () => {
    expect(kindOfJson('{"containerDefinitions": []}').kind).toBe('task definition')
    expect(kindOfJson('{"taskDefinition": {}}').kind).toBe('task definition')
  })

  it.each([
    ['', 'Paste JSON'],
    ['  \n', 'Paste JSON'],
    ['{', 'This is no JSON'],
    ['[]', 'neither a plan nor a task definition'],
    ['null', 'neither a plan nor a task definition'],
    ['{"a": 1}', 'neither steps'],
    ['x'.repeat(mostCharacters + 1), 'too long'],
  ])('is told apart from what cannot be used: %.20s', (text, problem) => {
    const kind = kindOfJson(text)
    expect(kind.kind).toBe('unknown')
    expect(kind.problem).toContain(problem)
  })
})
