import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChainRow, FIRST_HASH, firstBrokenRow, hashOf } from '@/lib/activity/chain'

/** Rows as the audit writes them. */
function chainOf(contents: readonly string[]): readonly ChainRow[] {
  let previousHash = FIRST_HASH
  return contents.map((content, index) => {
    const row = { seq: index + 1, content, previousHash }
    previousHash = hashOf(row)
    return { ...row, hash: previousHash }
  })
}

const contents = fc.array(fc.string({ maxLength: 20 }), { minLength: 2, maxLength: 8 })
const runs = { numRuns: 40 }

describe('the chain of the audit', () => {
  it('is whole as it was written', () => {
    fc.assert(
      fc.property(contents, (texts) => {
        expect(firstBrokenRow(chainOf(texts))).toBeNull()
      }),
      runs,
    )
  })

  it('is whole when nothing was written yet', () => {
    expect(firstBrokenRow([])).toBeNull()
  })

  it('is broken at the row whose content was changed', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (texts, at) => {
        const index = at % texts.length
        const rows = chainOf(texts).map((row, of) =>
          of === index ? { ...row, content: `${row.content}!` } : row,
        )
        expect(firstBrokenRow(rows)).toBe(index + 1)
      }),
      runs,
    )
  })

  it('is broken behind a row that was changed together with its hash', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (texts, at) => {
        const index = at % (texts.length - 1)
        const rows = chainOf(texts).map((row, of) => {
          if (of !== index) return row
          const changed = { ...row, content: `${row.content}!` }
          return { ...changed, hash: hashOf(changed) }
        })
        expect(firstBrokenRow(rows)).toBe(index + 2)
      }),
      runs,
    )
  })

  it('is broken where a row was taken out', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (texts, at) => {
        const index = at % (texts.length - 1)
        expect(firstBrokenRow(chainOf(texts).filter((_row, of) => of !== index))).toBe(index + 2)
      }),
      runs,
    )
  })

  it('is broken where two rows changed places', () => {
    const [one, two, three] = chainOf(['a', 'b', 'c'])
    if (!one || !two || !three) throw new Error('three rows were made')
    expect(firstBrokenRow([one, three, two])).toBe(3)
  })

  it('is broken where a row was put in', () => {
    const rows = chainOf(['a', 'b'])
    const last = rows.at(-1)
    if (!last) throw new Error('two rows were made')
    expect(firstBrokenRow([...rows, { ...last, seq: 3 }])).toBe(3)
  })

  it('tells number, content and the row before apart', () => {
    const hashes = [
      { seq: 1, content: '1', previousHash: '' },
      { seq: 11, content: '', previousHash: '' },
      { seq: 1, content: '', previousHash: '1' },
      { seq: 1, content: '","', previousHash: '' },
    ].map(hashOf)
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
