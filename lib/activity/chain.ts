import { createHash } from 'node:crypto'

/** A row of the audit as it is kept: its content as JSON text, so that what is hashed is what is read. */
export type ChainRow = {
  readonly seq: number
  readonly content: string
  readonly previousHash: string
  readonly hash: string
}

/** Before the first row. */
export const FIRST_HASH = '0'.repeat(64)

/** The hash of a row: over its number, its content and the row before, so that none can be changed, removed or put in unseen. */
export function hashOf(row: Pick<ChainRow, 'seq' | 'content' | 'previousHash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([row.seq, row.previousHash, row.content]))
    .digest('hex')
}

/** The number of the first row that does not fit the one before; null when all do. Rows in order of their numbers. */
export function firstBrokenRow(rows: Iterable<ChainRow>): number | null {
  let previousHash = FIRST_HASH
  let seq = 0
  for (const row of rows) {
    seq += 1
    if (row.seq !== seq || row.previousHash !== previousHash || row.hash !== hashOf(row)) return row.seq
    previousHash = row.hash
  }
  return null
}
