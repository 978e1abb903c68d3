import { describe, expect, it } from 'vitest'
import { hasSeenEnd, streamRun } from '@/lib/plan/run-stream'
import type { RunNow } from '@/lib/plan/runner'
import { runNow, tellingReader } from '../../support/told-runner'

const never = new AbortController().signal
const show = ({ id, state }: RunNow['record']['run']) => ({ id, state })

const eventOf = (version: number, state: string) =>
  `id: run-1.${version}\nevent: run\ndata: ${JSON.stringify({ id: 'run-1', state })}\n\n`

function streamOf(first: RunNow, news: readonly RunNow[], signal = never) {
  const runner = tellingReader(first, news)
  return { runner, stream: streamRun({ runner, first, show, signal }) }
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}

describe('the stream of a run', () => {
  it('tells the run, each change, and ends with its rest', async () => {
    const { stream } = streamOf(runNow(1, true, 'running'), [
      runNow(2, true, 'running'),
      runNow(5, false, 'done'),
    ])
    expect(await readAll(stream)).toBe(
      ['retry: 1000\n\n', eventOf(1, 'running'), eventOf(2, 'running'), eventOf(5, 'done')].join(''),
    )
  })

  it('of a run that rests is that run alone', async () => {
    const { stream, runner } = streamOf(runNow(4, false, 'failed'), [])
    expect(await readAll(stream)).toBe(`retry: 1000\n\n${eventOf(4, 'failed')}`)
    expect(runner.asked()).toEqual([])
  })

  it('ends when the request does', async () => {
    const request = new AbortController()
    const { stream } = streamOf(runNow(1, true, 'running'), [], request.signal)
    const text = readAll(stream)
    request.abort()
    expect(await text).toContain('retry: 1000')
  })

  it('stops asking when the browser has gone', async () => {
    const { stream, runner } = streamOf(runNow(1, true, 'running'), [])
    const reader = stream.getReader()
    await reader.read()
    await reader.read()
    await reader.cancel()
    expect(runner.asked().length).toBeLessThanOrEqual(1)
  })

  it('asks for what is newer than it has told', async () => {
    const { stream, runner } = streamOf(runNow(3, true, 'running'), [
      runNow(8, true, 'running'),
      runNow(9, false, 'done'),
    ])
    await readAll(stream)
    expect(runner.asked()).toEqual([3, 8])
  })
})

describe('a browser that comes back', () => {
  it.each<[string, RunNow, string | null, boolean]>([
    ['has seen the end', runNow(4, false, 'done'), 'run-1.4', true],
    ['has seen what was before', runNow(4, false, 'done'), 'run-1.3', false],
    ['has seen another run', runNow(4, false, 'done'), 'run-2.4', false],
    ['has seen nothing', runNow(4, false, 'done'), null, false],
    ['waits for more', runNow(4, true, 'running'), 'run-1.4', false],
  ])('%s', (_what, now, lastEventId, wanted) => {
    expect(hasSeenEnd(now, lastEventId)).toBe(wanted)
  })
})
