import { describe, expect, it } from 'vitest'
import { makeExecSessions } from '@/lib/emulator/exec/sessions'
import { randomIds } from '@/lib/emulator/ids'
import { makeManualClock } from '../../../support/manual-clock'
import { testScope } from '../../../support/test-context'

const limits = { atOnce: 5, perContainer: 3, claimWithinMs: 60_000 }
const target = (container = 'app', taskId = 't1') => ({ taskId, container, words: ['sh'] })
const setUp = () => {
  const clock = makeManualClock()
  const sessions = makeExecSessions({ clock, ids: randomIds, place: () => '127.0.0.1:4680', limits })
  const open = (of = target()) => {
    const granted = sessions.open(testScope, of)
    if (!granted) throw new Error('refused')
    return granted
  }
  return { clock, sessions, open }
}

describe('a granted session', () => {
  it('is handed out for its token, once', () => {
    const { sessions, open } = setUp()
    const { sessionId, token } = open()
    expect(sessionId).toMatch(/^ecs-execute-command-[a-z0-9]{26}$/)
    expect(sessions.streamUrl(sessionId)).toBe(
      `ws://127.0.0.1:4680/v1/data-channel/${sessionId}?role=publish_subscribe`,
    )
    expect(sessions.claim(sessionId, token)).toMatchObject({ id: sessionId, taskId: 't1', words: ['sh'] })
    expect(sessions.claim(sessionId, token)).toBeUndefined()
    expect(sessions.isWaiting(sessionId)).toBe(false)
  })

  it('is not handed out for any other token', () => {
    const { sessions, open } = setUp()
    const { sessionId, token } = open()
    for (const wrong of [
      '',
      'x',
      token.slice(1),
      `${token}0`,
      token.toUpperCase() === token ? '0' : token.toUpperCase(),
    ])
      expect(sessions.claim(sessionId, wrong)).toBeUndefined()
    expect(sessions.claim(open().sessionId, token)).toBeUndefined()
    expect(sessions.claim(sessionId, token)).toBeDefined()
  })

  it('is forgotten when nobody connects', () => {
    const { clock, sessions, open } = setUp()
    const { sessionId, token } = open()
    clock.advance(60_000)
    expect(sessions.isWaiting(sessionId)).toBe(false)
    expect(sessions.claim(sessionId, token)).toBeUndefined()
  })

  it('is one of so many per container, and in all', () => {
    const { clock, sessions, open } = setUp()
    const first = [open(), open(), open()]
    expect(sessions.open(testScope, target())).toBeUndefined()
    open(target('other'))
    open(target('app', 't2'))
    expect(sessions.open(testScope, target('third'))).toBeUndefined()
    // One that is connected counts until it ends; one that nobody came for does not.
    sessions.claim(first[0]?.sessionId ?? '', first[0]?.token ?? '')
    clock.advance(60_000)
    open()
    open()
    expect(sessions.open(testScope, target())).toBeUndefined()
    sessions.forget(first[0]?.sessionId ?? '')
    open()
  })
})
