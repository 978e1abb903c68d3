import { describe, expect, it } from 'vitest'
import { lastWords, progressLine } from '@/lib/launch/progress.mjs'

describe('the words that show how far a build is', () => {
  it.each([
    ['   Creating an optimized production build ...\n', 'Creating an optimized production build'],
    ['\u001b[32m✓\u001b[39m Compiled successfully in 21.3s\n', 'Compiled successfully in 21.3s'],
    ['Collecting page data ...\n   Generating static pages (0/12) ...\n', 'Generating static pages (0/12)'],
    ['Collecting page data\r\n\r\n', 'Collecting page data'],
    ['Linting\n┌ ƒ /\n├ ƒ /api/call\n└ ○ /icon.svg\n\nƒ  (Dynamic)  server-rendered\n', 'Linting'],
  ])('of %j are %j', (output, words) => {
    expect(lastWords(output)).toBe(words)
  })

  it('stay while nothing new is said', () => {
    expect(lastWords('\n  ...\n', 'Collecting page data')).toBe('Collecting page data')
    expect(lastWords('')).toBe('')
  })

  it('stand beside the time, and never fill more than a line', () => {
    expect(progressLine('Building', 12_900, '', 80)).toBe('Building … 12 s')
    expect(progressLine('Building', 12_900, 'Collecting page data', 80)).toBe(
      'Building … 12 s, Collecting page data',
    )
    expect(progressLine('Building', 12_900, 'Collecting page data', 20)).toBe('Building … 12 s, Co…')
    expect(progressLine('Building', 0, 'Collecting', 0)).toBe('…')
  })
})
