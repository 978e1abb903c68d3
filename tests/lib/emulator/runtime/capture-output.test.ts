import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { captureOutput } from '@/lib/emulator/runtime/capture-output'
import { makeManualClock } from '../../../support/manual-clock'

const budget = { keptBytesPerSecond: 100, burstBytes: 200, readBytesPerSecond: 1000 }

function setUp() {
  const clock = makeManualClock(1000)
  const events: { atMs: number; message: string }[] = []
  const capture = captureOutput(clock, (added) => events.push(...added), budget)
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  capture.add(stdout)
  capture.add(stderr)
  return { clock, capture, stdout, stderr, events, messages: () => events.map((event) => event.message) }
}

it('keeps lines of both streams with their time', () => {
  const { stdout, stderr, clock, events } = setUp()
  stdout.write('out\n')
  clock.advance(5)
  stderr.write('err\n')
  expect(events).toEqual([
    { atMs: 1000, message: 'out' },
    { atMs: 1005, message: 'err' },
  ])
})

it('does not mix unfinished lines of the two', () => {
  const { stdout, stderr, capture, messages } = setUp()
  stdout.write('half ')
  stderr.write('other\n')
  stdout.write('whole\n')
  stdout.write('last')
  capture.finish()
  expect(messages()).toEqual(['other', 'half whole', 'last'])
})

it('drops a flood, counts it in one line, and goes on', () => {
  const { stdout, clock, messages, events } = setUp()
  stdout.write('first\n')
  stdout.write(Buffer.alloc(300, 'x'))
  clock.advance(10_000)
  stdout.write(Buffer.alloc(400, 'x'))
  clock.advance(10_000)
  stdout.write('after\n')
  expect(messages()).toEqual([
    'first',
    '[local cloud] 700 bytes of output were dropped here: more than 100 bytes per second are not kept',
    'after',
  ])
  expect(events.at(-1)?.atMs).toBe(21_000)
})

it('says at the end what was dropped last', () => {
  const { stdout, capture, messages } = setUp()
  stdout.write(Buffer.alloc(300, 'x'))
  capture.finish()
  expect(messages()).toEqual([expect.stringContaining('300 bytes of output were dropped')])
})

it('reads no further for a while after too much, and then goes on', () => {
  const { stdout, clock } = setUp()
  stdout.write(Buffer.alloc(500, 'x'))
  expect(stdout.isPaused()).toBe(true)
  clock.advance(499)
  expect(stdout.isPaused()).toBe(true)
  clock.advance(1)
  expect(stdout.isPaused()).toBe(false)
})
