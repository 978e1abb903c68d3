import { describe, expect, it } from 'vitest'
import { Replay } from '@/lib/emulator/service-connect/plane/retry/replay'

const bytes = (text: string) => Buffer.from(text)

describe('what is kept of a body for another try', () => {
  it('is all of it, in order', () => {
    const replay = new Replay(10)
    expect(replay.read()).toBeUndefined()
    replay.keep(bytes('one '), false)
    expect(replay.read()?.toString()).toBe('one ')
    replay.keep(bytes('two'), true)
    expect(replay.read()?.toString()).toBe('one two')
    expect(replay.isWhole).toBe(true)
  })

  it('is nothing any more once it is too long: a part of a body is no request', () => {
    const replay = new Replay(4)
    replay.keep(bytes('1234'), true)
    replay.keep(bytes('5'), true)
    expect([replay.isWhole, replay.read()]).toEqual([false, undefined])
    replay.keep(bytes('6'), true)
    expect(replay.read()).toBeUndefined()
  })

  it('is too long and all the same kept while nobody has had it', () => {
    const replay = new Replay(4)
    replay.keep(bytes('12345'), false)
    expect([replay.isWhole, replay.read()?.toString()]).toEqual([true, '12345'])
    replay.keep(bytes('6'), true)
    expect(replay.isWhole).toBe(false)
  })
})
