/** One record as it is stored: its place as text, and its text. */
export type Row = { readonly path: string; readonly value: string }

/** What one transaction does, in this order. */
export type RowChanges = {
  /** Everything that is there goes first. */
  readonly clear: boolean
  readonly put: readonly Row[]
  readonly remove: readonly string[]
}

/** Where the state of a local cloud is kept. Its owner is the only one who has it open. */
export type Store = {
  /** It was there before it was opened. */
  readonly restored: boolean
  /** All rows, in the order in which their paths were first put. */
  load(): Promise<Row[]>
  /** All of it or nothing, on disk when it resolves. */
  write(changes: RowChanges): Promise<void>
  /** Lets go of the lock. */
  close(): Promise<void>
}
