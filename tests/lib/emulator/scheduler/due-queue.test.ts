import { fc, it as property } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { makeDueQueue } from '@/lib/emulator/scheduler/due-queue'

it('gives out what is due, the earliest first, and keeps the rest', () => {
  const queue = makeDueQueue<string>()
  queue.set('late', 30)
  queue.set('early', 10)
  queue.set('middle', 20)
  expect(queue.nextAtMs()).toBe(10)
  expect(queue.takeDue(20)).toEqual(['early', 'middle'])
  expect(queue.nextAtMs()).toBe(30)
  expect(queue.size).toBe(1)
})

it('believes the last word about a subject, earlier or later than before', () => {
  const queue = makeDueQueue<string>()
  queue.set('a', 10)
  queue.set('a', 50)
  expect(queue.takeDue(20)).toEqual([])
  queue.set('a', 5)
  expect(queue.takeDue(20)).toEqual(['a'])
  expect(queue.takeDue(100)).toEqual([])
})

it('forgets a subject that is due no more', () => {
  const queue = makeDueQueue<string>()
  queue.set('a', 10)
  queue.set('a', undefined)
  expect(queue.nextAtMs()).toBeUndefined()
  expect(queue.takeDue(100)).toEqual([])
  expect(queue.size).toBe(0)
})

type Command = { subject: number; atMs: number | undefined } | { takeMs: number }
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    subject: fc.integer({ min: 0, max: 8 }),
    atMs: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  }),
  fc.record({ takeMs: fc.integer({ min: 0, max: 120 }) }),
)

property.prop([fc.array(command, { maxLength: 80 })])(
  'is the same as a plain list of subjects and their times',
  (commands) => {
    const queue = makeDueQueue<number>()
    const plain = new Map<number, number>()
    for (const step of commands) {
      if ('takeMs' in step) {
        const due = [...plain].filter(([, atMs]) => atMs <= step.takeMs)
        for (const [subject] of due) plain.delete(subject)
        const taken = queue.takeDue(step.takeMs)
        expect([...taken].sort()).toEqual(due.map(([subject]) => subject).sort())
        const atMs = new Map(due)
        expect(taken.map((subject) => atMs.get(subject))).toEqual([...atMs.values()].sort((a, b) => a - b))
      } else {
        queue.set(step.subject, step.atMs)
        if (step.atMs === undefined) plain.delete(step.subject)
        else plain.set(step.subject, step.atMs)
      }
      expect(queue.nextAtMs()).toBe(plain.size > 0 ? Math.min(...plain.values()) : undefined)
      expect(queue.size).toBe(plain.size)
    }
  },
)
