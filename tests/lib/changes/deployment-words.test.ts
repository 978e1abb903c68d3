import { describe, expect, it } from 'vitest'
import { rolloutBounds, rolloutSentence } from '@/lib/changes/deployment-words'

describe('what the percentages mean for a count', () => {
  it.each([
    [2, 100, 200, 2, 4],
    [4, 50, 200, 2, 8],
    [3, 100, 125, 3, 3],
    [2, 75, 200, 2, 4],
    [1, 0, 100, 0, 1],
    [0, 100, 200, 0, 0],
  ])('%i tasks at %i/%i: at least %i, at most %i', (desired, minimum, maximum, floor, ceiling) => {
    expect(rolloutBounds(desired, minimum, maximum)).toEqual({ floor, ceiling })
  })

  it.each([
    [0, 100, 200, 'With no task there is nothing to replace.'],
    [
      1,
      100,
      200,
      'A deployment starts the new task before it stops an old one; up to 2 tasks run meanwhile.',
    ],
    [
      2,
      100,
      200,
      'A deployment starts all 2 new tasks before it stops an old one; up to 4 tasks run meanwhile.',
    ],
    [
      4,
      100,
      150,
      'A deployment starts 2 tasks more, then stops as many old ones, and goes on so; never fewer than 4 serve.',
    ],
    [
      3,
      100,
      125,
      'With 3 tasks a deployment can neither stop an old one nor start a new one: it never ends.',
    ],
    [4, 50, 100, 'A deployment stops 2 tasks before it starts as many new ones; 2 keep serving.'],
    [1, 0, 100, 'A deployment may stop the task before a new one runs: nobody may answer for a while.'],
    [
      2,
      0,
      200,
      'A deployment may stop all 2 old tasks at once and run up to 4 tasks: nobody may answer for a while.',
    ],
    [4, 50, 200, 'A deployment may stop 2 tasks and start 4 tasks more at once; 2 keep serving.'],
  ])('%i tasks at %i/%i in words', (desired, minimum, maximum, words) => {
    expect(rolloutSentence(desired, minimum, maximum)).toBe(words)
  })
})
