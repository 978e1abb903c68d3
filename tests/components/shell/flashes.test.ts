import { describe, expect, it } from 'vitest'
import { buildFlashes } from '@/components/shell/flashes'
import { describeFreshness } from '@/components/shell/live-words'
import { describeTarget } from '@/components/shell/target-words'
import type { Hole } from '@/lib/inventory/model'
import { awsTarget, localTarget } from '../../support/topology-fixtures'

const live = { kind: 'live', ageMs: 0 } as const
const failure = {
  operation: 'reading the map',
  errorName: 'ECONNREFUSED',
  message: 'Nothing answers.',
  remedy: 'Start it.',
}
function makeHole(wish: Partial<Hole> = {}): Hole {
  return {
    operation: 'ecs:ListTasks',
    subject: 'cluster default',
    kind: 'denied',
    errorName: 'AccessDeniedException',
    message: 'Not authorized.',
    remedy: 'Allow it.',
    sinceMs: 0,
    ...wish,
  }
}

describe('buildFlashes', () => {
  it('says nothing when all was read', () => expect(buildFlashes([], live)).toEqual([]))
  it('says one thing for one operation, however many subjects', () => {
    const flashes = buildFlashes([makeHole(), makeHole({ subject: 'cluster batch' })], live)
    expect(flashes).toHaveLength(1)
    expect(flashes[0]).toMatchObject({
      tone: 'warn',
      title: 'Not permitted: ecs:ListTasks of 2 things',
      details: ['AccessDeniedException · cluster default', 'AccessDeniedException · cluster batch'],
    })
  })
  it('names a single subject', () =>
    expect(buildFlashes([makeHole()], live)[0]?.title).toContain('of cluster default'))
  it('keeps reasons apart', () =>
    expect(
      buildFlashes([makeHole(), makeHole({ kind: 'throttled', errorName: 'ThrottlingException' })], live),
    ).toHaveLength(2))
  it('puts the failure of everything first', () => {
    const flashes = buildFlashes([makeHole()], { kind: 'failed', ageMs: 42_000, failure })
    expect(flashes.map((flash) => flash.tone)).toEqual(['bad', 'warn'])
    expect(flashes[0]).toMatchObject({ message: 'Nothing answers.', remedy: 'Start it.' })
  })
  it('has the same id while it is the same thing, so that it stays dismissed', () => {
    const ids = (holes: Hole[]) => buildFlashes(holes, live).map((flash) => flash.id)
    expect(ids([makeHole({ sinceMs: 1, message: 'request 1' })])).toEqual(
      ids([makeHole({ sinceMs: 9, message: 'request 2' })]),
    )
  })
  it.each(['expired', 'unreachable'] as const)('takes %s for serious', (kind) =>
    expect(buildFlashes([makeHole({ kind })], live)[0]?.tone).toBe('bad'),
  )
  it('works for a hole without a subject', () =>
    expect(buildFlashes([makeHole({ subject: null })], live)[0]).toMatchObject({
      title: 'Not permitted: ecs:ListTasks',
      details: ['AccessDeniedException'],
    }))
})

describe('describeFreshness', () => {
  it.each([
    [live, 'live · 0.0 s', 'ok'],
    [{ kind: 'live', ageMs: 812 }, 'live · 0.8 s', 'ok'],
    [{ kind: 'connecting', ageMs: null }, 'connecting', 'busy'],
    [{ kind: 'reconnecting', ageMs: 3000 }, 'reconnecting · 3.0 s', 'busy'],
    [{ kind: 'reconnecting', ageMs: null }, 'reconnecting', 'busy'],
    [{ kind: 'stale', ageMs: 95_000 }, 'stale · 1 min', 'warn'],
    [{ kind: 'failed', ageMs: 42_000, failure }, 'last read 42 s ago', 'bad'],
    [{ kind: 'failed', ageMs: null, failure }, 'cannot read', 'bad'],
  ] as const)('says %j as "%s"', (freshness, text, tone) =>
    expect(describeFreshness(freshness)).toMatchObject({ text, tone }),
  )
  it('does not speak at every tick', () =>
    expect(describeFreshness({ kind: 'live', ageMs: 100 }).spoken).toBe(
      describeFreshness({ kind: 'live', ageMs: 900 }).spoken,
    ))
  it('speaks the reason of a failure', () =>
    expect(describeFreshness({ kind: 'failed', ageMs: 1, failure }).spoken).toContain('Nothing answers.'))
})

describe('describeTarget', () => {
  it('names the local cloud, its region and account', () =>
    expect(describeTarget(localTarget)).toMatchObject({
      name: 'Local cloud',
      where: 'us-east-1 · 0000…0000',
      careful: false,
      marks: [],
    }))
  it('asks for care with AWS', () => {
    expect(describeTarget({ ...awsTarget, readOnly: false }).careful).toBe(true)
    expect(describeTarget({ ...awsTarget, readOnly: false }).meaning).toContain('may cost money')
  })
  it('marks read-only and simulated tasks', () => {
    expect(describeTarget(awsTarget).marks).toEqual(['read-only'])
    expect(describeTarget({ ...localTarget, localRuntime: 'simulated' }).marks).toEqual(['simulated tasks'])
  })
  it('says when the account is not known', () =>
    expect(describeTarget({ ...localTarget, kind: 'endpoint', accountId: null })).toMatchObject({
      name: 'Custom endpoint',
      where: 'us-east-1 · 127.0.0.1:4680 · account unknown',
    }))
  it('says when no region was named', () =>
    expect(describeTarget({ ...awsTarget, region: '', accountId: null }).where).toBe(
      'region unknown · account unknown',
    ))
})
