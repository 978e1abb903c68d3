import { describe, expect, it } from 'vitest'
import { inUse, newer, notWritten, StoreError, toStoreError } from '@/lib/emulator/store/store-error'

const errorOf = (code: string, message = 'technical words'): Error =>
  Object.assign(new Error(message), { code })

describe('why the state cannot be kept', () => {
  it.each([
    ['EACCES', /it may not be written \(EACCES\)/],
    ['EROFS', /read-only file system \(EROFS\)/],
    ['ENOSPC', /the disk is full \(ENOSPC\)/],
    ['ENOTDIR', /a part of its path is a file/],
    ['SQLITE_READONLY', /it may not be written \(SQLITE_READONLY\)/],
    ['SQLITE_FULL', /the disk is full/],
    ['UNHEARD_OF', /technical words/],
  ])('is told at the start, with the folder and what to do (%s)', (code, why) => {
    const told = toStoreError(errorOf(code), '/var/state')
    expect(told).toMatchObject({ code: 'StateUnusable', message: expect.stringMatching(why) })
    expect(told.message).toContain('/var/state')
    expect(told.message).toContain('--state-dir DIR')
    expect(told.message).toContain('--ephemeral')
  })

  it.each(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT'])('is told from damage (%s)', (code) => {
    expect(toStoreError(errorOf(code), '/var/state')).toMatchObject({
      code: 'StateCorrupt',
      message: expect.stringMatching(/is damaged .* Move the folder away/),
    })
  })

  it('keeps the words that it has already', () => {
    for (const error of [inUse('/s', 'pid 1'), inUse('/s', undefined), newer('/s', '2', 1)])
      expect(toStoreError(error, '/other')).toBe(error)
    expect(inUse('/s', undefined).message).not.toContain('(')
  })

  it('is told to whoever sent a change, with what still works', () => {
    const told = notWritten(errorOf('SQLITE_IOERR'))
    expect(told).toBeInstanceOf(StoreError)
    expect(told.message).toMatch(/cannot be read or written \(SQLITE_IOERR\)\. Reading goes on/)
    expect(notWritten('odd').message).toContain('odd')
  })
})
