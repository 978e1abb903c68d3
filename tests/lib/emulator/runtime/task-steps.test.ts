import { describe, expect, it } from 'vitest'
import type { DependencyCondition } from '@/lib/emulator/runtime/runtime'
import { type ContainerProgress, nextSteps } from '@/lib/emulator/runtime/task-steps'

const container = (name: string, needs: Record<string, DependencyCondition> = {}, essential = true) => ({
  name,
  essential,
  dependsOn: Object.entries(needs).map(([containerName, condition]) => ({ containerName, condition })),
})
const progress = (containers: Record<string, ContainerProgress>, stopping = false) => ({
  containers: new Map(Object.entries(containers)),
  stopping,
})
const waiting: ContainerProgress = { phase: 'waiting' }
const running: ContainerProgress = { phase: 'running' }
const exited = (exitCode?: number): ContainerProgress =>
  exitCode === undefined ? { phase: 'exited' } : { phase: 'exited', exitCode }
const start = (name: string) => ({ kind: 'start', container: name })
const terminate = (name: string) => ({ kind: 'terminate', container: name })

describe('a task that starts', () => {
  it('starts every container that waits for nobody at once', () => {
    const steps = nextSteps([container('a'), container('b')], progress({ a: waiting, b: waiting }))
    expect(steps).toEqual([start('a'), start('b')])
  })

  it('has nothing to do while all run', () => {
    expect(nextSteps([container('a')], progress({ a: running }))).toEqual([])
  })

  it.each<[DependencyCondition, ContainerProgress, boolean]>([
    ['START', waiting, false],
    ['START', running, true],
    ['START', exited(1), true],
    ['COMPLETE', running, false],
    ['COMPLETE', exited(1), true],
    ['SUCCESS', running, false],
    ['SUCCESS', exited(0), true],
    ['HEALTHY', running, false],
    ['HEALTHY', { phase: 'running', health: 'UNHEALTHY' }, false],
    ['HEALTHY', { phase: 'running', health: 'HEALTHY' }, true],
  ])('with a dependency %s on a container that is %j: starts %s', (condition, on, starts) => {
    const steps = nextSteps(
      [container('a', { db: condition }), container('db')],
      progress({ a: waiting, db: on }),
    )
    expect(steps.some((step) => step.kind === 'start' && step.container === 'a')).toBe(starts)
    expect(steps.some((step) => step.kind === 'fail')).toBe(false)
  })

  it.each<[DependencyCondition, ContainerProgress, RegExp]>([
    ['SUCCESS', exited(3), /\[db\] for target \[a\] as dependency did not exit successfully/],
    ['SUCCESS', exited(), /did not exit successfully/],
    ['HEALTHY', exited(0), /has already stopped/],
  ])('with a dependency %s that can never be met fails', (condition, on, reason) => {
    const [step] = nextSteps(
      [container('a', { db: condition }), container('db')],
      progress({ a: waiting, db: on }),
    )
    expect(step).toMatchObject({ kind: 'fail', reason: expect.stringMatching(reason) })
  })

  it('fails when it depends on a container that it does not have', () => {
    const [step] = nextSteps([container('a', { ghost: 'START' })], progress({ a: waiting }))
    expect(step).toMatchObject({ kind: 'fail', reason: expect.stringContaining('no container of that name') })
  })

  it('fails when its containers wait for each other', () => {
    const circle = [container('a', { b: 'START' }), container('b', { a: 'START' })]
    const [step] = nextSteps(circle, progress({ a: waiting, b: waiting }))
    expect(step).toMatchObject({ kind: 'fail', reason: expect.stringContaining('a, b wait for each other') })
  })

  it('waits for all of several dependencies', () => {
    const containers = [
      container('a', { x: 'START', y: 'SUCCESS' }),
      container('x'),
      container('y', {}, false),
    ]
    expect(nextSteps(containers, progress({ a: waiting, x: running, y: running }))).toEqual([])
    expect(nextSteps(containers, progress({ a: waiting, x: running, y: exited(0) }))).toEqual([start('a')])
  })
})

describe('a task that ends', () => {
  it('is over when every container has ended', () => {
    const containers = [container('a', {}, false), container('b', {}, false)]
    expect(nextSteps(containers, progress({ a: exited(0), b: exited(1) }))).toEqual([{ kind: 'end' }])
  })

  it('terminates everything that runs when it stops', () => {
    const containers = [container('a'), container('b'), container('c')]
    expect(nextSteps(containers, progress({ a: running, b: exited(1), c: running }, true))).toEqual([
      terminate('a'),
      terminate('c'),
    ])
  })

  it('starts nothing any more', () => {
    const containers = [container('a'), container('late', { a: 'START' })]
    expect(nextSteps(containers, progress({ a: running, late: waiting }, true))).toEqual([terminate('a')])
    expect(nextSteps(containers, progress({ a: exited(0), late: waiting }, true))).toEqual([{ kind: 'end' }])
  })

  it('ends a container only after those that depend on it', () => {
    const containers = [container('app', { db: 'START' }), container('db')]
    expect(nextSteps(containers, progress({ app: running, db: running }, true))).toEqual([terminate('app')])
    expect(nextSteps(containers, progress({ app: { phase: 'stopping' }, db: running }, true))).toEqual([])
    expect(nextSteps(containers, progress({ app: exited(143), db: running }, true))).toEqual([
      terminate('db'),
    ])
  })

  it('does not terminate twice', () => {
    expect(nextSteps([container('a')], progress({ a: { phase: 'stopping' } }, true))).toEqual([])
  })
})
