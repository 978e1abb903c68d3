import { describe, expect, it } from 'vitest'
import { issuesOf } from '@/components/examples/form-issues'
import { readKept } from '@/components/examples/use-parameters'
import { copilot } from '@/lib/changes/examples/copilot'
import { deployExampleInput } from '@/lib/changes/inputs/examples'

describe('the parameters of an example', () => {
  it('are its own until something was chosen', () => {
    expect(readKept(copilot, null)).toEqual(copilot.defaults)
  })

  it('are found again', () => {
    const kept = { ...copilot.defaults, app1Count: 3 }
    expect(readKept(copilot, JSON.stringify(kept))).toEqual(kept)
  })

  it.each([
    ['no JSON', '{'],
    ['a name that cannot be', JSON.stringify({ ...copilot.defaults, namespaceName: 'a b' })],
    ['another example', JSON.stringify({ ...copilot.defaults, example: 'yelb' })],
    ['nothing', 'null'],
  ])('are its own again when what was kept is %s', (_, kept) => {
    expect(readKept(copilot, kept)).toEqual(copilot.defaults)
  })

  it('say what is wrong at the field, once', () => {
    const parsed = deployExampleInput.safeParse({ ...copilot.defaults, app1Count: 99, clusterName: '!' })
    expect(parsed.success).toBe(false)
    if (!parsed.success)
      expect(issuesOf(parsed.error).map(({ field }) => field)).toEqual(['clusterName', 'app1Count'])
  })
})
