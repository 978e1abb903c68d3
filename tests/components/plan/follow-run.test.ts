import { beforeEach, describe, expect, it, vi } from 'vitest'
import { followRun, type RunNews, type RunWorld } from '@/components/plan/follow-run'
import { madeUpRun } from '../../support/made-up-runs'

class MadeUpStream extends EventTarget {
  readyState = 1
  close = vi.fn(() => {
    this.readyState = 2
  })
  tell(data: unknown) {
    this.dispatchEvent(new MessageEvent('run', { data: JSON.stringify(data) }))
  }
  /** The browser tries again by itself, unless it was refused. */
  cut(refused: boolean) {
    this.readyState = refused ? 2 : 0
    this.dispatchEvent(new Event('error'))
  }
}

let streams: MadeUpStream[] = []
let waiting: { run: () => void; delayMs: number }[] = []
let heard: RunNews[] = []
let nowMs = 0
let refusal: string | null = null

const world: RunWorld = {
  connect: () => {
    const stream = new MadeUpStream()
    streams.push(stream)
    return stream
  },
  askWhy: async () => refusal,
  nowMs: () => nowMs,
  later: (run, delayMs) => {
    const entry = { run, delayMs }
    waiting.push(entry)
    return () => {
      waiting = waiting.filter((each) => each !== entry)
    }
  },
}

const start = () => followRun('run-1', world, (news) => heard.push(news))
const newest = () => heard.at(-1)
const stream = (at: number): MadeUpStream => {
  const found = streams[at]
  if (!found) throw new Error(`there is no stream ${at}`)
  return found
}

beforeEach(() => {
  streams = []
  waiting = []
  heard = []
  nowMs = 100
  refusal = null
})

describe('following a run', () => {
  it('tells of every state it hears of, and when', () => {
    start()
    stream(0).tell(madeUpRun())
    expect(newest()).toMatchObject({ run: { state: 'running' }, heardAtMs: 100, connection: 'open' })
  })

  it('does not ask again for a run at rest whose stream has ended', () => {
    start()
    stream(0).tell(madeUpRun({ state: 'done' }))
    expect(newest()?.connection).toBe('at rest')
    stream(0).cut(true)
    expect(newest()?.connection).toBe('at rest')
    expect(waiting).toEqual([])
  })

  it('still hears what becomes of a lost answer that is looked up', () => {
    start()
    stream(0).tell(madeUpRun({ state: 'unknown' }, { state: 'unknown' }))
    stream(0).tell(madeUpRun({ state: 'failed' }, { state: 'done', made: true }))
    expect(newest()?.run?.state).toBe('failed')
  })

  it('keeps what it has, with its age, when the console does not answer', () => {
    start()
    stream(0).tell(madeUpRun())
    nowMs = 900
    stream(0).cut(false)
    expect(newest()).toMatchObject({
      run: { id: 'run-1' },
      heardAtMs: 100,
      connection: 'broken',
      refusal: null,
    })
    expect(streams).toHaveLength(1)
  })

  it('goes on when the browser has connected again', () => {
    start()
    stream(0).cut(false)
    stream(0).tell(madeUpRun({}, { state: 'waiting' }))
    expect(newest()).toMatchObject({ connection: 'open' })
  })

  it('tries a refused stream again with growing pauses and says why it was refused', async () => {
    refusal = 'Your session has ended.'
    start()
    const delays: (number | undefined)[] = []
    for (const at of [0, 1, 2]) {
      stream(at).cut(true)
      delays.push(waiting.at(-1)?.delayMs)
      await vi.waitFor(() => expect(newest()?.refusal).toBe('Your session has ended.'))
      waiting.at(-1)?.run()
    }
    expect(delays).toEqual([500, 1_000, 2_000])
    expect(streams).toHaveLength(4)
    stream(3).tell(madeUpRun())
    expect(newest()).toMatchObject({ connection: 'open', refusal: null })
  })

  it('says nothing more once nobody listens, and tries nothing', () => {
    const stop = start()
    stream(0).cut(true)
    stop()
    const before = heard.length
    expect(waiting).toEqual([])
    stream(0).tell(madeUpRun())
    expect(heard).toHaveLength(before)
  })

  it('does not listen to a stream it has given up', () => {
    start()
    stream(0).cut(true)
    waiting.at(-1)?.run()
    stream(1).tell(madeUpRun({ state: 'done' }))
    stream(0).tell(madeUpRun({ state: 'running' }))
    expect(newest()?.run?.state).toBe('done')
  })
})
