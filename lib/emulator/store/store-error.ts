/** Why the state cannot be kept; `message` is for a person and says what to do. */
export class StoreError extends Error {
  readonly code: 'StateInUse' | 'StateNewer' | 'StateCorrupt' | 'StateUnusable' | 'StateNotWritten'

  constructor(code: StoreError['code'], message: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}

const remedy = 'choose another folder with --state-dir DIR, or keep nothing with --ephemeral.'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is a file of that name',
  SQLITE_READONLY: 'it may not be written',
  SQLITE_PERM: 'it may not be written',
  SQLITE_CANTOPEN: 'its database cannot be opened',
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR: 'the disk cannot be read or written',
}

const damage: ReadonlySet<string> = new Set([
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_FORMAT',
  'SQLITE_SCHEMA',
])

/** The system's or the database's own code of an error, for example `ENOSPC` or `SQLITE_FULL`; empty without one. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Why the state of a folder cannot be used, for a person at the start. A `StoreError` stays as it is. */
export function toStoreError(error: unknown, folder: string): StoreError {
  if (error instanceof StoreError) return error
  // A database that cannot be opened at all has no code of its own, only these words.
  const code = messageOf(error).startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : codeOf(error)
  if (damage.has(code)) return corrupt(folder, messageOf(error))
  const why = reasons[code] ? `${reasons[code]} (${code})` : messageOf(error)
  return new StoreError(
    'StateUnusable',
    `The state folder ${folder} cannot be used: ${why}. Change that, ${remedy}`,
  )
}

/** The folder's content is no state of ours any more. */
export const corrupt = (folder: string, detail: string): StoreError =>
  new StoreError(
    'StateCorrupt',
    `The state in ${folder} is damaged (${detail}). Move the folder away to begin anew, or start with --ephemeral.`,
  )

/** Another local cloud holds the lock. */
export const inUse = (folder: string, owner: string | undefined): StoreError =>
  new StoreError(
    'StateInUse',
    `The state in ${folder} is in use by another local cloud${owner === undefined ? '' : ` (${owner})`}. Stop that one, ${remedy}`,
  )

/** A later version of Switchboard wrote the state. */
export const newer = (folder: string, found: string, known: number): StoreError =>
  new StoreError(
    'StateNewer',
    `The state in ${folder} was written by a newer Switchboard (form ${found}; this one knows form ${known}). Start that one, ${remedy}`,
  )

/** Why a write was not kept while the local cloud runs, for whoever sent it. */
export function notWritten(error: unknown): StoreError {
  const code = codeOf(error)
  const why = reasons[code] ? `${reasons[code]} (${code})` : messageOf(error)
  return new StoreError(
    'StateNotWritten',
    `The local cloud cannot store changes: ${why}. Reading goes on; free the disk and try again.`,
  )
}
